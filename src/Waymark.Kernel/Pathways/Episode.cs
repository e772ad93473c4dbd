using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Pathways;

/// <summary>One need going down one pathway. Current stage, team and worker repeat the open <see cref="StageSpan"/> so that a page needs no join.</summary>
public sealed class Episode : Entity
{
    public required string Reference { get; init; }
    public required string PathwayKey { get; init; }

    /// <summary>The kind of list it stands on (<c>assessment</c>, <c>ot</c>, <c>brokerage</c> …), where one pathway serves several: the open list of kinds of an extract.</summary>
    public string? Kind { get; set; }

    /// <summary>The person the episode is about; further people and organisations are parties. Null for a provider's own episode.</summary>
    public Guid? PersonId { get; set; }

    public required DateTime ReceivedOn { get; init; }
    public required DateOnly ReceivedDate { get; init; }
    public required string StageKey { get; set; }
    public Guid? TeamId { get; set; }
    public Guid? WorkerId { get; set; }
    public string? Priority { get; set; }
    public string? PriorityReason { get; set; }
    public string? Risk { get; set; }

    /// <summary>The person is unavailable, and why. They still count as waiting, and no clock stops.</summary>
    public bool IsPaused { get; set; }
    public string? PauseReason { get; set; }

    /// <summary>AW-5: when someone last spoke with the person while they wait, and when they should next.</summary>
    public DateOnly? LastContactDate { get; set; }
    public DateOnly? NextContactDueDate { get; set; }

    /// <summary>By when an item of an old backlog is planned to be done.</summary>
    public DateOnly? PlanDate { get; set; }
    public DateTime? ClosedOn { get; set; }
    public DateOnly? ClosedDate { get; set; }

    /// <summary>The exit it closed by, and the departure reason that counts.</summary>
    public string? ExitKey { get; set; }
    public string? Departure { get; set; }
    public string? ExitReason { get; set; }

    /// <summary>A short line for lists: what it is about. No personal data of third parties.</summary>
    public string? Summary { get; set; }

    /// <summary>Dates promoted by forms for clocks, JSON object of key to ISO instant.</summary>
    public string? PromotedDates { get; set; }

    /// <summary><c>casework</c>, <c>demo</c> or the id of the import that made it.</summary>
    public string Source { get; set; } = "casework";
    public string? SourceReference { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Episode>
    {
        public void Configure(EntityTypeBuilder<Episode> builder)
        {
            builder.HasIndex(e => e.Reference).IsUnique();
            builder.HasIndex(e => e.PersonId);
            builder.HasIndex(e => new { e.WorkerId, e.ClosedDate });
            builder.HasIndex(e => new { e.PathwayKey, e.ClosedDate });
            builder.HasIndex(e => new { e.Source, e.SourceReference });
        }
    }
}

/// <summary>A person or organisation by the role it has in an episode: subject, referrer, carer, provider, alleged source.</summary>
public sealed class EpisodeParty : Entity
{
    public required Guid EpisodeId { get; init; }
    public Guid? PersonId { get; set; }
    public Guid? OrganisationId { get; init; }
    public required string Role { get; init; }
    public string? Name { get; init; }

    /// <summary>Their relation to the person, how they were checked, consent: one line each, as recorded.</summary>
    public string? Relation { get; init; }
    public string? Detail { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<EpisodeParty>
    {
        public void Configure(EntityTypeBuilder<EpisodeParty> builder)
        {
            builder.HasIndex(p => p.EpisodeId);
            builder.HasIndex(p => p.PersonId);
        }
    }
}

/// <summary>Joins two episodes: many concerns to one enquiry, a review to its assessment, a contact to what it opened.</summary>
public sealed class EpisodeLink : Entity
{
    public required Guid FromEpisodeId { get; init; }
    public required Guid ToEpisodeId { get; init; }
    public required string Kind { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<EpisodeLink>
    {
        public void Configure(EntityTypeBuilder<EpisodeLink> builder)
        {
            builder.HasIndex(l => l.FromEpisodeId);
            builder.HasIndex(l => l.ToEpisodeId);
        }
    }
}

/// <summary>
/// A stretch in which stage, team, worker, priority and risk do not change. Half open: it holds on day D when
/// <c>FromDate &lt;= D</c>, <c>ToDate</c> is null or after D, and it is not superseded. Never edited: corrected by superseding.
/// </summary>
public sealed class StageSpan : LeafRow
{
    public required Guid EpisodeId { get; init; }
    public Guid? PersonId { get; set; }
    public required string PathwayKey { get; init; }
    public required string StageKey { get; init; }

    /// <summary>All spans of one stay in a stage share it.</summary>
    public required Guid VisitId { get; init; }

    /// <summary>The first day of the visit: the wait is counted from here.</summary>
    public required DateOnly VisitDate { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? WorkerId { get; init; }
    public string? Priority { get; init; }
    public string? PriorityReason { get; init; }
    public string? Risk { get; init; }

    /// <summary>The person is unavailable; they still count as waiting.</summary>
    public bool IsPaused { get; init; }
    public required DateTime FromOn { get; init; }
    public required DateOnly FromDate { get; init; }
    public DateTime? ToOn { get; set; }
    public DateOnly? ToDate { get; set; }

    /// <summary>Why the visit ended (a departure reason) on its last span; <c>null</c> on a span that only changed team, worker, priority or risk.</summary>
    public string? EndReason { get; set; }
    public Guid? ById { get; init; }

    /// <summary>Who ended it, so that a stage closed twice can say who closed it first.</summary>
    public Guid? EndedById { get; set; }
    public DateTime? SupersededOn { get; set; }
    public long? SupersededById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<StageSpan>
    {
        public void Configure(EntityTypeBuilder<StageSpan> builder)
        {
            builder.HasIndex(s => s.EpisodeId);
            builder.HasIndex(s => s.EpisodeId, "IX_StageSpan_Open").IsUnique().HasFilter("\"ToOn\" IS NULL AND \"SupersededOn\" IS NULL");
            // Holds all that a count, a wait and a history read of a list, so that they read no row of the table.
            builder.HasIndex(s => new { s.PathwayKey, s.StageKey, s.ToDate, s.FromDate, s.VisitDate, s.SupersededOn });
            builder.HasIndex(s => s.PersonId);
        }
    }
}

/// <summary>A clock of one episode, started. The limit is written as it stood, so that a later policy never rewrites a past breach.</summary>
public sealed class EpisodeClock : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string ClockKey { get; init; }
    public required DateTime StartedOn { get; init; }

    /// <summary>The instant it must have stopped by; null when the policy gives no limit.</summary>
    public DateTime? DueOn { get; set; }

    /// <summary>London day of <see cref="DueOn"/>.</summary>
    public DateOnly? DueDate { get; set; }

    /// <summary>"2 working days", as the policy said it.</summary>
    public required string Limit { get; set; }
    public DateTime? StoppedOn { get; set; }
    public DateOnly? StoppedDate { get; set; }
    public bool IsThreshold { get; init; }
    public Guid? AcknowledgedById { get; set; }
    public DateTime? AcknowledgedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<EpisodeClock>
    {
        public void Configure(EntityTypeBuilder<EpisodeClock> builder)
        {
            builder.HasIndex(c => c.EpisodeId);
            builder.HasIndex(c => new { c.StoppedOn, c.DueOn });
        }
    }
}

/// <summary>A parallel task of a stage visit, with its own assignee, draft and completion.</summary>
public sealed class EpisodeTask : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string StageKey { get; init; }
    public required Guid VisitId { get; init; }
    public required string TaskKey { get; init; }
    public Guid? TeamId { get; set; }
    public Guid? WorkerId { get; set; }
    public required DateTime OpenedOn { get; init; }

    /// <summary>The day by which it should be done, for what is looked at after an "act now": the next working day.</summary>
    public DateOnly? DueDate { get; init; }
    public DateTime? CompletedOn { get; set; }
    public Guid? CompletedById { get; set; }
    public Guid? RevisionId { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<EpisodeTask>
    {
        public void Configure(EntityTypeBuilder<EpisodeTask> builder)
        {
            builder.HasIndex(t => t.EpisodeId);
            builder.HasIndex(t => new { t.WorkerId, t.CompletedOn });
        }
    }
}

/// <summary>A completed form that waits for, or had, a decision by someone other than its author.</summary>
public sealed class Approval : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string StageKey { get; init; }

    /// <summary>The stay in the stage that it would end.</summary>
    public required Guid VisitId { get; init; }
    public required Guid RevisionId { get; init; }
    public required string ExitKey { get; init; }
    public string? ExitReason { get; init; }
    public required Guid AskedById { get; init; }
    public required DateTime AskedOn { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? DecidedById { get; set; }
    public DateTime? DecidedOn { get; set; }
    public bool? IsApproved { get; set; }

    /// <summary>The manager's words, required when returned.</summary>
    public string? Words { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Approval>
    {
        public void Configure(EntityTypeBuilder<Approval> builder)
        {
            builder.HasIndex(a => a.EpisodeId);
            builder.HasIndex(a => new { a.DecidedOn, a.TeamId });
        }
    }
}

/// <summary>Filters of the work list that a user or a team keeps under a name; the filters themselves are the address.</summary>
public sealed class SavedView : Entity
{
    public required string Name { get; set; }
    public required string Query { get; set; }
    public required Guid OwnerId { get; init; }
    public Guid? TeamId { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<SavedView>
    {
        public void Configure(EntityTypeBuilder<SavedView> builder) => builder.HasIndex(v => v.OwnerId);
    }
}

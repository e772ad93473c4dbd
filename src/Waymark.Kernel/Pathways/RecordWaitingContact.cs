using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>Someone was in touch with a person who waits (AW-5, "waiting well"): what was found, the risk after it, when to be in touch next.</summary>
public sealed class WaitingContact : Entity
{
    public required Guid EpisodeId { get; init; }
    public Guid? PersonId { get; set; }
    public required DateOnly ContactDate { get; init; }

    /// <summary>Spoke with the person or whoever speaks for them; false for an attempt, which does not count as a contact.</summary>
    public required bool Reached { get; init; }
    public string? Words { get; init; }
    public string? Risk { get; init; }
    public DateOnly? NextDueDate { get; init; }
    public required Guid ById { get; init; }
    public required DateTime RecordedOn { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<WaitingContact>
    {
        public void Configure(EntityTypeBuilder<WaitingContact> builder) => builder.HasIndex(c => new { c.EpisodeId, c.ContactDate });
    }
}

/// <summary>What was said while a person waits. <see cref="NextDueDate"/> may be chosen; else policy gives it by risk.</summary>
public sealed record NewWaitingContact(DateOnly? ContactDate, bool Reached, string? Words, string? Risk, DateOnly? NextDueDate = null);

/// <summary>Records a contact with someone who waits: last contact, risk, next due.</summary>
[Scoped]
public sealed class RecordWaitingContact(WaymarkDb db, CareClock clock, Viewer viewer, CouncilPolicy policy, EpisodeDesk desk, SpanWriter spans, WaitingContacts contacts, Auditor audit)
{
    /// <exception cref="RefusedException">A contact in the future, before it was received or after the person died; a next contact in the past; a risk that policy does not have.</exception>
    public async Task RunAsync(SeenEpisode seen, NewWaitingContact contact)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, Can.DoWork);
        var episode = taken.Episode;
        var on = contact.ContactDate ?? throw new RefusedException("Give the day on which you were in touch.", "ContactDate");
        await CheckAsync(episode, on, contact);
        episode.Risk = contact.Risk ?? episode.Risk;
        if (contact.Reached && !(episode.LastContactDate > on))
        {
            episode.LastContactDate = on;
        }

        // An attempt that reached nobody leaves the next contact due when it was, unless a day is chosen.
        episode.NextContactDueDate = contact.NextDueDate ?? (contact.Reached ? contacts.NextDue(episode.Risk, on) : episode.NextContactDueDate);
        db.Add(new WaitingContact
        {
            EpisodeId = episode.Id,
            PersonId = episode.PersonId,
            ContactDate = on,
            Reached = contact.Reached,
            Words = string.IsNullOrWhiteSpace(contact.Words) ? null : contact.Words.Trim(),
            Risk = episode.Risk,
            NextDueDate = episode.NextContactDueDate,
            ById = viewer.UserId,
            RecordedOn = clock.Now,
        });
        spans.Continue(episode, taken.Open, clock.Now);
        audit.Record("record-waiting-contact", episode, new { on, contact.Reached, episode.Risk, episode.NextContactDueDate }, episode.PersonId);
        await desk.SaveAsync(episode);
    }

    private async Task CheckAsync(Episode episode, DateOnly on, NewWaitingContact contact)
    {
        if (on > clock.Today || on < episode.ReceivedDate)
        {
            throw new RefusedException(on > clock.Today ? "The contact cannot be in the future." : $"It was received on {Format.Date(episode.ReceivedDate)}; the contact cannot be earlier.", "ContactDate");
        }

        if (contact.NextDueDate < clock.Today)
        {
            throw new RefusedException("The next contact cannot be due in the past.", "NextDueDate");
        }

        if (contact.Risk is { } risk && policy.ListAt(SetRisk.List, clock.Today).All(r => r.Key != risk))
        {
            throw new RefusedException("Choose a risk.", "Risk");
        }

        var died = await db.People.Where(p => p.Id == episode.PersonId).Select(p => p.DeathDate).FirstOrDefaultAsync();
        if (contact.Reached && died is { } death && death < on)
        {
            throw new RefusedException($"The person died on {Format.Date(death)}, before this contact. Check the day, or the record.", "ContactDate");
        }
    }
}

/// <summary>When someone who waits should next hear from the council, by the policy of the day of the last contact.</summary>
[Scoped]
public sealed class WaitingContacts(CareClock clock, CouncilPolicy policy)
{
    public const string Key = "waiting.next-contact";

    /// <summary>By risk where the policy has a limit for it, else for all; null when policy sets none.</summary>
    public DateOnly? NextDue(string? risk, DateOnly from)
    {
        var byRisk = $"{Key}.{risk}";
        var limit = risk is not null && policy.Files.Any(f => f.EffectiveFrom <= from && f.Limits.ContainsKey(byRisk)) ? policy.LimitAt(byRisk, from) : policy.LimitAt(Key, from);
        return limit is null ? null : CareClock.LondonDate(WorkingCalendar.DueOn(CareClock.FromLondon(from, new TimeOnly(12, 0)), limit.Value, limit.Unit));
    }

    /// <summary>A risk that rose brings the next contact forward, counted from today; a risk that fell puts none off.</summary>
    public void BringForward(Episode episode)
    {
        if (NextDue(episode.Risk, clock.Today) is { } due && (episode.NextContactDueDate is null || due < episode.NextContactDueDate))
        {
            episode.NextContactDueDate = due;
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Capacity;

public enum CapacityKind { Assessment, BestInterests }

/// <summary>A capacity assessment or a best interests decision in a line, for lists: which decision, what was found. The rest stands in its form.</summary>
public sealed class CapacityRecord : Entity
{
    public required CapacityKind Kind { get; init; }
    public required Guid PersonId { get; set; }

    /// <summary>The work it was made for, of whichever pathway; null when it was made from the person's page.</summary>
    public Guid? EpisodeId { get; init; }
    public required string DecisionToMake { get; init; }
    public bool? LacksCapacity { get; init; }
    public string? Decided { get; init; }
    public required DateOnly Date { get; init; }
    public required Guid RevisionId { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<CapacityRecord>
    {
        public void Configure(EntityTypeBuilder<CapacityRecord> builder)
        {
            builder.HasIndex(r => r.PersonId);
            builder.HasIndex(r => r.EpisodeId);
        }
    }
}

internal static class CapacityReactions
{
    public static IEnumerable<FormReaction> All { get; } =
    [
        new(CapacityForm.Key, async (services, form, revision) =>
        {
            var (db, person) = await PersonAsync(services, revision);
            var capacity = (CapacityForm)form;
            db.Add(new CapacityRecord { Kind = CapacityKind.Assessment, PersonId = person, EpisodeId = revision.EpisodeId, DecisionToMake = capacity.DecisionToMake!.Trim(), LacksCapacity = capacity.LacksCapacity, Date = capacity.AssessedDate!.Value, RevisionId = revision.Id });
        }),
        new(BestInterestsForm.Key, async (services, form, revision) =>
        {
            var (db, person) = await PersonAsync(services, revision);
            var decision = (BestInterestsForm)form;
            var name = decision.DecisionToMake!.Trim();
            var found = await db.Set<CapacityRecord>().Where(r => r.PersonId == person && r.Kind == CapacityKind.Assessment).OrderByDescending(r => r.Date).ThenByDescending(r => r.Id).Select(r => new { r.DecisionToMake, r.LacksCapacity }).ToListAsync();
            if (found.FirstOrDefault(f => string.Equals(f.DecisionToMake, name, StringComparison.OrdinalIgnoreCase)) is not { LacksCapacity: true })
            {
                var known = found.Where(f => f.LacksCapacity == true).Select(f => $"“{f.DecisionToMake}”").Distinct().ToList();
                throw new RefusedException($"No capacity assessment found that the person lacks capacity for “{name}”. {(known.Count == 0 ? "Assess capacity for this decision first." : $"There is one for {string.Join(", ", known)}: use the same words, or assess this decision first.")}", "decision-to-make");
            }

            db.Add(new CapacityRecord { Kind = CapacityKind.BestInterests, PersonId = person, EpisodeId = revision.EpisodeId, DecisionToMake = name, Decided = decision.Decided, Date = decision.DecidedDate!.Value, RevisionId = revision.Id });
        }),
    ];

    private static async Task<(WaymarkDb Db, Guid Person)> PersonAsync(IServiceProvider services, FormRevision revision)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var person = revision.PersonId ?? await db.Episodes.Where(e => e.Id == revision.EpisodeId).Select(e => e.PersonId).FirstOrDefaultAsync();
        return (db, person ?? throw new RefusedException("Capacity is somebody's. Say who the work is about first."));
    }
}

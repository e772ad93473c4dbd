using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>Somebody opened the rows behind a measure, and said why. It holds for the rest of their working day.</summary>
public sealed class MeasureRowsOpening : Entity
{
    public required Guid UserId { get; init; }
    public required string MeasureKey { get; init; }
    public required string Purpose { get; init; }
    public required DateTime OpenedOn { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<MeasureRowsOpening>
    {
        public void Configure(EntityTypeBuilder<MeasureRowsOpening> builder) => builder.HasIndex(o => new { o.UserId, o.MeasureKey });
    }
}

/// <summary>Records why a viewer opens a measure's rows; each person then shown by name is logged as viewed, with the purpose.</summary>
[Scoped]
public sealed class OpenMeasureRows(WaymarkDb db, TimeProvider time, Viewer viewer, Auditor audit)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(8);

    /// <summary>What people open rows for; an answer of one's own may be given too.</summary>
    public static IReadOnlyList<string> Purposes { get; } =
        ["Work on the list", "Check the quality of the data", "Performance meeting or supervision", "Inspection, audit or complaint", "Answer a question about the figure"];

    public async Task<MeasureRowsOpening> RunAsync(Measure measure, string? purpose, CancellationToken cancellation = default)
    {
        if (!viewer.May(Can.OpenMeasureRows) || (measure.Permission is { } permission && !viewer.May(permission)))
        {
            throw new RefusedException("You may see the number but not open the rows under it.");
        }

        if (string.IsNullOrWhiteSpace(purpose))
        {
            throw new RefusedException("Choose why you open the rows", "Purpose");
        }

        var opening = new MeasureRowsOpening
        {
            UserId = viewer.UserId, MeasureKey = measure.Key, Purpose = purpose.Trim(), OpenedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime),
        };
        db.Add(opening);
        audit.Record("open-measure-rows", opening, new { opening.MeasureKey, opening.Purpose });
        await db.SaveChangesAsync(cancellation);
        return opening;
    }

    /// <summary>The viewer's opening of the measure that still holds, or null: then ask.</summary>
    public async Task<MeasureRowsOpening?> CurrentAsync(Measure measure, CancellationToken cancellation = default)
    {
        var (user, key, since) = (viewer.UserId, measure.Key, Instants.Truncate(time.GetUtcNow().UtcDateTime - Lasts));
        return await db.MeasureRowsOpenings.AsNoTracking().Where(o => o.UserId == user && o.MeasureKey == key && o.OpenedOn >= since)
            .OrderByDescending(o => o.OpenedOn).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Logs that the people named on a page were seen.</summary>
    public async Task LogAsync(MeasureRowsOpening opening, SeenRows rows, string page, CancellationToken cancellation = default)
    {
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        db.AddRange(rows.Rows.Select(r => r.PersonId).OfType<Guid>().Distinct()
            .Select(p => new ViewLogEntry { UserId = viewer.UserId, PersonId = p, ViewedOn = now, Page = page, Purpose = opening.Purpose }));
        await db.SaveChangesAsync(cancellation);
    }
}

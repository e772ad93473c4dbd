using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>Computes a published figure again, by its own definition version and for its own day, after records were corrected. The first value stays beside it.</summary>
[Scoped]
public sealed class RestateFigure(WaymarkDb db, Catalogue catalogue, MeasureEngine engine, Pseudonyms pseudonyms, TimeProvider time, Viewer viewer, Auditor audit)
{
    /// <exception cref="RefusedException">No reason; withdrawn; its definition is gone; or nothing has changed.</exception>
    public async Task<FigureRestatement> RunAsync(Guid figureId, string? reason, CancellationToken cancellation = default)
    {
        if (!viewer.May(Can.PublishFigures))
        {
            throw new RefusedException("You may not restate figures.");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Say why the figure is restated: it is shown beside it.", "Reason");
        }

        var figure = await db.PublishedFigures.FirstOrDefaultAsync(f => f.Id == figureId, cancellation) ?? throw new RefusedException("There is no such figure.");
        var restatement = await CompareAsync(figure, reason.Trim(), cancellation)
            ?? throw new RefusedException("The records give the same value from the same rows: there is nothing to restate.");
        return await SaveAsync(figure, restatement, cancellation);
    }

    /// <summary>Restates when the records now say otherwise; else does nothing. For the nightly job.</summary>
    internal async Task<bool> IfChangedAsync(PublishedFigure figure, string reason, CancellationToken cancellation)
    {
        var restatement = await CompareAsync(figure, reason, cancellation);
        if (restatement is not null)
        {
            await SaveAsync(figure, restatement, cancellation);
        }

        return restatement is not null;
    }

    private async Task<FigureRestatement> SaveAsync(PublishedFigure figure, FigureRestatement restatement, CancellationToken cancellation)
    {
        db.Add(restatement);
        audit.Record("restate-figure", figure, new { restatement.Value, restatement.Added, restatement.Removed });
        await db.SaveChangesAsync(cancellation);
        return restatement;
    }

    /// <summary>Null when value and rows are what they were at the last restatement, or at first.</summary>
    private async Task<FigureRestatement?> CompareAsync(PublishedFigure figure, string reason, CancellationToken cancellation)
    {
        if (figure.WithdrawnOn is not null)
        {
            throw new RefusedException("The figure was withdrawn; a withdrawn figure is not restated.");
        }

        var measure = catalogue.Measure(figure.MeasureKey, figure.DefinitionVersion)
            ?? throw new RefusedException($"Version {figure.DefinitionVersion} of the definition is no longer in the code. A new version starts a new line: publish it as a figure of its own.");
        CutValue[] within = figure.CutKey is null ? [] : [new CutValue(figure.CutKey, figure.CutValue!)];
        var (value, rows) = await engine.WithRowsAsync(measure, figure.AsAt, figure.PeriodFrom, within, cancellation);

        var frozen = await db.FigureRows.Where(r => r.FigureId == figure.Id).Select(r => r.RowKey).ToListAsync(cancellation);
        var (added, removed) = Differences(frozen, [.. rows.Select(r => pseudonyms.Of(r.SubjectId))]);
        var last = await db.FigureRestatements.Where(r => r.FigureId == figure.Id).OrderByDescending(r => r.RestatedOn).FirstOrDefaultAsync(cancellation);
        var same = last is null
            ? (value.Value, value.Numerator, added, removed) == (figure.Value, figure.Numerator, 0, 0)
            : (value.Value, value.Numerator, added, removed) == (last.Value, last.Numerator, last.Added, last.Removed);
        return same ? null : new FigureRestatement
        {
            FigureId = figure.Id,
            Value = value.Value,
            Numerator = value.Numerator,
            Denominator = value.Denominator,
            RowCount = rows.Count,
            People = value.People ?? 0,
            Added = added,
            Removed = removed,
            RestatedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime),
            RestatedById = viewer.UserId,
            Reason = reason,
        };
    }

    /// <summary>Of two lists in which a key may stand more than once.</summary>
    private static (int Added, int Removed) Differences(List<string> frozen, List<string> now)
    {
        var left = frozen.CountBy(k => k, StringComparer.Ordinal).ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
        var added = 0;
        foreach (var key in now)
        {
            if (left.TryGetValue(key, out var count) && count > 0)
            {
                left[key] = count - 1;
            }
            else
            {
                added++;
            }
        }

        return (added, left.Values.Sum());
    }
}

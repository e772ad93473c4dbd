using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>What to publish.</summary>
/// <param name="CutKey">Publishes each value of the cut beside the whole.</param>
/// <param name="IsPublic">Puts it on the list that anyone can read.</param>
public sealed record FigureToPublish(string MeasureKey, DateOnly AsAt, DateOnly? PeriodFrom = null, string? CutKey = null, bool IsPublic = false);

/// <summary>
/// Publishes a figure: freezes value, n and N, definition version, date and the pseudonymous keys of its rows. Refuses what cannot be true beside what is published.
/// </summary>
[Scoped]
public sealed class PublishFigure(
    WaymarkDb db, Catalogue catalogue, MeasureEngine engine, MeasureCuts cuts, Pseudonyms pseudonyms, CareClock clock, TimeProvider time, Viewer viewer, Auditor audit)
{
    /// <returns>The figure of the whole.</returns>
    public async Task<PublishedFigure> RunAsync(FigureToPublish wanted, CancellationToken cancellation = default)
    {
        var measure = Check(wanted);
        var whole = await FreezeAsync(measure, wanted, null, cancellation);
        foreach (var cell in wanted.CutKey is null ? [] : await cuts.ByAsync(measure, Cut.At(wanted.CutKey), wanted.AsAt, new Viewer().ActAsSystem(), wanted.PeriodFrom, null, cancellation))
        {
            await FreezeAsync(measure, wanted, cell, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        return whole;
    }

    private Measure Check(FigureToPublish wanted)
    {
        if (!viewer.May(Can.PublishFigures))
        {
            throw new RefusedException("You may not publish figures.");
        }

        if (!catalogue.Measures.TryGetValue(wanted.MeasureKey, out var measure) || (measure.Permission is { } permission && !viewer.May(permission)))
        {
            throw new RefusedException($"There is no measure '{wanted.MeasureKey}'.");
        }

        if (wanted.AsAt > clock.Today)
        {
            throw new RefusedException($"{MeasureText.Date(wanted.AsAt)} has not come yet: a figure is published as at today or an earlier day.", nameof(wanted.AsAt));
        }

        if (wanted.CutKey == Cut.Worker.Key)
        {
            throw new RefusedException("Figures of single workers are not published.", nameof(wanted.CutKey));
        }

        return measure;
    }

    private async Task<PublishedFigure> FreezeAsync(Measure measure, FigureToPublish wanted, CutCell? cell, CancellationToken cancellation)
    {
        CutValue[] within = cell is null ? [] : [new CutValue(wanted.CutKey!, cell.Value)];
        var (value, rows) = await engine.WithRowsAsync(measure, wanted.AsAt, wanted.PeriodFrom, within, cancellation);
        if (value.Value is null)
        {
            if (cell is null)
            {
                throw new RefusedException($"{measure.Title} has no value on {MeasureText.Date(wanted.AsAt)}: no rows stand under it.");
            }
        }

        await RefuseTwiceAsync(measure, value, within.FirstOrDefault(), cancellation);
        await RefuseImpossibleAsync(measure, value, within.FirstOrDefault(), cancellation);
        var figure = new PublishedFigure
        {
            MeasureKey = measure.Key,
            DefinitionVersion = measure.DefinitionVersion,
            Title = measure.Title,
            PublicTitle = measure.PublicTitle ?? measure.Title,
            Definition = measure.Definition,
            Unit = measure.Unit,
            Decimals = measure.Places,
            CutKey = cell is null ? null : wanted.CutKey,
            CutValue = cell?.Value,
            CutTitle = cell?.Title,
            AsAt = wanted.AsAt,
            PeriodFrom = value.PeriodFrom,
            Value = value.Value,
            Numerator = value.Numerator,
            Denominator = value.Denominator,
            RowCount = rows.Count,
            People = value.People ?? 0,
            RoundsInPublic = measure.RoundsInPublic,
            IsPublic = wanted.IsPublic,
            PublishedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime),
            PublishedById = viewer.UserId,
        };
        db.Add(figure);
        db.AddRange(rows.Select(r => new FigureRow { FigureId = figure.Id, RowKey = pseudonyms.Of(r.SubjectId), Value = r.Number, InNumerator = r.InNumerator }));
        audit.Record("publish-figure", figure, new { figure.MeasureKey, figure.DefinitionVersion, figure.AsAt, figure.CutKey, figure.CutValue, figure.Value, figure.IsPublic });
        return figure;
    }

    private async Task RefuseTwiceAsync(Measure measure, MeasureValue value, CutValue? cut, CancellationToken cancellation)
    {
        var (key, version, at, from) = (measure.Key, measure.DefinitionVersion, value.AsAt, value.PeriodFrom);
        var (cutKey, cutValue) = (cut?.Cut, cut?.Value);
        var already = await db.PublishedFigures.Where(f => f.MeasureKey == key && f.DefinitionVersion == version && f.AsAt == at && f.PeriodFrom == from
            && f.CutKey == cutKey && f.CutValue == cutValue && f.WithdrawnOn == null).Select(f => f.ValueText).FirstOrDefaultAsync(cancellation);
        if (already is not null)
        {
            throw new RefusedException($"{measure.Title} as at {MeasureText.Date(at)} is already published as {already}. Where records were corrected since, restate it; to publish it otherwise, withdraw it first.");
        }
    }

    /// <summary>Figures of the same rows and day, published or computed now, must be possible together.</summary>
    private async Task RefuseImpossibleAsync(Measure measure, MeasureValue value, CutValue? cut, CancellationToken cancellation)
    {
        var family = catalogue.Measures.Values.Where(m => ReferenceEquals(m.Rows, measure.Rows)).ToList();
        var published = await LatestAsync(family, value, cut, cancellation);
        decimal? Of(Fold fold) => measure.Fold == fold ? value.Value : published.GetValueOrDefault(fold);
        if (measure.Fold is Fold.Mean or Fold.Median or Fold.Longest && Of(Fold.Mean) is { } mean && Of(Fold.Median) is { } median && Of(Fold.Longest) is { } longest
            && FigureChecks.MeanBound(mean, median, longest) is { } impossible)
        {
            throw new RefusedException($"{measure.Title} was not published. {impossible} If records were corrected, restate the published ones first.");
        }

        if (measure.Fold == Fold.Percent && published.GetValueOrDefault(Fold.Count) is { } listed
            && FigureChecks.PercentOf(value.Numerator, value.Denominator!.Value, measure.Places, (long)listed) is { } unreachable)
        {
            throw new RefusedException($"{measure.Title} was not published. {unreachable} If records were corrected, restate the published one first.");
        }
    }

    /// <summary>What is published of the family for the same day and cut, by fold, each with its latest restatement.</summary>
    private async Task<Dictionary<Fold, decimal?>> LatestAsync(List<Measure> family, MeasureValue value, CutValue? cut, CancellationToken cancellation)
    {
        var keys = family.Select(m => m.Key).ToList();
        var (at, from, cutKey, cutValue) = (value.AsAt, value.PeriodFrom, cut?.Cut, cut?.Value);
        var found = await db.PublishedFigures
            .Where(f => keys.Contains(f.MeasureKey) && f.AsAt == at && f.PeriodFrom == from && f.CutKey == cutKey && f.CutValue == cutValue && f.WithdrawnOn == null)
            .Select(f => new { f.MeasureKey, f.DefinitionVersion, f.Value, Restated = db.FigureRestatements.Where(r => r.FigureId == f.Id).OrderByDescending(r => r.RestatedOn).Take(1).ToList() })
            .ToListAsync(cancellation);
        return found.Where(f => family.Any(m => m.Key == f.MeasureKey && m.DefinitionVersion == f.DefinitionVersion))
            .GroupBy(f => family.Single(m => m.Key == f.MeasureKey).Fold)
            .ToDictionary(g => g.Key, g => g.Select(f => f.Restated.Count > 0 ? f.Restated[0].Value : f.Value).First());
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>A published figure as residents see it: no rows, no free dates, no drill-through.</summary>
/// <param name="Value">As printed, with its unit; "fewer than 5" or "not shown" where it would point at somebody.</param>
/// <param name="Restated">The value after corrections, where it was restated.</param>
public sealed record PublicPoint(DateOnly AsAt, DateOnly? PeriodFrom, string Value, string? Restated, DateOnly PublishedOn);

public sealed record PublicCell(string Title, string Value);

/// <param name="Cuts">Title of the cut, and its cells, for the latest date.</param>
public sealed record PublicLine(string Title, string Definition, int Version, IReadOnlyList<PublicPoint> Points, IReadOnlyList<(string Title, IReadOnlyList<PublicCell> Cells)> Cuts)
{
    public PublicPoint Latest => Points[0];
}

/// <summary>The published list, figure × cut × date. Suppression is decided over the whole set.</summary>
[Scoped]
public sealed class PublicFigures(WaymarkDb db)
{
    /// <summary>What is hidden, as it is printed.</summary>
    public const string NotShown = "not shown";

    /// <summary>One line for each measure and version, the one published last first; points newest first.</summary>
    public async Task<IReadOnlyList<PublicLine>> ReadAsync(CancellationToken cancellation = default)
    {
        var figures = await db.PublishedFigures.AsNoTracking().Where(f => f.IsPublic && f.WithdrawnOn == null).ToListAsync(cancellation);
        var ids = figures.Select(f => f.Id).ToList();
        var restated = (await db.FigureRestatements.AsNoTracking().Where(r => EF.Parameter(ids).Contains(r.FigureId)).ToListAsync(cancellation))
            .GroupBy(r => r.FigureId).ToDictionary(g => g.Key, g => g.MaxBy(r => r.RestatedOn)!);
        return [.. figures.GroupBy(f => (f.MeasureKey, f.DefinitionVersion)).Where(g => g.Any(f => f.CutKey is null))
            .OrderByDescending(g => g.Max(f => f.PublishedOn)).Select(g => LineOf([.. g], restated))];
    }

    private static PublicLine LineOf(List<PublishedFigure> figures, Dictionary<Guid, FigureRestatement> restated)
    {
        var wholes = figures.Where(f => f.CutKey is null).OrderByDescending(f => f.AsAt).ThenByDescending(f => f.PublishedOn).ToList();
        var latest = wholes[0];
        var points = wholes.Select(f => new PublicPoint(f.AsAt, f.PeriodFrom, Text(f, f.Value, f.Numerator, f.People, false),
            restated.TryGetValue(f.Id, out var again) ? Text(f, again.Value, again.Numerator, again.People, false) : null, DateOnly.FromDateTime(f.PublishedOn)));
        var cuts = figures.Where(f => f.CutKey is not null && f.AsAt == latest.AsAt && f.PeriodFrom == latest.PeriodFrom).GroupBy(f => f.CutKey!)
            .Select(g => (Cut.At(g.Key).Title, CellsOf([.. g.OrderBy(f => Cut.At(g.Key).Rank(f.CutValue!)).ThenBy(f => f.CutTitle, StringComparer.OrdinalIgnoreCase)], latest)));
        return new PublicLine(latest.PublicTitle, latest.Definition, latest.DefinitionVersion, [.. points], [.. cuts]);
    }

    private static IReadOnlyList<PublicCell> CellsOf(List<PublishedFigure> cells, PublishedFigure whole)
    {
        var hidden = cells[0].RoundsInPublic ? new HashSet<PublishedFigure>() : Suppression.Hidden(cells, IsSmall, f => Math.Max(f.People, f.RowCount));
        return [.. cells.Select(f => new PublicCell(f.CutTitle!, Text(f, f.Value, f.Numerator, f.People, hidden.Contains(f) || IsSmall(whole))))];
    }

    /// <summary>Fewer than five people stand under it, or in the numerator or outside the numerator of a percentage.</summary>
    private static bool IsSmall(PublishedFigure figure) => IsSmall(figure, figure.Numerator, figure.People);

    private static bool IsSmall(PublishedFigure figure, long numerator, int people) =>
        people is > 0 and < Suppression.PublicMinimum || (figure is { Unit: "%", Denominator: { } of } && (numerator is > 0 and < Suppression.PublicMinimum || (of - numerator) is > 0 and < Suppression.PublicMinimum));

    private static string Text(PublishedFigure figure, decimal? value, long numerator, int people, bool isHidden)
    {
        var unit = figure.Unit == "%" ? "" : $" {figure.Unit}";
        if (figure.RoundsInPublic && value is { } count && figure.Unit is "people" or "items")
        {
            return MeasureText.Of(Suppression.RoundedToFive(count), figure.Unit, 0) + unit;
        }

        return isHidden || IsSmall(figure, numerator, people) ? NotShown : value is null ? "none" : MeasureText.Of(value, figure.Unit, figure.Decimals) + unit;
    }
}

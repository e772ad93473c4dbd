using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Reproduce;

/// <summary>A printed figure beside what the records give.</summary>
/// <param name="Published">The printed number, or the words.</param>
/// <param name="Computed">In the units printed: a count of a county at 1:50 is times fifty.</param>
/// <param name="Matches"><c>yes</c>, <c>no</c> or <c>cannot</c>.</param>
public sealed record ReproducedFigure(string Id, string Title, object Published, decimal? Computed, long? Numerator, long? Denominator, DateOnly AsAt, string Matches, string Because);

/// <summary>Computes every printed figure that records can give, and says of the rest why they cannot.</summary>
[Scoped]
public sealed class ReproduceFigures(WaymarkDb db, Catalogue catalogue, MeasureEngine engine)
{
    /// <summary>Setting of a demo county: one of its people stands for so many.</summary>
    public const string ScaleSetting = "demo-scale";

    /// <summary>Setting of a demo county: how the keys of those measures start, comma separated, whose records are of full size all the same.</summary>
    public const string FullSizeSetting = "demo-full-size";

    public async Task<IReadOnlyList<ReproducedFigure>> RunAsync(IReadOnlyList<PrintedFigure> figures, CancellationToken cancellation = default)
    {
        var setting = await db.Settings.Where(s => s.Key == ScaleSetting).Select(s => s.Value).FirstOrDefaultAsync(cancellation);
        var scale = setting is null ? 1 : int.Parse(setting, CultureInfo.InvariantCulture);
        var full = (await db.Settings.Where(s => s.Key == FullSizeSetting).Select(s => s.Value).FirstOrDefaultAsync(cancellation) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var reproduced = new List<ReproducedFigure>();
        foreach (var figure in figures)
        {
            reproduced.Add(await OneAsync(figure, full.Any(f => figure.Measure.StartsWith(f, StringComparison.Ordinal)) ? 1 : scale, cancellation));
        }

        return reproduced;
    }

    private async Task<ReproducedFigure> OneAsync(PrintedFigure figure, int scale, CancellationToken cancellation)
    {
        if (figure.Measure.Length == 0)
        {
            return Result(figure, null, "cannot", figure.Because);
        }

        if (!catalogue.Measures.TryGetValue(figure.Measure, out var measure))
        {
            throw new InvalidOperationException($"printed-figures.csv names the measure '{figure.Measure}' for {figure.Id}, which no module has.");
        }

        var value = await engine.ValueAsync(measure, figure.AsAt, figure.Compute == "value" ? figure.PeriodFrom : null, null, cancellation);
        if (figure.Compute != "value")
        {
            return await ChangeAsync(figure, measure, value, cancellation);
        }

        if (value.Value is not { } computed)
        {
            return Result(figure, value, "no", "No rows stand under it.");
        }

        return measure.Fold is Fold.Count or Fold.People or Fold.Sum ? Counted(figure, value, computed, scale) : Ratio(figure, value, computed, scale);
    }

    /// <summary>A count is compared as many times larger as the county is smaller; it can then be no nearer than the scale allows.</summary>
    private static ReproducedFigure Counted(PrintedFigure figure, MeasureValue value, decimal computed, int scale)
    {
        var printed = figure.Number!.Value;
        if (scale == 1)
        {
            return Judge(figure, value, computed, MeasureText.Round(computed, figure.Decimals) == printed, "");
        }

        var nearest = MeasureText.Round(printed / scale, 0);
        var words = $"The county is 1:{scale}: {computed:N0} × {scale} = {computed * scale:N0}; the nearest it could come to {printed:N0} is {nearest:N0} × {scale} = {nearest * scale:N0}.";
        return Judge(figure, value, computed * scale, computed == nearest, words);
    }

    /// <summary>Days, percentages and rates are compared as they are.</summary>
    private static ReproducedFigure Ratio(PrintedFigure figure, MeasureValue value, decimal computed, int scale)
    {
        var printed = figure.Number!.Value;
        var rounded = MeasureText.Round(computed, figure.Decimals);
        var words = value.OfText is { } of && (figure.IsPercent || value.Unit.StartsWith("per ", StringComparison.Ordinal)) ? $"{of}." : "";
        if (figure.IsPercent && rounded != printed && value.Denominator is { } n && !FigureChecks.IsReachable(printed, figure.Decimals, n))
        {
            words = $"{words} No whole number of {n:N0} gives {figure.Printed}.";
            return scale > 1
                ? Result(figure, value, "cannot", $"{words} The county is 1:{scale}.", computed)
                : Judge(figure, value, computed, false, words);
        }

        return Judge(figure, value, computed, rounded == printed, words);
    }

    private async Task<ReproducedFigure> ChangeAsync(PrintedFigure figure, Measure measure, MeasureValue now, CancellationToken cancellation)
    {
        var from = figure.Compute == "change" ? figure.AsAt.AddYears(-1) : figure.PeriodFrom!.Value;
        var then = await engine.ValueAsync(measure, from, cancellation: cancellation);
        if (now.Value is not { } after || then.Value is not { } before || before == 0)
        {
            return Result(figure, now, "no", $"There is nothing to compare with on {MeasureText.Date(from)}.");
        }

        var change = 100 * (after - before) / before;
        return Judge(figure, now, change, MeasureText.Round(change, figure.Decimals) == figure.Number, $"{after:N0} after {before:N0} on {MeasureText.Date(from)}.");
    }

    private static ReproducedFigure Judge(PrintedFigure figure, MeasureValue value, decimal computed, bool matches, string words) =>
        Result(figure, value, figure.Cannot.Length > 0 ? "cannot" : matches ? "yes" : "no", $"{words} {figure.Because}", computed);

    private static ReproducedFigure Result(PrintedFigure figure, MeasureValue? value, string matches, string words, decimal? computed = null)
    {
        var because = string.Join(' ', new[] { figure.X.Length > 0 ? $"{figure.X}." : "", words.Trim() }.Where(w => w.Length > 0));
        return new ReproducedFigure(figure.Id, figure.Title, figure.Number is { } number ? number : figure.Printed, computed is { } c ? MeasureText.Round(c, Math.Max(figure.Decimals, 1) + 1) : null,
            value?.Numerator, value?.Denominator, figure.AsAt, matches, because);
    }
}

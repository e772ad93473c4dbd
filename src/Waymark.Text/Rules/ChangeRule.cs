using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 1: a printed change is the change between the two figures.</summary>
public sealed class ChangeRule : Rule
{
    public override string Name => "change";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            foreach (var claim in document.Changes.Concat(TableChanges.Read(document)))
            {
                foreach (var change in claim.Changes)
                {
                    if (claim is { From: { } from, To: { } to } && ChangeArithmetic.Judge(from, to, change) is { Verdict: ChangeVerdict.Wrong } sum && IsSure(claim, sum))
                    {
                        var at = new[] { claim.Statement.Passage, from.Passage, to.Passage };
                        yield return Found(Severity.Wrong, $"From {from.Printed}{In(from)} to {to.Printed}{In(to)} is {sum.Expected}; the text says {change.Printed}.",
                            "Look up both figures and work the change out again; one of the three numbers is wrong.", at);
                    }
                }
            }
        }
    }

    // Two figures that only their times put together are taken as one change only when the printed one is of their size.
    private static bool IsSure(ChangeClaim claim, ChangeSum sum) => claim.IsExplicit || (sum.Stated != 0 && sum.Actual != 0 && sum.Stated / sum.Actual is > 0.3m and < 3.5m);
}

public enum ChangeVerdict { Right, Points, Relative, Wrong, Unknown }

/// <param name="Expected">The right change, in words.</param>
public sealed record ChangeSum(ChangeVerdict Verdict, string Expected, decimal Stated, decimal Actual);

/// <summary>Works a change out from its two figures, with all the rounding they may hide.</summary>
public static class ChangeArithmetic
{
    public static ChangeSum Judge(Mention from, Mention to, Mention change)
    {
        var difference = to.Value - from.Value;
        var stated = change.Value;
        var slack = (from.Step + to.Step) / 2;
        var step = change.Step;
        if (change.Unit == Unit.Factor)
        {
            return Factor(from, to, change);
        }

        if (from.Value == 0 || from.Bound is Bound.Over or Bound.Under || to.Bound is Bound.Over or Bound.Under)
        {
            return new ChangeSum(ChangeVerdict.Unknown, "", stated, difference);
        }

        var relative = 100 * difference / from.Value;
        var least = 100 * ((Least(to) - Greatest(from)) / Greatest(from));
        var greatest = 100 * ((Greatest(to) - Least(from)) / Math.Max(0.0000001m, Least(from)));
        if (change.IsFraction || change.Bound is Bound.About)
        {
            (least, greatest) = (least - 3, greatest + 3);
        }
        else if (change.Bound is Bound.Over or Bound.Under)
        {
            return new ChangeSum(Math.Abs(relative) >= stated * 0.9m || change.Bound == Bound.Under ? ChangeVerdict.Right : ChangeVerdict.Wrong, $"{N(Math.Abs(relative))}%", stated, Math.Abs(relative));
        }

        var isRelative = Within(stated, least, greatest, step);
        var isPoints = Math.Abs(Math.Abs(difference) - stated) <= slack + (step / 2);
        if (change.Unit == Unit.Points)
        {
            return new ChangeSum(from.Unit is not (Unit.Percent or Unit.Count) || isPoints ? ChangeVerdict.Right : isRelative && from.Unit == Unit.Percent ? ChangeVerdict.Relative : ChangeVerdict.Wrong,
                $"{N(Math.Abs(difference), 2)} percentage points ({N(Math.Abs(relative))}%)", stated, Math.Abs(difference));
        }

        if (change.Unit == Unit.Percent)
        {
            var inPercent = from.Unit == Unit.Percent;
            return new ChangeSum(isRelative ? ChangeVerdict.Right : inPercent && isPoints ? ChangeVerdict.Points : ChangeVerdict.Wrong,
                inPercent ? $"{N(Math.Abs(difference), 2)} percentage points, or {N(Math.Abs(relative), 2)}%" : $"{N(Math.Abs(difference), 2)}, or {N(Math.Abs(relative), step < 1 ? 2 : 1)}%", stated, Math.Abs(relative));
        }

        return change.Unit != from.Unit && !(change.Unit == Unit.Count && from.Unit is Unit.Percent or Unit.Rate) ? new ChangeSum(ChangeVerdict.Unknown, "", stated, difference)
            : new ChangeSum(Math.Abs(Math.Abs(difference) - stated) <= slack + (step / 2) - (slack + step > 1.9m && from.Unit == Unit.Count && step == 1 && from.Step == 1 ? 1.4m : 0) ? ChangeVerdict.Right : ChangeVerdict.Wrong, Exact(from, difference), stated, Math.Abs(difference));
    }

    private static ChangeSum Factor(Mention from, Mention to, Mention change)
    {
        if (from.Value == 0)
        {
            return new ChangeSum(ChangeVerdict.Unknown, "", change.Value, 0);
        }

        var ratio = to.Value / from.Value;
        var right = change.Value >= 1
            ? change.Bound switch { Bound.Over => ratio >= change.Value * 0.98m, Bound.About => ratio >= change.Value * 0.8m && ratio <= change.Value * 1.15m, _ => ratio >= change.Value * 0.92m && ratio <= change.Value * 1.15m }
            : change.Bound switch { Bound.Over => ratio <= 0.52m, Bound.About => ratio is > 0.42m and < 0.58m, _ => ratio is > 0.45m and < 0.55m };
        return new ChangeSum(right ? ChangeVerdict.Right : ChangeVerdict.Wrong, $"{N(ratio, 2)} times as many", change.Value, ratio);
    }

    private static string Exact(Mention from, decimal difference) => from.Unit switch { Unit.Money => $"£{N(Math.Abs(difference), 2)}", Unit.Duration => $"{N(Math.Abs(difference))} days", _ => N(Math.Abs(difference), 2) };

    private static bool Within(decimal stated, decimal least, decimal greatest, decimal step)
    {
        var (low, high) = least <= 0 && greatest >= 0 ? (0, Math.Max(-least, greatest)) : (Math.Min(Math.Abs(least), Math.Abs(greatest)), Math.Max(Math.Abs(least), Math.Abs(greatest)));
        return stated >= low - (step * 0.501m) && stated <= high + (step * 0.501m);
    }

    private static decimal Least(Mention m) => m.Unit == Unit.Count && m.Step == 1 ? m.Value : m.Value - (m.Step / 2);

    private static decimal Greatest(Mention m) => m.Unit == Unit.Count && m.Step == 1 ? m.Value : m.Value + (m.Step / 2);

    private static string N(decimal value, int decimals = 1) => Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("#,##0.##", System.Globalization.CultureInfo.InvariantCulture);
}

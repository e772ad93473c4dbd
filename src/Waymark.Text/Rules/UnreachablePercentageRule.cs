using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Rule 5 (the GRIM test): a percentage must be some whole number out of its base.</summary>
public sealed class UnreachablePercentageRule : Rule
{
    public override string Name => "unreachable-percentage";

    public override IEnumerable<Finding> Check(Draft draft)
    {
        foreach (var document in draft.Documents)
        {
            var done = new HashSet<Mention>();
            foreach (var claim in document.Parts.Concat(Bases.Read(document)))
            {
                if (claim is { Share: { IsFraction: false } share, Whole: var whole } && whole.Unit == Unit.Count && whole.Bound == Bound.Exact && share.Bound == Bound.Exact && whole.Step == 1 && !Reachable(share, whole.Value)
                    && (claim.Part is null || !PartArithmetic.IsRight(claim)) && done.Add(share))
                {
                    var below = Math.Floor(share.Value * whole.Value / 100);
                    yield return Found(claim.IsFar ? Severity.Check : Severity.Wrong,
                        $"No whole number out of {whole.Printed} is {share.Printed}: {N(below, 0)} would be {N(100 * below / whole.Value, 2)}% and {N(below + 1, 0)} would be {N(100 * (below + 1) / whole.Value, 2)}%.",
                        "Find how many the percentage counts, and out of how many; the base may be another than the one printed.", share.Passage, whole.Passage);
                }
            }
        }
    }

    /// <summary>Whether some whole number out of the base rounds, up or down at the half, to the share as printed.</summary>
    public static bool Reachable(Mention share, decimal whole)
    {
        if (whole <= 0 || share.Value is < 0 or > 100 || whole > 100 / share.Step * 2)
        {
            return true;
        }

        var (least, greatest) = share.Span;
        var first = Math.Ceiling(least * whole / 100 - 0.0000001m);
        return first <= greatest * whole / 100 + 0.0000001m;
    }
}

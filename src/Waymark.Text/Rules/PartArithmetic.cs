using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>Whether a part is the share it is said to be of its whole.</summary>
public static class PartArithmetic
{
    public static bool IsRight(PartClaim claim)
    {
        if (claim is not { Part: { } part, Share: { } share } || claim.Whole.Value == 0)
        {
            return true;
        }

        var whole = claim.Whole;
        var least = 100 * Low(part) / High(whole);
        var greatest = 100 * High(part) / Math.Max(0.000001m, Low(whole));
        var slack = share.IsFraction ? Math.Max(2, share.Value * 0.06m) : share.Step * 0.501m;
        slack += part.Bound != Bound.Exact || whole.Bound != Bound.Exact || share.Bound != Bound.Exact ? 3 : 0;
        return share.Value >= least - slack && share.Value <= greatest + slack;
    }

    private static decimal Low(Mention m) => m.Step == 1 ? m.Value : m.Value - (m.Step / 2);

    private static decimal High(Mention m) => m.Step == 1 ? m.Value : m.Value + (m.Step / 2);
}

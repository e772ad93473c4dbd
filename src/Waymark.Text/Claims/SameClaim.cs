using Waymark.Text.Numbers;
using Waymark.Text.Words;

namespace Waymark.Text.Claims;

public enum Sameness { No, Loose, Same }

/// <summary>Whether two figures claim the same thing: unit, statistic, place, ages, thresholds, names, time, and what is counted.</summary>
public static class SameClaim
{
    public static Sameness Of(Mention a, Mention b) => Kind(a, b) && TimesMeet(a, b) ? Topics(a, b) : Sameness.No;

    /// <summary>The same measure, whatever the time.</summary>
    public static Sameness Measure(Mention a, Mention b) => Kind(a, b) ? Topics(a, b) : Sameness.No;

    public static bool Kind(Mention a, Mention b) => a.Unit == b.Unit && a.Per == b.Per && a.Statistic == b.Statistic && a.Place == b.Place && a.IsPlanned == b.IsPlanned && a.Marks.SetEquals(b.Marks)
        && (a.Every == b.Every || a.Every is null || b.Every is null);

    public static bool TimesMeet(Mention a, Mention b) => a.Period is null || b.Period is null ? a.Period is null && b.Period is null : a.Period.Coincides(b.Period);

    public static Sameness Topics(Mention a, Mention b)
    {
        if (a.Names.Count + b.Names.Count > 0 && !a.Names.SetEquals(b.Names) && !(a.Names.IsSubsetOf(b.Topic) && b.Names.IsSubsetOf(a.Topic)))
        {
            return Sameness.No;
        }

        var shared = 0;
        var differ = 0;
        foreach (var concept in a.Topic)
        {
            if (b.Topic.Contains(concept))
            {
                shared++;
                continue;
            }

            differ++;
            if (Sets(concept, b.Topic, a.Topic))
            {
                return Sameness.No;
            }
        }

        foreach (var concept in b.Topic)
        {
            if (!a.Topic.Contains(concept))
            {
                differ++;
                if (Sets(concept, a.Topic, b.Topic))
                {
                    return Sameness.No;
                }
            }
        }

        return shared == 0 ? Sameness.No : differ == 0 ? Sameness.Same : (shared >= 2 && differ <= 1) || (shared >= 3 && differ <= 2) || (shared >= 4 && differ <= 3) ? Sameness.Loose : Sameness.No;
    }

    // A word one side only has that marks one group, kind or stage off from others: "residential", "women", "urgent".
    private static bool Sets(string concept, IReadOnlySet<string> other, IReadOnlySet<string> mine)
    {
        _ = (other, mine);
        return Lexicon.Standard.IsApart(concept);
    }
}

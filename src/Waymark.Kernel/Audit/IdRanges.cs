using System.Globalization;
using System.Text;

namespace Waymark.Kernel.Audit;

/// <summary>Ascending ids as text: <c>1-480,483</c>.</summary>
internal static class IdRanges
{
    public static string Write(IEnumerable<long> ascending)
    {
        var text = new StringBuilder();
        foreach (var (from, to) in Gather(ascending))
        {
            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{from}").Append(to == from ? "" : string.Create(CultureInfo.InvariantCulture, $"-{to}"));
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">It is no such text.</exception>
    public static IEnumerable<(long From, long To)> Read(string text)
    {
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            yield return dash < 0 ? (Number(part), Number(part)) : (Number(part[..dash]), Number(part[(dash + 1)..]));
        }
    }

    public static IEnumerable<long> Ids(string text)
    {
        foreach (var (from, to) in Read(text))
        {
            for (var id = from; id <= to; id++)
            {
                yield return id;
            }
        }
    }

    /// <summary>Ids after <paramref name="reached"/> and before the last named that none of the texts names.</summary>
    public static IEnumerable<long> Gaps(long reached, IEnumerable<string> texts)
    {
        foreach (var (from, to) in texts.SelectMany(Read).OrderBy(r => r.From))
        {
            for (var id = reached + 1; id < from; id++)
            {
                yield return id;
            }

            reached = Math.Max(reached, to);
        }
    }

    private static IEnumerable<(long From, long To)> Gather(IEnumerable<long> ascending)
    {
        (long From, long To)? open = null;
        foreach (var id in ascending)
        {
            if (open is { } range && id == range.To + 1)
            {
                open = (range.From, id);
                continue;
            }

            if (open is { } done)
            {
                yield return done;
            }

            open = (id, id);
        }

        if (open is { } last)
        {
            yield return last;
        }
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Text.Claims;
using Waymark.Text.Reading;
using Waymark.Text.Rules;

namespace Waymark.Assurance.Checker;

/// <summary>A finding with its number in this draft, and the reason kept for it.</summary>
public sealed record NumberedFinding(int Number, Finding Finding, string? Reason);

/// <summary>A stretch of a line, with the numbers of the findings that quote it.</summary>
public sealed record MarkedText(string Text, IReadOnlyList<int> Findings);

/// <summary>A line as it stands, cut where findings quote it.</summary>
public sealed record MarkedLine(int Number, IReadOnlyList<MarkedText> Parts);

public sealed record DraftView(DraftCheck Check, IReadOnlyList<NumberedFinding> Findings, IReadOnlyList<(string Name, IReadOnlyList<MarkedLine> Lines)> Documents, IReadOnlyList<DocumentReading> Readings)
{
    public IEnumerable<NumberedFinding> Open => Findings.Where(f => f.Reason is null);
}

/// <summary>Checks a kept draft anew and puts each finding where it stands.</summary>
[Scoped]
public sealed class ReadDraft(WaymarkDb db)
{
    public async Task<DraftView?> RunAsync(Guid id)
    {
        if (await db.Set<DraftCheck>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == id) is not { } check)
        {
            return null;
        }

        var documents = check.Unpack();
        List<DocumentReading> readings = [.. documents.Select(DocumentReading.Of)];
        var found = Text.Checker.Check(readings);
        var keys = found.Select(f => f.Key).ToList();
        var reasons = await db.Set<FindingReason>().AsNoTracking().Where(r => keys.Contains(r.FindingKey)).ToDictionaryAsync(r => r.FindingKey, r => r.Reason);
        List<NumberedFinding> findings = [.. found.OrderBy(f => f.Severity).Select((f, i) => new NumberedFinding(i + 1, f, reasons.GetValueOrDefault(f.Key)))];
        return new DraftView(check, findings, [.. documents.Select(d => (d.Name, Mark(d, findings)))], readings);
    }

    internal static IReadOnlyList<MarkedLine> Mark(SourceDocument document, IReadOnlyList<NumberedFinding> findings)
    {
        var index = new Dictionary<int, int>();
        for (var i = 0; i < document.Lines.Count; i++)
        {
            index.TryAdd(document.Lines[i].Number, i);
        }

        var spans = new Dictionary<int, List<(int From, int To, int Finding)>>();
        foreach (var finding in findings)
        {
            foreach (var quote in finding.Finding.Quotes.Where(q => q.File == document.Name && index.ContainsKey(q.Line)))
            {
                Place(document, index[quote.Line], quote.Text, finding.Number, spans);
            }
        }

        return [.. document.Lines.Select((line, i) => new MarkedLine(line.Number, Cut(line.Text, spans.GetValueOrDefault(i))))];
    }

    // A quote in one line is marked where it stands; one broken over lines marks them from its first words on.
    private static void Place(SourceDocument document, int at, string quote, int number, Dictionary<int, List<(int, int, int)>> spans)
    {
        void Add(int line, int from, int to) => (spans.TryGetValue(line, out var list) ? list : spans[line] = []).Add((from, to, number));

        var text = document.Lines[at].Text;
        var start = text.IndexOf(quote, StringComparison.Ordinal);
        if (start >= 0)
        {
            Add(at, start, start + quote.Length);
            return;
        }

        var left = quote.Length;
        start = Math.Max(0, text.IndexOf(quote[..Math.Min(quote.Length, 12)], StringComparison.Ordinal));
        for (var i = at; i < document.Lines.Count && left > 0 && i < at + 40; i++)
        {
            var line = document.Lines[i].Text;
            var from = i == at ? start : line.Length - line.AsSpan().TrimStart().Length;
            var to = Math.Min(line.Length, from + left);
            if (to > from)
            {
                Add(i, from, to);
                left -= to - from + 1;
            }
        }
    }

    private static List<MarkedText> Cut(string text, List<(int From, int To, int Finding)>? spans)
    {
        if (spans is null)
        {
            return [new MarkedText(text, [])];
        }

        var parts = new List<MarkedText>();
        var cuts = spans.SelectMany(s => new[] { s.From, s.To }).Append(0).Append(text.Length).Distinct().Order().ToList();
        foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
        {
            parts.Add(new MarkedText(text[from..to], [.. spans.Where(s => s.From <= from && s.To >= to).Select(s => s.Finding).Distinct().Order()]));
        }

        return parts;
    }
}

using System.Text.RegularExpressions;
using Waymark.Text.Blocks;
using Waymark.Text.Claims;

namespace Waymark.Text.Rules;

/// <summary>Rule 12: notes, figures, tables, appendices, sections and cross-references resolve.</summary>
public sealed partial class ReferenceRule : Rule
{
    private const int MostQuotes = 8;

    public override string Name => "reference";

    public override IEnumerable<Finding> Check(Draft draft) => draft.Documents.SelectMany(d => Broken(d).Concat(Captions(d, "Figure", "Fig")).Concat(Captions(d, "Table", "Table")).Concat(Appendices(d)).Concat(Sections(d)).Concat(Torn(d)).Concat(NoteMarks.Of(d).Select(n => Found(Severity.Inconsistent, n.Message, "Give each mark its note, and each note its mark.", n.At.Take(MostQuotes)))));

    private IEnumerable<Finding> Broken(DocumentReading document)
    {
        foreach (var passage in document.Blocks.Passages.Where(p => p.Text.Contains("Error!", StringComparison.Ordinal) || p.Text.Contains("#REF!", StringComparison.Ordinal) || p.Text.Contains("#DIV/0!", StringComparison.Ordinal)))
        {
            yield return Found(Severity.Wrong, "A cross-reference is broken: the word processor left its error message in the text.", "Restore the reference.", passage);
        }
    }

    /// <summary>A cell that holds the figure of one column and the words of another.</summary>
    private IEnumerable<Finding> Torn(DocumentReading document)
    {
        foreach (var row in document.Blocks.Tables.SelectMany(t => t.Rows).Where(r => r.Cells.Any(c => TornCell().IsMatch(c))))
        {
            yield return Found(Severity.Check, "A cell of this row holds a figure and the words of another cell: the row is torn.", "Set the row again, cell by cell.", row.Passage);
        }
    }

    private IEnumerable<Finding> Captions(DocumentReading document, string kind, string shortened)
    {
        var captions = document.Blocks.Passages.Where(p => p.Kind == PassageKind.Caption && p.Text.StartsWith(shortened, StringComparison.Ordinal)).Select(p => (Passage: p, Number: Number().Match(p.Text).Value)).Where(c => c.Number.Length > 0).ToList();
        foreach (var twice in captions.GroupBy(c => c.Number).Where(g => g.Count() > 1))
        {
            yield return Found(Severity.Wrong, $"{kind} {twice.Key} is the caption of {twice.Count()} different {kind.ToLowerInvariant()}s.", "Number them anew, and follow the citations.", twice.Select(c => c.Passage));
        }

        if (captions.Count == 0)
        {
            yield break;
        }

        var known = captions.Select(c => c.Number).Concat(document.Blocks.Passages.Where(p => p.Kind == PassageKind.Heading).SelectMany(p => (kind == "Figure" ? FigureCited() : TableCited()).Matches(p.Text).Select(m => m.Groups[1].Value))).ToHashSet();
        var cited = kind == "Figure" ? FigureCited() : TableCited();
        foreach (var (number, passage) in Cited(document, cited).Where(c => !known.Contains(c.Number) && (kind == "Figure" || c.Passage.Kind != PassageKind.Caption)).DistinctBy(c => c.Number))
        {
            yield return Found(Severity.Wrong, $"{kind} {number} is cited; the document has {kind.ToLowerInvariant()}{(known.Count == 1 ? "" : "s")} {string.Join(", ", known)}.", "Correct the number, or add what it points to.", passage);
        }
    }

    private IEnumerable<Finding> Appendices(DocumentReading document)
    {
        foreach (var kind in new[] { "Appendix", "Annex" })
        {
            var own = document.Blocks.Passages.Where(p => p.Text.StartsWith(kind, StringComparison.OrdinalIgnoreCase) && p.Text.Length < 120).Select(p => (Passage: p, Match: AppendixHead().Match(p.Text))).Where(m => m.Match.Success).ToList();
            var known = own.Select(m => m.Match.Groups[1].Value.ToUpperInvariant()).ToHashSet();
            if (known.Count < 2)
            {
                continue;
            }

            foreach (var (name, passage) in Cited(document, kind == "Annex" ? AnnexCited() : AppendixCited()).Where(c => !known.Contains(c.Number.ToUpperInvariant()) && own.TrueForAll(o => o.Passage != c.Passage)).DistinctBy(c => c.Number))
            {
                yield return Found(Severity.Wrong, $"{kind} {name} is cited; the document has {string.Join(", ", known.Order(StringComparer.Ordinal))}.", "Correct the letter, or add what it points to.", passage);
            }
        }
    }

    private IEnumerable<Finding> Sections(DocumentReading document)
    {
        var numbers = document.Blocks.Passages.Where(p => p.Kind == PassageKind.Heading).Select(p => SectionHead().Match(p.Text)).Where(m => m.Success).Select(m => m.Groups[1].Value.TrimEnd('.')).ToHashSet();
        if (numbers.Count < 3)
        {
            yield break;
        }

        foreach (var (number, passage) in Cited(document, SectionCited()).Where(c => !numbers.Contains(c.Number) && !numbers.Any(n => n.StartsWith(c.Number + ".", StringComparison.Ordinal) || c.Number.StartsWith(n + ".", StringComparison.Ordinal))).DistinctBy(c => c.Number))
        {
            yield return Found(Severity.Wrong, $"Section {number} is cited; the document's sections are {string.Join(", ", numbers.Take(20))}.", "Correct the number.", passage);
        }
    }

    private static IEnumerable<(string Number, Passage Passage)> Cited(DocumentReading document, Regex pattern)
    {
        foreach (var passage in document.Blocks.Passages.Where(p => p.Kind is PassageKind.Sentence or PassageKind.Note or PassageKind.Row or PassageKind.Caption))
        {
            foreach (Match match in pattern.Matches(passage.Text))
            {
                if (passage.Kind != PassageKind.Caption || match.Index > 0)
                {
                    yield return (match.Groups[1].Value, passage);
                }
            }
        }
    }

    [GeneratedRegex(@"^-?\d+(\.\d+)?%? not (yet )?(avail|publ)", RegexOptions.IgnoreCase)]
    private static partial Regex TornCell();

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[Ff]ig(?:ure|\.)?\s?(\d{1,2})\b(?![.,]\d)")]
    private static partial Regex FigureCited();

    [GeneratedRegex(@"\bTable\s(\d{1,2})\b(?![.,]\d)")]
    private static partial Regex TableCited();

    [GeneratedRegex(@"\bAppendix\s([A-Z]|\d{1,2})\b")]
    private static partial Regex AppendixCited();

    [GeneratedRegex(@"\bAnnexe?\s([A-Z]|\d{1,2})\b")]
    private static partial Regex AnnexCited();

    [GeneratedRegex(@"^(?:Appendix|Annexe?)\s([A-Z]|\d{1,2})\b(?=\s*[:.–—-]|\s*$|\s+[A-Z])", RegexOptions.IgnoreCase)]
    private static partial Regex AppendixHead();

    [GeneratedRegex(@"^(\d{1,2}(?:\.\d{1,2})?)\.?\s+[A-Z]")]
    private static partial Regex SectionHead();

    [GeneratedRegex(@"\b(?:see|in|at|from|to|under) [Ss]ection (\d{1,2}(?:\.\d{1,2})?)\b(?!\s+(?:of the|enquir|agreement|duty|assessment))")]
    private static partial Regex SectionCited();
}

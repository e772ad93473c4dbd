using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CsvHelper;

namespace Waymark.Assurance.Checker;

/// <summary>The findings of a draft to take away, as CSV and Word.</summary>
public static class DraftExport
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public static byte[] Csv(DraftView view)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture))
        {
            foreach (var row in Rows(view).Prepend(["number", "rule", "severity", "message", "settle", "file", "line", "text", "right because"]))
            {
                foreach (var field in row)
                {
                    // A cell that begins like a formula must not be one in a spreadsheet.
                    csv.WriteField(field.Length > 0 && field[0] is '=' or '+' or '@' or '-' ? $"'{field}" : field);
                }

                csv.NextRecord();
            }
        }

        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    public static byte[] Word(DraftView view)
    {
        var body = new XElement(W + "body", Lines(view).Select(l => Paragraph(l.Text, l.IsHeading)));
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""");
            Write(zip, "_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""");
            Write(zip, "word/document.xml", new XDocument(new XElement(W + "document", new XAttribute(XNamespace.Xmlns + "w", W.NamespaceName), body)).ToString(SaveOptions.DisableFormatting));
        }

        return bytes.ToArray();
    }

    /// <summary>The report as lines of text: for Word and PDF alike.</summary>
    public static IEnumerable<(string Text, bool IsHeading)> Lines(DraftView view)
    {
        yield return ($"Findings in {view.Check.Title}", true);
        yield return ($"{view.Open.Count()} to look at, {view.Findings.Count - view.Open.Count()} said to be right.", false);
        foreach (var f in view.Findings)
        {
            yield return ($"{f.Number}. {RuleNames.Of(f.Finding.Rule)} ({(f.Reason is null ? RuleNames.Of(f.Finding.Severity) : "Said to be right")})", true);
            yield return (f.Finding.Message, false);
            foreach (var quote in f.Finding.Quotes)
            {
                yield return ($"{quote.File}, line {quote.Line}: “{quote.Text}”", false);
            }

            yield return ($"To settle it: {f.Finding.Settle}", false);
            if (f.Reason is not null)
            {
                yield return ($"Right, because: {f.Reason}", false);
            }
        }
    }

    private static IEnumerable<string[]> Rows(DraftView view) => view.Findings.SelectMany(f => f.Finding.Quotes.Select(q => new[]
    {
        f.Number.ToString(CultureInfo.InvariantCulture), f.Finding.Rule, f.Finding.Severity.ToString().ToLowerInvariant(), f.Finding.Message, f.Finding.Settle, q.File, q.Line.ToString(CultureInfo.InvariantCulture), q.Text, f.Reason ?? "",
    }));

    private static XElement Paragraph(string text, bool isHeading) => new(W + "p", isHeading ? new XElement(W + "pPr", new XElement(W + "keepNext")) : null,
        new XElement(W + "r", isHeading ? new XElement(W + "rPr", new XElement(W + "b")) : null, new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), Clean(text))));

    // XML holds no control characters.
    private static string Clean(string text) => string.Concat(text.Where(c => c >= ' ' && !char.IsSurrogate(c) && c < '\uFFFE'));

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write(text);
    }
}

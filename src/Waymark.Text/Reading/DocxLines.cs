using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Waymark.Text.Reading;

/// <summary>A Word document as lines: a paragraph is a line, a table row is a line of cells between bars, a note stands at the end. The number is the paragraph's.</summary>
internal static class DocxLines
{
    private const long LargestPart = 200_000_000;
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public static List<SourceLine> Read(string name, byte[] bytes)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            var lines = new List<SourceLine>();
            var body = Part(zip, "word/document.xml")?.Root?.Element(W + "body") ?? throw new UnreadableDocumentException($"{name} is not a Word document.");
            foreach (var block in body.Descendants().Where(e => e.Name == W + "p" || e.Name == W + "tr").Where(e => e.Name == W + "tr" || !e.Ancestors(W + "tr").Any()))
            {
                if (block.Name == W + "tr")
                {
                    lines.Add(new SourceLine("| " + string.Join(" | ", block.Elements(W + "tc").Select(c => string.Join(' ', c.Descendants(W + "p").Select(Text)).Trim())) + " |", lines.Count + 1));
                    continue;
                }

                lines.Add(new SourceLine("", lines.Count + 1));
                var style = block.Element(W + "pPr")?.Element(W + "pStyle")?.Attribute(W + "val")?.Value ?? "";
                var prefix = style.StartsWith("Heading", StringComparison.OrdinalIgnoreCase) || style == "Title" ? "# " : block.Element(W + "pPr")?.Element(W + "numPr") is not null ? "- " : "";
                lines.Add(new SourceLine(prefix + Text(block), lines.Count + 1));
            }

            foreach (var (part, note) in new[] { ("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote") })
            {
                foreach (var entry in Part(zip, part)?.Root?.Elements(W + note).Where(n => n.Attribute(W + "type") is null) ?? [])
                {
                    lines.Add(new SourceLine("", lines.Count + 1));
                    lines.Add(new SourceLine($"[^{entry.Attribute(W + "id")?.Value}]: {string.Join(' ', entry.Descendants(W + "p").Select(Text)).Trim()}", lines.Count + 1));
                }
            }

            return lines;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            throw new UnreadableDocumentException($"{name} is damaged, or is not a Word document.");
        }
    }

    private static XDocument? Part(ZipArchive zip, string path)
    {
        if (zip.GetEntry(path) is not { } entry)
        {
            return null;
        }

        if (entry.Length > LargestPart)
        {
            throw new InvalidDataException();
        }

        using var stream = entry.Open();
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }

    private static string Text(XElement paragraph)
    {
        var text = new StringBuilder();
        foreach (var e in paragraph.Descendants())
        {
            if (e.Name == W + "t")
            {
                text.Append(e.Value);
            }
            else if (e.Name == W + "tab" && e.Parent?.Name == W + "r")
            {
                text.Append('\t');
            }
            else if (e.Name == W + "br" || e.Name == W + "noBreakHyphen")
            {
                text.Append(e.Name == W + "br" ? ' ' : '-');
            }
            else if (e.Name == W + "footnoteReference" || e.Name == W + "endnoteReference")
            {
                text.Append("[^").Append(e.Attribute(W + "id")?.Value).Append(']');
            }
        }

        return text.ToString();
    }
}

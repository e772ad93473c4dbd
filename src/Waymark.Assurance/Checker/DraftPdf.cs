using System.Globalization;
using System.Text;

namespace Waymark.Assurance.Checker;

/// <summary>
/// The findings as PDF, in the reader's own Helvetica. A library would embed a font and so need font files on the server; a list of plain lines does not
/// (decision on the contradiction checker).
/// </summary>
public static class DraftPdf
{
    private const int LinesOfPage = 56;
    private const int WidthInCharacters = 92;

    static DraftPdf() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static byte[] Of(DraftView view)
    {
        var lines = DraftExport.Lines(view).SelectMany(l => Wrap(l.Text).Select(t => (Text: t, l.IsHeading)).Append((Text: "", IsHeading: false))).Chunk(LinesOfPage).ToList();
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {lines.Count} /Kids [{string.Join(' ', lines.Select((_, i) => $"{5 + (2 * i)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        };
        for (var i = 0; i < lines.Count; i++)
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {6 + (2 * i)} 0 R >>");
            var content = string.Concat(lines[i].Select(l => $"/{(l.IsHeading ? "F2" : "F1")} 10 Tf ({Escape(l.Text)}) Tj T*\n"));
            var stream = $"BT 56 790 Td 13 TL\n{content}ET";
            objects.Add($"<< /Length {Latin(stream).Length} >>\nstream\n{stream}\nendstream");
        }

        return Write(objects);
    }

    private static byte[] Write(List<string> objects)
    {
        using var bytes = new MemoryStream();
        void Put(string text) => bytes.Write(Latin(text));
        Put("%PDF-1.4\n");
        var offsets = new List<long>();
        for (var i = 0; i < objects.Count; i++)
        {
            offsets.Add(bytes.Position);
            Put($"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = bytes.Position;
        Put($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n{string.Concat(offsets.Select(o => o.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n"))}");
        Put($"trailer << /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return bytes.ToArray();
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w.Chunk(WidthInCharacters).Select(c => new string(c))))
        {
            if (line.Length + word.Length + 1 > WidthInCharacters)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        yield return line.ToString();
    }

    private static string Escape(string text) => text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("(", @"\(", StringComparison.Ordinal).Replace(")", @"\)", StringComparison.Ordinal);

    private static byte[] Latin(string text) => Encoding.GetEncoding(1252).GetBytes(text);
}

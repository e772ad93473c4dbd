using System.Text;

namespace Waymark.Text.Reading;

/// <summary>A file that cannot be read, in words for the person who gave it.</summary>
public sealed class UnreadableDocumentException(string message) : Exception(message);

/// <summary>Reads a file of any kind a council writes: text, Markdown, HTML, DOCX, and PDF where pdftotext is installed.</summary>
public static class DocumentFile
{
    public const long Largest = 30_000_000;

    public static SourceDocument Read(string path, string? name = null) =>
        !File.Exists(path) ? throw new UnreadableDocumentException($"There is no file {path}.")
        : new FileInfo(path).Length > Largest ? throw new UnreadableDocumentException($"{name ?? Path.GetFileName(path)} is larger than 30 MB.")
        : Read(name ?? Path.GetFileName(path), File.ReadAllBytes(path));

    public static SourceDocument Read(string name, byte[] bytes) => bytes switch
    {
        [0x25, 0x50, 0x44, 0x46, ..] => SourceDocument.FromText(name, PdfText.Read(name, bytes)),
        [0x50, 0x4B, 0x03, 0x04, ..] => new SourceDocument(name, DocxLines.Read(name, bytes)),
        _ when Path.GetExtension(name).ToLowerInvariant() is ".htm" or ".html" => new SourceDocument(name, HtmlLines.Read(Decode(bytes))),
        _ when bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).Contains((byte)0) && bytes is not [0xFF, 0xFE, ..] and not [0xFE, 0xFF, ..] =>
            throw new UnreadableDocumentException($"{name} is not a text, Markdown, HTML, DOCX or PDF document."),
        _ => SourceDocument.FromText(name, Decode(bytes)),
    };

    // What is not UTF-8 was most likely saved by an older Word.
    private static string Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..])
        {
            return Encoding.Unicode.GetString(bytes.AsSpan(2));
        }

        if (bytes is [0xFE, 0xFF, ..])
        {
            return Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2));
        }

        var text = Encoding.UTF8.GetString(bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.Latin1.GetString(bytes) : text;
    }
}

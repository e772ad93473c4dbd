using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Attachments;

/// <summary>A kind of file that may be attached.</summary>
/// <param name="Extensions">The endings its name may have; the first is given to a name that has none.</param>
public sealed record FileKind(string Title, string ContentType, IReadOnlyList<string> Extensions)
{
    public static readonly FileKind Pdf = new("PDF", "application/pdf", [".pdf"]);
    public static readonly FileKind Word = new("Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [".docx"]);
    public static readonly FileKind Excel = new("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [".xlsx"]);
    public static readonly FileKind PowerPoint = new("PowerPoint presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation", [".pptx"]);
    public static readonly FileKind Png = new("PNG picture", "image/png", [".png"]);
    public static readonly FileKind Jpeg = new("JPEG picture", "image/jpeg", [".jpg", ".jpeg"]);
    public static readonly FileKind Gif = new("GIF picture", "image/gif", [".gif"]);
    public static readonly FileKind Text = new("text", "text/plain", [".txt", ".csv"]);
    public static readonly FileKind Email = new("e-mail", "message/rfc822", [".eml"]);

    public static readonly IReadOnlyList<FileKind> All = [Pdf, Word, Excel, PowerPoint, Png, Jpeg, Gif, Text, Email];

    /// <summary>For an <c>accept</c> attribute.</summary>
    public static string Accept { get; } = string.Join(',', All.SelectMany(k => k.Extensions));

    public static string TitleOf(string contentType) => All.FirstOrDefault(k => k.ContentType == contentType)?.Title ?? "file";
}

/// <summary>Says what a file is by its content; its name must agree. What is not known to be harmless is refused.</summary>
public static partial class FileCheck
{
    private const int Start = 4096;

    /// <param name="file">Seekable; read from its start.</param>
    /// <param name="label">The file's name as cleaned by <see cref="FileLabel"/>.</param>
    /// <exception cref="RefusedException">It is of no kind that may be attached, or not of the kind its name says.</exception>
    public static FileKind Check(Stream file, string label)
    {
        if (file.Length == 0)
        {
            throw Refuse($"“{label}” is empty. Choose another file");
        }

        var kind = Find(file, label);
        var ending = Path.GetExtension(label).ToLowerInvariant();
        if (ending.Length > 0 && !kind.Extensions.Contains(ending))
        {
            throw Refuse($"“{label}” is named as {ending} but holds a {kind.Title}. Give it its right name, or choose another file");
        }

        return kind;
    }

    private static FileKind Find(Stream file, string label)
    {
        var head = new byte[Math.Min(Start, file.Length)];
        file.Position = 0;
        file.ReadExactly(head);
        if (Begins(head, "MZ"u8) || Begins(head, [0x7F, (byte)'E', (byte)'L', (byte)'F']) || Begins(head, "#!"u8) || Begins(head, [0xCA, 0xFE, 0xBA, 0xBE]) || Begins(head, [0xCF, 0xFA, 0xED, 0xFE]))
        {
            throw Refuse($"“{label}” is a program. Programs cannot be attached");
        }

        if (head.AsSpan(0, Math.Min(1024, head.Length)).IndexOf("%PDF-"u8) >= 0)
        {
            return FileKind.Pdf;
        }

        if (Begins(head, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return FileKind.Png;
        }

        if (Begins(head, [0xFF, 0xD8, 0xFF]))
        {
            return FileKind.Jpeg;
        }

        if (Begins(head, "GIF87a"u8) || Begins(head, "GIF89a"u8))
        {
            return FileKind.Gif;
        }

        if (Begins(head, [(byte)'P', (byte)'K', 3, 4]))
        {
            return FindOffice(file, label);
        }

        if (Begins(head, [0xD0, 0xCF, 0x11, 0xE0]))
        {
            throw Refuse($"“{label}” is an old Office file. Open it, save it as .docx, .xlsx or .pptx, and attach that");
        }

        return FindText(file, head, label);
    }

    private static FileKind FindOffice(Stream file, string label)
    {
        file.Position = 0;
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = zip.Entries.Select(e => e.FullName).Take(10_000).ToList();
            if (names.Exists(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                throw Refuse($"“{label}” holds macros. Save it without them and attach that");
            }

            if (names.Contains("[Content_Types].xml"))
            {
                FileKind? kind = names.Contains("word/document.xml") ? FileKind.Word : names.Contains("xl/workbook.xml") ? FileKind.Excel : names.Contains("ppt/presentation.xml") ? FileKind.PowerPoint : null;
                if (kind is not null)
                {
                    return kind;
                }
            }
        }
        catch (InvalidDataException)
        {
            throw Refuse($"“{label}” is damaged and cannot be read. Ask for it again");
        }

        throw Refuse($"“{label}” is an archive. Take the files out and attach each of them");
    }

    private static FileKind FindText(Stream file, byte[] head, string label)
    {
        if (!IsUtf8Text(file))
        {
            throw Refuse($"“{label}” cannot be attached: {Allowed}");
        }

        var start = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (Markup().IsMatch(start))
        {
            throw Refuse($"“{label}” is a web page or drawing that can hold programs. Save it as PDF and attach that");
        }

        return Path.GetExtension(label).Equals(".eml", StringComparison.OrdinalIgnoreCase) && Header().IsMatch(start) ? FileKind.Email : FileKind.Text;
    }

    private static bool IsUtf8Text(Stream file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        var chars = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(81920));
        try
        {
            file.Position = 0;
            var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
            int read;
            while ((read = file.Read(buffer, 0, 81920)) > 0)
            {
                var count = decoder.GetChars(buffer, 0, read, chars, 0, flush: false);
                if (chars.AsSpan(0, count).ContainsAnyInRange('\0', '\u0008'))
                {
                    return false;
                }
            }

            decoder.GetChars([], 0, 0, chars, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    private const string Allowed = "attach a PDF, a Word, Excel or PowerPoint file, a PNG, JPEG or GIF picture, an .eml e-mail, or text saved as UTF-8";

    private static bool Begins(byte[] head, ReadOnlySpan<byte> with) => head.AsSpan().StartsWith(with);

    private static RefusedException Refuse(string message) => new(message, "File");

    [GeneratedRegex(@"^<(!doctype|!--|html|head|body|script|svg|\?xml|[a-z][a-z0-9]*[\s/>])|<(script|svg|iframe|html)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\A([!-9;-~]+:[^\n]*\n([ \t][^\n]*\n)*)*(From|To|Date|Subject|Received|MIME-Version):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Header();
}

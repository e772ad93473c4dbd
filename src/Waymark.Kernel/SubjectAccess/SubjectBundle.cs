using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.SubjectAccess;

/// <summary>Writes the bundle a person is given: a page that any browser and screen reader reads, the same as JSON, and the documents.</summary>
[Singleton]
public sealed class SubjectBundle(AttachmentFiles files)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="given">What is in it; what is withheld is only counted, in words.</param>
    public async Task WriteAsync(Stream output, SubjectRecord given, int withheld, DateTime madeOn, string council)
    {
        await using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var names = await DocumentsAsync(zip, given);
        await AddAsync(zip, "index.html", Html(given, withheld, madeOn, council, names));
        var sections = given.Sections.Select(s => new
        {
            s.Title,
            Entries = s.Entries.Select(e => new { e.Title, e.Date, Fields = e.Fields.Select(f => new { f.Name, f.Value }), Document = names.GetValueOrDefault(e.Key) }),
        });
        await AddAsync(zip, "record.json", JsonSerializer.Serialize(new { given.Reference, given.Name, MadeOn = madeOn, Withheld = withheld, Sections = sections }, Json));
    }

    private async Task<Dictionary<string, string>> DocumentsAsync(ZipArchive zip, SubjectRecord given)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, entry) in given.Entries.Where(e => e.Entry.StoredName is not null))
        {
            // A name is only a label: what opens on the person's machine is numbered and stays in its folder.
            var label = string.Concat(Path.GetFileName(entry.FileName!.Replace('\\', '/')).Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' ? c : '_')).Trim('.', ' ');
            var name = string.Create(CultureInfo.InvariantCulture, $"documents/{names.Count + 1:000}-{label}");
            names[entry.Key] = name;
            await using var to = await zip.CreateEntry(name).OpenAsync();
            await using var from = files.Open(entry.StoredName!);
            await from.CopyToAsync(to);
        }

        return names;
    }

    private static async Task AddAsync(ZipArchive zip, string name, string text)
    {
        await using var to = await zip.CreateEntry(name).OpenAsync();
        await to.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private static string Html(SubjectRecord given, int withheld, DateTime madeOn, string council, Dictionary<string, string> names)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>What {{Safe(council)}} holds about {{Safe(given.Name)}}</title>
            <style>body{font:1.1rem/1.5 Arial,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}dt{font-weight:bold}dd{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}article{border-top:1px solid #b1b4b6;padding:.5rem 0}h3{margin:.5rem 0}</style>
            </head><body><main>
            <h1>What {{Safe(council)}} holds about <bdi>{{Safe(given.Name)}}</bdi></h1>
            <p>Reference {{Safe(given.Reference)}}. Made on {{Safe(Format.DateTime(madeOn))}}.</p>
            <p>{{(withheld == 0 ? "Nothing was withheld." : $"{Format.Plural(withheld, "entry", "entries")} {(withheld == 1 ? "is" : "are")} withheld because {(withheld == 1 ? "it is" : "they are")} about or from other people, or restricted. You may ask the council to look at this again, and you may complain to the Information Commissioner.")}}</p>
            <nav aria-label="Contents"><ol>
            """);
        for (var i = 0; i < given.Sections.Count; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#s{i}\">{Safe(given.Sections[i].Title)}</a> ({given.Sections[i].Entries.Count})</li>");
        }

        html.Append("</ol></nav>");
        for (var i = 0; i < given.Sections.Count; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"s{i}\"><h2 id=\"s{i}\">{Safe(given.Sections[i].Title)}</h2>");
            foreach (var entry in given.Sections[i].Entries)
            {
                Entry(html, entry, names.GetValueOrDefault(entry.Key));
            }

            html.Append("</section>");
        }

        return html.Append("</main></body></html>").ToString();
    }

    private static void Entry(StringBuilder html, SubjectEntry entry, string? document)
    {
        html.Append(CultureInfo.InvariantCulture, $"<article><h3><bdi>{Safe(entry.Title)}</bdi></h3>");
        if (entry.Date is { } date)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Format.Date(date))}</p>");
        }

        if (document is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Safe(string.Join('/', document.Split('/').Select(Uri.EscapeDataString)))}\">Open the document</a></p>");
        }

        if (entry.Fields.Count > 0)
        {
            html.Append("<dl>").AppendJoin("", entry.Fields.Select(f => $"<dt>{Safe(f.Name)}</dt><dd dir=\"auto\">{Safe(f.Value)}</dd>")).Append("</dl>");
        }

        html.Append("</article>");
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;

namespace Waymark.Returns.OpenItems;

/// <summary>
/// Reads an open-items file as case systems really write them: a byte order mark or Windows-1252, commas, semicolons or tabs, headers in any case and order,
/// blank lines, a total at the foot. A file that cannot be read is refused whole; a faulty row is named with line, field, value and rule.
/// </summary>
public sealed class OpenItemReader(DateOnly today)
{
    private readonly List<OpenItem> items = [];
    private readonly List<RowFault> faults = [];
    private readonly List<RowFault> warnings = [];
    private readonly HashSet<string> faultyKeys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> declared = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="asAt">Overrides the file's own declaration; null takes it from the file, else today.</param>
    /// <param name="kinds">Likewise for coverage, separated by commas.</param>
    /// <exception cref="RefusedException">The file is no CSV, too large, or lacks a column it must have.</exception>
    public OpenItemFile Read(string fileName, byte[] bytes, string? asAt = null, string? kinds = null, string? teams = null)
    {
        if (bytes.Length > OpenItemFile.LargestFile)
        {
            throw new RefusedException($"{fileName} is {bytes.Length / 1024 / 1024} MB. The largest file taken is 20 MB: send the open items only, not the whole history.");
        }

        var text = Decode(fileName, bytes);
        var body = TakeDeclarations(text, out var firstLine);
        var fileAsAt = AsAt(asAt ?? declared.GetValueOrDefault("as-at"));
        var rows = ReadRows(fileName, body, firstLine, fileAsAt);
        var coversKinds = Split(kinds ?? declared.GetValueOrDefault("kinds")).Select(k => OpenItemKinds.Table.For(k).Key).Distinct().ToList();
        var coversTeams = Split(teams ?? declared.GetValueOrDefault("teams")).Where(t => !t.Equals("all", StringComparison.OrdinalIgnoreCase)).ToList();
        var isDeclared = coversKinds.Count > 0;
        if (!isDeclared)
        {
            coversKinds = [.. items.Select(i => i.Kind.Key).Distinct()];
        }

        return new OpenItemFile(fileName, Convert.ToHexStringLower(SHA256.HashData(bytes)), fileAsAt, coversKinds, coversTeams, isDeclared, rows, items, faults, warnings, faultyKeys);
    }

    private static string Decode(string fileName, byte[] bytes)
    {
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).Contains((byte)0))
        {
            throw new RefusedException($"{fileName} is not a CSV file: it holds binary data. Save it from your spreadsheet as \"CSV UTF-8\" and send that.");
        }

        try
        {
            return new UTF8Encoding(false, true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // Older exports are Windows-1252; every byte has a meaning there.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(1252).GetString(bytes);
        }
    }

    /// <summary>Lines such as <c># kinds: assessment</c> before the header say what the file covers.</summary>
    private string TakeDeclarations(string text, out int firstLine)
    {
        firstLine = 1;
        var position = 0;
        while (position < text.Length)
        {
            var end = text.IndexOf('\n', position);
            var line = (end < 0 ? text[position..] : text[position..end]).Trim().Trim('"');
            if (line.Length > 0 && line[0] != '#')
            {
                break;
            }

            if (line.Split(':', 2) is [var name, var value])
            {
                declared[name.TrimStart('#').Trim()] = value.Trim().TrimEnd(',', ';');
            }

            firstLine++;
            position = end < 0 ? text.Length : end + 1;
        }

        return text[position..];
    }

    private DateOnly AsAt(string? text)
    {
        if (text is null)
        {
            return today;
        }

        var asAt = BritishDate.Parse(text) ?? throw new RefusedException($"\"{text}\" is not a date the file can be as at. Write it as 31/07/2024.");
        return asAt <= today ? asAt : throw new RefusedException($"The file says it is as at {asAt:d MMMM yyyy}, which has not come yet.");
    }

    private int ReadRows(string fileName, string body, int firstLine, DateOnly asAt)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t", "|"],
            PrepareHeaderForMatch = h => h.Header is null ? "" : Names.Fold(h.Header).Replace(' ', '_'),
            BadDataFound = null,
            MissingFieldFound = null,
            TrimOptions = TrimOptions.Trim,
            AllowComments = true,
        };
        using var csv = new CsvReader(new StringReader(body), configuration);
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { } header)
        {
            throw new RefusedException($"{fileName} is empty. Print a template with: ./waymark import open-items --template");
        }

        var names = header.Select(h => Names.Fold(h).Replace(' ', '_')).ToList();
        var missing = OpenItemColumns.All.Where(c => c.Required && !names.Contains(c.Name)).Select(c => c.Name).ToList();
        if (!names.Contains("joined_list") && !names.Contains("referral_received"))
        {
            missing.Add("joined_list or referral_received");
        }

        if (missing.Count > 0)
        {
            throw new RefusedException($"{fileName} has no column {string.Join(", ", missing)}. Its first line reads: {string.Join(", ", header).Truncated(200)}. Print a template with: ./waymark import open-items --template");
        }

        foreach (var extra in names.Where(n => n.Length > 0 && OpenItemColumns.All.All(c => c.Name != n)))
        {
            warnings.Add(new RowFault(firstLine, extra, "", "unknown-column", $"The column {extra} is not one of ours and was not read."));
        }

        var rows = 0;
        while (csv.Read())
        {
            var row = new RowReader(csv, firstLine + csv.Parser.RawRow - 1, asAt);
            if (row.IsBlank || row.IsFoot)
            {
                continue;
            }

            rows++;
            Take(row);
        }

        return rows;
    }

    private void Take(RowReader row)
    {
        var item = row.Read();
        if (item is not null && !seen.TryAdd(item.Key, item.Line))
        {
            row.Fault("reference", item.Reference, "duplicate-reference", $"{item.Kind.Title} {item.Reference} stands on line {seen[item.Key]} already. Keep one of the two.");
            item = null;
        }

        faults.AddRange(row.Faults);
        warnings.AddRange(row.Warnings);
        if (item is not null && row.Faults.Count == 0)
        {
            items.Add(item);
        }
        else if (row.Key is { } key)
        {
            faultyKeys.Add(key);
        }
    }

    private static IEnumerable<string> Split(string? list) => (list ?? "").Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

internal static class Text
{
    public static string Truncated(this string text, int length) => text.Length <= length ? text : $"{text[..length]}…";
}

using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waymark.Kernel.Policy;

/// <summary>Reads a policy file and names every fault in it by line; a file with a fault is refused whole.</summary>
public static partial class PolicyReader
{
    private static readonly string[] Parts = ["name", "effectiveFrom", "about", "limits", "numbers", "lists", "tables", "texts", "titles"];

    /// <returns>The content, or null when there are faults.</returns>
    public static (PolicyContent? Content, IReadOnlyList<PolicyFault> Faults) Read(string json)
    {
        LinedJson root;
        try
        {
            root = LinedJson.Parse(json);
        }
        catch (JsonException broken)
        {
            return (null, [new((int)(broken.LineNumber ?? 0) + 1, "file", "It is not JSON from here on.", "Look for a missing comma, quote or bracket on this line or the one above.")]);
        }

        if (!root.IsObject)
        {
            return (null, [new(root.Line, "file", "It does not start with {.", "A policy file is one JSON object; docs/policy.md has a sample.")]);
        }

        var reading = new Reading();
        foreach (var (name, line, _) in root.Members.Where(m => !Parts.Contains(m.Name)))
        {
            reading.Fault(line, name, "No such part.", $"The parts are {string.Join(", ", Parts)}.");
        }

        var title = reading.Text(root["name"], root.Line, "name", "Give the policy a name, such as \"Our county, autumn 2025\".");
        var from = reading.Day(root["effectiveFrom"], root.Line);
        var content = new PolicyContent
        {
            Name = title,
            EffectiveFrom = from,
            Limits = reading.Each(root, "limits", reading.Limit),
            Numbers = reading.Each(root, "numbers", reading.Number),
            Lists = reading.Each<IReadOnlyList<PolicyItem>>(root, "lists", reading.List),
            Tables = reading.Each(root, "tables", (field, node) => reading.Table(field, node, $"{title}, {from:yyyy-MM-dd}")),
            Texts = reading.Each(root, "texts", (field, node) => reading.Text(node, node.Line, field, "Write the words between quotes.")),
            Titles = reading.Each(root, "titles", (field, node) => reading.Text(node, node.Line, field, "Write the words between quotes.")),
        };
        foreach (var key in content.Keys.GroupBy(k => k).Where(g => g.Count() > 1))
        {
            reading.Fault(root.Line, key.Key, "The key stands in two parts of the file.", "A key is a limit, a number, a list, a table or a text; keep one.");
        }

        return reading.Faults.Count == 0 ? (content, []) : (null, [.. reading.Faults.OrderBy(f => f.Line)]);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*$")]
    private static partial Regex KeyShape();

    private sealed class Reading
    {
        public List<PolicyFault> Faults { get; } = [];

        public void Fault(int line, string field, string what, string how) => Faults.Add(new(line, field, what, how));

        public Dictionary<string, T> Each<T>(LinedJson root, string part, Func<string, LinedJson, T> read)
        {
            var found = new Dictionary<string, T>(StringComparer.Ordinal);
            if (root[part] is not { } node)
            {
                return found;
            }

            if (!node.IsObject)
            {
                Fault(node.Line, part, "It is not an object.", $"Write \"{part}\": {{ \"a.key\": … }}.");
                return found;
            }

            foreach (var (key, line, value) in node.Members)
            {
                if (!KeyShape().IsMatch(key))
                {
                    Fault(line, $"{part}.{key}", "A key has small letters, digits, dots and hyphens only.", "Write it as the sample does.");
                }

                if (!found.TryAdd(key, read($"{part}.{key}", value)))
                {
                    Fault(line, $"{part}.{key}", "The key is given twice.", "Keep one of the two.");
                }
            }

            return found;
        }

        public string Text(LinedJson? node, int line, string field, string how)
        {
            if (node is { Type: JsonTokenType.String, Text: { Length: > 0 } text })
            {
                return text;
            }

            Fault(node?.Line ?? line, field, "It is missing or not text.", how);
            return "";
        }

        public DateOnly Day(LinedJson? node, int line)
        {
            if (DateOnly.TryParseExact(node?.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            Fault(node?.Line ?? line, "effectiveFrom", $"\"{node?.Text}\" is not a day.", "Write the first day on which the policy holds, as 2025-04-01.");
            return default;
        }

        public PolicyLimit? Limit(string field, LinedJson node)
        {
            if (node.Type == JsonTokenType.Null)
            {
                return null;
            }

            var limit = node.Type == JsonTokenType.String ? PolicyLimit.Parse(node.Text!) : null;
            if (limit is null)
            {
                Fault(node.Line, field, $"\"{node.Text}\" is not a limit.", "Write a whole number and hours, service hours, working days, days, weeks, months or years: \"10 working days\"; or null for no limit.");
            }

            return limit;
        }

        public decimal Number(string field, LinedJson node)
        {
            if (node.Type == JsonTokenType.Number && decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return number;
            }

            Fault(node.Line, field, $"\"{node.Text}\" is not a number.", "Write digits without quotes: 80.");
            return 0;
        }

        public List<PolicyItem> List(string field, LinedJson node)
        {
            var items = new List<PolicyItem>();
            if (!node.IsArray || node.Items.Count == 0)
            {
                Fault(node.Line, field, "It is not a list, or it is empty.", "Write [ { \"key\": \"…\", \"title\": \"…\" }, … ].");
            }

            foreach (var item in node.Items)
            {
                var more = item.Members.Where(m => m.Name is not ("key" or "title")).DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => m.Value.Text ?? "");
                var key = Text(item["key"], item.Line, $"{field} key", "Give each entry a key; it is what is stored.");
                items.Add(new PolicyItem(key, Text(item["title"], item.Line, $"{field} title", "Give each entry a title; it is what people read."), more));
                if (key.Length > 0 && items.Count(i => i.Key == key) > 1)
                {
                    Fault(item.Line, field, $"The key \"{key}\" is given twice.", "Keep one of the two.");
                }
            }

            return items;
        }

        public PolicyTable Table(string field, LinedJson node, string version)
        {
            string[] columns = [.. (node["columns"]?.Items ?? []).Select(c => c.Text ?? "")];
            var rows = new List<IReadOnlyDictionary<string, string>>();
            if (columns.Length == 0 || columns.Contains("") || columns.Distinct().Count() != columns.Length)
            {
                Fault(node.Line, field, "Its columns are missing, empty or given twice.", "Write { \"columns\": [\"a\", \"b\"], \"rows\": [ [\"1\", \"2\"], … ] }.");
                return new([], [], version);
            }

            foreach (var row in node["rows"]?.Items ?? [])
            {
                if (row.Items.Count != columns.Length)
                {
                    Fault(row.Line, field, $"The row has {row.Items.Count} cells and the table {columns.Length} columns.", "Give one cell for each column; an empty one is \"\".");
                    continue;
                }

                rows.Add(columns.Zip(row.Items).ToDictionary(c => c.First, c => c.Second.Text ?? ""));
            }

            return new(columns, rows, version);
        }
    }
}

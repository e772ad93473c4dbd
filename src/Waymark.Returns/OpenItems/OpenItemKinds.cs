using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CsvHelper;
using Waymark.Kernel.Measures;

namespace Waymark.Returns.OpenItems;

/// <summary>
/// Which pathway and stages a kind of list stands on. A data table (<c>kinds.csv</c>): a kind that gets a pathway of its own moves there by changing its row.
/// Kinds are an open list: one the table does not name goes down the kernel's open-item pathway.
/// </summary>
public sealed class OpenItemKinds
{
    /// <summary>Key of the kernel's pathway for items whose kind has none.</summary>
    public const string GenericPathway = "open-item";

    private readonly Dictionary<string, OpenItemKind> byName = new(StringComparer.OrdinalIgnoreCase);

    private OpenItemKinds(IReadOnlyList<OpenItemKind> kinds)
    {
        All = kinds;
        foreach (var kind in kinds)
        {
            foreach (var name in kind.Names)
            {
                byName[name] = kind;
            }
        }
    }

    public static OpenItemKinds Table { get; } = Read();

    public IReadOnlyList<OpenItemKind> All { get; }

    /// <summary>The kind by its key, title or another name an extract may use; one unknown is taken as written, on the open-item pathway.</summary>
    public OpenItemKind For(string text)
    {
        var name = text.Trim().Replace('_', ' ');
        return byName.TryGetValue(name, out var kind) ? kind : Unknown(name);
    }

    private static OpenItemKind Unknown(string name)
    {
        var title = name.Replace('-', ' ');
        return new OpenItemKind(Slug(name), char.ToUpperInvariant(title[0]) + title[1..], GenericPathway, "waiting", "allocated", [name]);
    }

    /// <summary>Lower case words joined by hyphens: a stable key made from a name.</summary>
    public static string Slug(string name) => Kernel.People.Names.Fold(name).Replace(' ', '-');

    private static OpenItemKinds Read()
    {
        using var stream = typeof(OpenItemKinds).Assembly.GetManifestResourceStream("Waymark.Returns.OpenItems.kinds.csv")!;
        using var csv = new CsvReader(new StreamReader(stream), CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var kinds = new List<OpenItemKind>();
        while (csv.Read())
        {
            var (key, title) = (csv["kind"]!, csv["title"]!);
            string[] names = [key, key.Replace('-', ' '), title, .. csv["also"]!.Split('|')];
            kinds.Add(new OpenItemKind(key, title, csv["pathway"]!, csv["waiting"]!, csv["working"]!, names));
        }

        return new OpenItemKinds(kinds);
    }
}

/// <summary>A kind of list and where its items stand. Written to JSON as its key.</summary>
/// <param name="Key">Stored as <see cref="Kernel.Pathways.Episode.Kind"/>.</param>
/// <param name="WaitingStage">Where an item stands that has no allocation date.</param>
/// <param name="WorkingStage">Where it stands from its allocation date.</param>
[JsonConverter(typeof(AsKey))]
public sealed record OpenItemKind(string Key, string Title, string PathwayKey, string WaitingStage, string WorkingStage, IReadOnlyList<string> Names)
{
    /// <summary>The measures of this kind's list.</summary>
    public QueueMeasures Queue => new(Key, Title.ToLowerInvariant(), PathwayKey, [WaitingStage], [WorkingStage], PathwayKey == OpenItemKinds.GenericPathway ? Key : null);

    private sealed class AsKey : JsonConverter<OpenItemKind>
    {
        public override OpenItemKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => OpenItemKinds.Table.For(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, OpenItemKind value, JsonSerializerOptions options) => writer.WriteStringValue(value.Key);
    }
}

using System.Text;
using System.Text.Json;

namespace Waymark.Kernel.Policy;

/// <summary>JSON that remembers the line of every value, so that a fault can say where it is. Comments and trailing commas are allowed, as people write files by hand.</summary>
internal sealed record LinedJson(int Line, JsonTokenType Type, string? Text)
{
    public List<(string Name, int Line, LinedJson Value)> Members { get; } = [];
    public List<LinedJson> Items { get; } = [];
    public bool IsObject => Type == JsonTokenType.StartObject;
    public bool IsArray => Type == JsonTokenType.StartArray;

    public LinedJson? this[string name] => Members.Find(m => m.Name == name).Value;

    /// <exception cref="JsonException">The text is not JSON; carries the line.</exception>
    public static LinedJson Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new LineCounter(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
        reader.Read();
        var root = Value(ref reader, lines);
        while (reader.Read())
        {
        }

        return root;
    }

    private static LinedJson Value(ref Utf8JsonReader reader, LineCounter lines)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        var node = new LinedJson(lines.At(reader.TokenStartIndex), reader.TokenType, text);
        if (node.IsObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var (name, line) = (reader.GetString()!, lines.At(reader.TokenStartIndex));
                reader.Read();
                node.Members.Add((name, line, Value(ref reader, lines)));
            }
        }
        else if (node.IsArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                node.Items.Add(Value(ref reader, lines));
            }
        }

        return node;
    }

    /// <summary>Offsets only go forward, so one pass counts all lines.</summary>
    private sealed class LineCounter(byte[] bytes)
    {
        private long offset;
        private int line = 1;

        public int At(long target)
        {
            for (; offset < target; offset++)
            {
                line += bytes[offset] == (byte)'\n' ? 1 : 0;
            }

            return line;
        }
    }
}

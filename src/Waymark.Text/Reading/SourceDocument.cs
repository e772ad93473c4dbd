namespace Waymark.Text.Reading;

/// <summary>A line of a document as it stands, with the number a reader would find it by (from 1).</summary>
public readonly record struct SourceLine(string Text, int Number);

/// <summary>A document as lines. Whatever its format was, the lines keep the words as they stand.</summary>
public sealed record SourceDocument(string Name, IReadOnlyList<SourceLine> Lines)
{
    /// <summary>Plain text or Markdown.</summary>
    public static SourceDocument FromText(string name, string text)
    {
        var lines = new List<SourceLine>();
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines.Add(new SourceLine(line.ToString(), ++number));
        }

        return new SourceDocument(name, lines);
    }
}

using System.Text.RegularExpressions;

namespace Waymark.Kernel.Letters;

/// <summary>A letter, or any document of words, ready to be set as PDF or Word: one content, two formats, both with headings and lists a screen reader knows.</summary>
public sealed record Letter
{
    public required string Title { get; init; }
    public string Language { get; init; } = "en-GB";
    public required IReadOnlyList<LetterBlock> Blocks { get; init; }

    /// <summary>At the foot of each page: who wrote it; "demo county".</summary>
    public string? Footer { get; init; }
}

public enum LetterBlockKind { Heading, Paragraph, Item }

/// <param name="Text">Lines within a paragraph are kept.</param>
public sealed record LetterBlock(LetterBlockKind Kind, string Text);

/// <summary>
/// A template is plain text that a council may change in its policy: <c># Title</c>, <c>## Heading</c>, <c>- item</c>, paragraphs with an empty line between, and
/// <c>{field}</c>. A field alone in its paragraph whose value has several lines becomes a list. What stands in a field is never read as markup.
/// </summary>
public static partial class LetterTemplate
{
    /// <exception cref="Access.RefusedException">The template has no title, or names a field that the letter does not have; says which.</exception>
    public static Letter Fill(string template, IReadOnlyDictionary<string, string> fields, string? footer = null)
    {
        if (Fields().Matches(template).Select(m => m.Groups[1].Value).FirstOrDefault(f => !fields.ContainsKey(f)) is { } unknown)
        {
            throw new Access.RefusedException($"The letter's template names “{{{unknown}}}”, which this letter does not have. It has: {string.Join(", ", fields.Keys.Order(StringComparer.Ordinal))}. Mend the template in the council's policy.");
        }

        string? title = null;
        var blocks = new List<LetterBlock>();
        foreach (var part in template.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("# ", StringComparison.Ordinal))
            {
                title = Filled(part[2..], fields);
            }
            else if (part.StartsWith("## ", StringComparison.Ordinal))
            {
                blocks.Add(new LetterBlock(LetterBlockKind.Heading, Filled(part[3..], fields)));
            }
            else if (Alone().Match(part) is { Success: true } alone && fields[alone.Groups[1].Value].ReplaceLineEndings("\n").Trim() is var value && value.Contains('\n', StringComparison.Ordinal))
            {
                blocks.AddRange(value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => new LetterBlock(LetterBlockKind.Item, v)));
            }
            else if (part.StartsWith("- ", StringComparison.Ordinal))
            {
                blocks.AddRange(part.Split('\n').Select(line => new LetterBlock(LetterBlockKind.Item, Filled(line.TrimStart('-', ' '), fields))));
            }
            else
            {
                blocks.Add(new LetterBlock(LetterBlockKind.Paragraph, Filled(part, fields)));
            }
        }

        return new Letter { Title = title ?? throw new Access.RefusedException("The letter's template has no title: begin it with “# ” and the title."), Blocks = blocks, Footer = footer };
    }

    private static string Filled(string text, IReadOnlyDictionary<string, string> fields) => Fields().Replace(text, m => fields[m.Groups[1].Value].Trim());

    [GeneratedRegex(@"\{([a-z][a-z0-9 -]*)\}")]
    private static partial Regex Fields();

    [GeneratedRegex(@"^\{([a-z][a-z0-9 -]*)\}$")]
    private static partial Regex Alone();
}

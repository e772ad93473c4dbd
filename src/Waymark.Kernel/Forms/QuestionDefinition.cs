using System.Reflection;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>How a question is asked and its answer read.</summary>
public enum QuestionKind { Text, YesNo, Number, Money, Date, Time, Choice, Choices, Rows }

/// <summary>A question is asked only while the answer to another, asked before it, is one of <see cref="Values"/>.</summary>
public sealed record Condition(string QuestionKey, IReadOnlyList<string> Values)
{
    /// <summary>Whether the text of the other question's answer (several values for checkboxes) meets the condition.</summary>
    public bool HoldsFor(string text) =>
        text.Split(AnswerText.ListSeparator, StringSplitOptions.TrimEntries).Any(given => Values.Contains(given, StringComparer.OrdinalIgnoreCase));
}

/// <summary>A question as read from a property of a form or of a row of one.</summary>
public sealed record QuestionDefinition
{
    /// <summary>Key of a question of a form (<c>has-needs</c>) or of a question of a row (<c>helpers.name</c>).</summary>
    public required string Key { get; init; }
    public required string Text { get; init; }
    public string? Hint { get; init; }
    public required QuestionKind Kind { get; init; }
    public bool Required { get; init; }
    public Condition? When { get; init; }
    public int Lines { get; init; }

    /// <summary>Most characters of a text, or rows of a group.</summary>
    public int MaxLength { get; init; }
    public string? Prefill { get; init; }

    /// <summary>See <see cref="QuestionAttribute.ThirdParty"/>.</summary>
    public bool ThirdParty { get; init; }
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The questions of one row, for <see cref="QuestionKind.Rows"/>.</summary>
    public IReadOnlyList<QuestionDefinition> RowQuestions { get; init; } = [];

    /// <summary>The enum of a choice, or the record of a row.</summary>
    internal Type? ElementType { get; init; }
    internal PropertyInfo Property { get; init; } = null!;
}

/// <summary>Questions under one heading; the first section of a form may have none.</summary>
public sealed record FormSection(string? Title, IReadOnlyList<QuestionDefinition> Questions);

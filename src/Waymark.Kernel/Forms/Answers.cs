namespace Waymark.Kernel.Forms;

/// <summary>Where an answer stands: a question of the form, or of one row of a group.</summary>
/// <param name="Question"><c>has-needs</c>, or <c>helpers.name</c> in a row. A row itself is the group's key with its id.</param>
/// <param name="Row">Empty, or the row's id.</param>
public readonly record struct AnswerAddress(string Question, string Row = "")
{
    /// <summary>The name of its field: <c>has-needs</c>, <c>helpers.name[r1]</c>.</summary>
    public string Field => Row.Length == 0 ? Question : $"{Question}[{Row}]";

    public override string ToString() => Field;

    /// <summary>Reads a field's name back; <c>null</c> when it is no address.</summary>
    public static AnswerAddress? Parse(string field)
    {
        var open = field.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return new AnswerAddress(field);
        }

        return open > 0 && field.EndsWith(']') ? new AnswerAddress(field[..open], field[(open + 1)..^1]) : null;
    }
}

/// <summary>The answers of a draft or a revision as text, by where they stand. An empty text is an answer taken back.</summary>
public sealed class Answers
{
    /// <summary>Text of a row's own entry while the row stands; anything else and the row is taken away, its answers kept.</summary>
    public const string RowStands = "row";
    public const string RowTakenAway = "taken away";

    private readonly Dictionary<AnswerAddress, string> texts = [];

    public IEnumerable<KeyValuePair<AnswerAddress, string>> All => texts;

    /// <summary>The text at an address; empty when nothing was answered.</summary>
    public string this[string question, string row = ""]
    {
        get => texts.GetValueOrDefault(new AnswerAddress(question, row), "");
        set => texts[new AnswerAddress(question, row)] = value;
    }

    public string this[AnswerAddress address]
    {
        get => texts.GetValueOrDefault(address, "");
        set => texts[address] = value;
    }

    /// <summary>Rows of a group in the order in which they were added: ids rise with time.</summary>
    public IReadOnlyList<string> RowIds(string group) =>
        [.. texts.Where(t => t.Key.Question == group && t.Key.Row.Length > 0 && t.Value == RowStands).Select(t => t.Key.Row).Order(StringComparer.Ordinal)];
}

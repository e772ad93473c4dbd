using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waymark.Kernel.Forms;

public enum FormChangeKind { Added, NoLongerAsked, Changed }

/// <summary>How a question differs between the version a draft was started on and the one now in use.</summary>
/// <param name="Was">The words it was asked in; <c>null</c> for a question that is new.</param>
/// <param name="Now">The words it is asked in; <c>null</c> when it is no longer asked.</param>
public sealed record FormChange(FormChangeKind Kind, string QuestionKey, string? Was, string? Now);

/// <summary>The questions of a form as asked on a day: enough to tell later what changed.</summary>
public sealed record AskedQuestion(string Key, string Text, [property: JsonConverter(typeof(JsonStringEnumConverter<QuestionKind>))] QuestionKind Kind, IReadOnlyList<string>? Choices)
{
    public static string ToJson(FormDefinition definition) => JsonSerializer.Serialize(Of(definition));

    public static IReadOnlyList<AskedQuestion> Parse(string? json) => json is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<AskedQuestion>>(json)!;

    public static IReadOnlyList<FormChange> Changes(IReadOnlyList<AskedQuestion> before, FormDefinition definition)
    {
        var now = Of(definition);
        var changes = new List<FormChange>();
        foreach (var question in now)
        {
            if (before.FirstOrDefault(b => b.Key == question.Key) is not { } was)
            {
                changes.Add(new(FormChangeKind.Added, question.Key, null, question.Text));
            }
            else if (was.Text != question.Text || was.Kind != question.Kind || !(was.Choices ?? []).SequenceEqual(question.Choices ?? []))
            {
                changes.Add(new(FormChangeKind.Changed, question.Key, was.Text, question.Text));
            }
        }

        changes.AddRange(before.Where(b => now.All(n => n.Key != b.Key)).Select(b => new FormChange(FormChangeKind.NoLongerAsked, b.Key, b.Text, null)));
        return changes;
    }

    private static AskedQuestion[] Of(FormDefinition definition) =>
    [
        .. definition.Questions.SelectMany(q => q.RowQuestions.Prepend(q))
            .Select(q => new AskedQuestion(q.Key, q.Text, q.Kind, q.Choices.Count == 0 ? null : [.. q.Choices.Select(c => c.Text)])),
    ];
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Waymark.Kernel.Forms;

/// <summary>What a revision holds: the form as it was asked and answered. Readable for ever without the code that asked it.</summary>
public sealed record FormContent
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public required string Form { get; init; }
    public required string Title { get; init; }
    public required int Version { get; init; }
    public required IReadOnlyList<AnsweredSection> Sections { get; init; }

    /// <summary>Answers given to questions that an earlier version asked: kept, and shown apart.</summary>
    public IReadOnlyList<AnsweredQuestion>? NoLongerAsked { get; init; }

    /// <summary>The way out, and the reason where it was chosen against the form's decision.</summary>
    public string? Exit { get; init; }
    public string? ExitTitle { get; init; }
    public string? ExitReason { get; init; }

    /// <summary>Stands in a copy where an answer names or comes from someone else, whether or not there is one.</summary>
    public const string Withheld = "Withheld: about or from someone else";

    /// <summary>As a copy for the person, their family or an organisation has it.</summary>
    public FormContent ForCopy() => this with
    {
        Sections = [.. Sections.Select(s => s with { Questions = [.. s.Questions.Select(q => q.ForCopy())] })],
        NoLongerAsked = NoLongerAsked is null ? null : [.. NoLongerAsked.Select(q => q.ForCopy())],
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static FormContent Parse(string json) => JsonSerializer.Deserialize<FormContent>(json, Json)!;

    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    /// <summary>Every question with its answer, rows as questions named for their place: "Helper, 2: Name".</summary>
    [JsonIgnore]
    public IEnumerable<AnsweredQuestion> Flat => Sections.SelectMany(s => s.Questions).SelectMany(q => q.Flat).Concat(NoLongerAsked ?? []);

    /// <summary>The answers again, to start another draft from.</summary>
    public Answers ToAnswers()
    {
        var answers = new Answers();
        foreach (var question in Sections.SelectMany(s => s.Questions))
        {
            if (question.Rows is null)
            {
                AddAnswer(answers, question, "");
                continue;
            }

            foreach (var row in question.Rows)
            {
                answers[question.Key, row.Id] = Answers.RowStands;
                foreach (var cell in row.Questions)
                {
                    AddAnswer(answers, cell, row.Id);
                }
            }
        }

        return answers;
    }

    /// <summary>The questions asked with their answers. Questions whose condition is not met are left out.</summary>
    public static FormContent From(FormDefinition definition, Answers answers, IReadOnlySet<AnswerAddress> asked)
    {
        AnsweredQuestion Answered(QuestionDefinition question, string row) => new()
        {
            Key = question.Key,
            Text = question.Text,
            Kind = question.Kind,
            Answer = answers[question.Key, row].Trim(),
            Shown = FormBinder.Show(question, answers[question.Key, row].Trim()),
            Fact = question.Prefill,
            ThirdParty = question.ThirdParty ? true : null,
            Rows = question.Kind != QuestionKind.Rows ? null :
            [
                .. answers.RowIds(question.Key).Where(id => question.RowQuestions.Any(q => asked.Contains(new(q.Key, id))))
                    .Select(id => new AnsweredRow(id, [.. question.RowQuestions.Where(q => asked.Contains(new(q.Key, id))).Select(q => Answered(q, id))])),
            ],
        };

        return new FormContent
        {
            Form = definition.Key,
            Title = definition.Title,
            Version = definition.Version,
            Sections =
            [
                .. definition.Sections
                    .Select(s => new AnsweredSection(s.Title, [.. s.Questions.Where(q => asked.Contains(new(q.Key))).Select(q => Answered(q, ""))]))
                    .Where(s => s.Questions.Count > 0),
            ],
        };
    }

    private static void AddAnswer(Answers answers, AnsweredQuestion question, string row)
    {
        if (question.Answer.Length > 0)
        {
            answers[question.Key, row] = question.Answer;
        }
    }
}

public sealed record AnsweredSection(string? Title, IReadOnlyList<AnsweredQuestion> Questions);

public sealed record AnsweredRow(string Id, IReadOnlyList<AnsweredQuestion> Questions);

/// <summary>A question in the words in which it was asked, and its answer.</summary>
public sealed record AnsweredQuestion
{
    public required string Key { get; init; }
    public required string Text { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter<QuestionKind>))]
    public required QuestionKind Kind { get; init; }

    /// <summary>As typed; empty when it was not answered.</summary>
    public required string Answer { get; init; }

    /// <summary>As a reader should see it.</summary>
    public required string Shown { get; init; }

    /// <summary>Key of the fact it tells, by which a later form is pre-filled.</summary>
    public string? Fact { get; init; }

    /// <summary>True where the answer names or comes from someone else.</summary>
    public bool? ThirdParty { get; init; }
    public IReadOnlyList<AnsweredRow>? Rows { get; init; }

    /// <summary>As a copy for the person has it.</summary>
    public AnsweredQuestion ForCopy() => this with
    {
        Shown = ThirdParty == true ? FormContent.Withheld : Shown,
        Rows = Rows is null || ThirdParty == true ? null : [.. Rows.Select(r => r with { Questions = [.. r.Questions.Select(q => q.ForCopy())] })],
    };

    [JsonIgnore]
    public IEnumerable<AnsweredQuestion> Flat => Rows is null
        ? [this]
        : Rows.SelectMany((row, i) => row.Questions.Select(q => q with { Key = $"{q.Key}[{row.Id}]", Text = $"{Text}, {i + 1}: {q.Text}" }));
}

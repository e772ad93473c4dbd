using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>A form on a page: what <c>FormFields.cshtml</c> shows.</summary>
public sealed class FormFieldsView(DraftView draft, string here, string back)
{
    /// <summary>Starts the name of every field, so that a question can be called what it likes.</summary>
    public const string Prefix = "q.";

    public DraftView Draft { get; } = draft;

    /// <summary>Local address of the page the form stands on, and where to go when it is complete.</summary>
    public string Here { get; } = here;
    public string Back { get; } = back;
    public bool MayComplete { get; init; }

    /// <summary>Ways out that may be chosen against the form's decision, with a reason.</summary>
    public IReadOnlyList<Exit> Overrides { get; init; } = [];

    /// <summary>An earlier form shown beside this one; <c>null</c> when none is.</summary>
    public EarlierForm? Beside { get; init; }

    /// <summary>Completed forms of the same kind about the same person, newest first.</summary>
    public IReadOnlyList<EarlierForm> Earlier { get; init; } = [];

    public static string NameOf(AnswerAddress address) => Prefix + address.Field;

    public static string IdOf(string name) => Microsoft.AspNetCore.Mvc.Rendering.TagBuilder.CreateSanitizedId(name, "_");

    /// <summary>Fingerprints of the answers as shown, so that a posted page saves only what was changed on it and never another worker's newer answer.</summary>
    public string Seen => string.Join(' ', Draft.Answers.All.Where(a => a.Value.Length > 0).Select(a => $"{a.Key.Field}:{Fingerprint(a.Value)}"));

    public static string Fingerprint(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 6);

    public FieldView Field(QuestionDefinition question, string row = "") => new(this, question, new AnswerAddress(question.Key, row));

    /// <summary>Puts the answers where the fields' tag helpers look for what was typed. What was posted already stays.</summary>
    public void Fill(ModelStateDictionary state)
    {
        foreach (var (question, row) in Asked())
        {
            var (name, text) = (NameOf(new(question.Key, row)), Draft.Answers[question.Key, row]);
            switch (question.Kind)
            {
                case QuestionKind.Date:
                    var (day, month, year) = AnswerText.SplitDate(text);
                    Set(state, $"{name}.Day", day);
                    Set(state, $"{name}.Month", month);
                    Set(state, $"{name}.Year", year);
                    break;
                case QuestionKind.Choices:
                    Set(state, name, FormBinder.Chosen(text));
                    break;
                default:
                    Set(state, name, text);
                    break;
            }
        }
    }

    private IEnumerable<(QuestionDefinition Question, string Row)> Asked()
    {
        foreach (var question in Draft.Definition.Questions)
        {
            if (question.Kind != QuestionKind.Rows)
            {
                yield return (question, "");
                continue;
            }

            foreach (var id in Draft.Answers.RowIds(question.Key))
            {
                foreach (var cell in question.RowQuestions)
                {
                    yield return (cell, id);
                }
            }
        }
    }

    private static void Set(ModelStateDictionary state, string name, object value)
    {
        if (state.TryGetValue(name, out var entry) && entry.RawValue is not null)
        {
            return;
        }

        state.SetModelValue(name, value is string text ? text : (string[])value, value as string ?? string.Join(',', (string[])value));
        if (state[name]!.Errors.Count == 0)
        {
            state.MarkFieldSkipped(name);
        }
    }
}

/// <summary>A completed form that can stand beside a draft.</summary>
public sealed record EarlierForm(Guid RevisionId, string Title, DateOnly Date, string By, FormContent? Content = null)
{
    /// <summary>The earlier answer to a question, as shown; <c>null</c> when it was not asked.</summary>
    public string? AnswerTo(string questionKey) => Content?.Sections.SelectMany(s => s.Questions).FirstOrDefault(q => q.Key == questionKey) is not { } question ? null
        : question.Rows is null ? question.Shown
        : string.Join("\n", question.Rows.Select(r => string.Join(", ", r.Questions.Where(c => c.Shown.Length > 0).Select(c => c.Shown))));
}

/// <summary>One question on the page, at its place.</summary>
public sealed record FieldView(FormFieldsView Form, QuestionDefinition Question, AnswerAddress Address)
{
    public string Name => FormFieldsView.NameOf(Address);
    public string Id => FormFieldsView.IdOf(Name);
    public string Text => Form.Draft.Answers[Address];

    /// <summary>Name of the field it depends on, and the answers that show it.</summary>
    public string? WhenField => Question.When is { } when ? FormFieldsView.NameOf(new(when.QuestionKey, Address.Row)) : null;
    public string? WhenValues => Question.When is { } when ? string.Join('|', when.Values) : null;

    /// <summary>For those without JavaScript, who see every question: when to answer this one.</summary>
    public string? OnlyIf
    {
        get
        {
            if (Question.When is not { } when || Form.Draft.Definition.Find(when.QuestionKey) is not { } target)
            {
                return null;
            }

            var values = when.Values.Select(v => target.Choices.FirstOrDefault(c => c.Value.Equals(v, StringComparison.OrdinalIgnoreCase))?.Text ?? v);
            return $"Only if the answer to “{target.Text}” is {string.Join(" or ", values.Select(v => $"“{v}”"))}";
        }
    }

    /// <summary>Another person's answer says whose it is.</summary>
    public AnswerStamp? Other => Form.Draft.Stamps.TryGetValue(Address, out var stamp) && !stamp.IsMine && Text.Length > 0 ? stamp : null;
    public IEnumerable<EarlierAnswer> Overwritten => Form.Draft.Overwritten.Where(o => o.Address == Address);
    public Suggestion? Suggestion => Text.Length == 0 && Address.Row.Length == 0 ? Form.Draft.Suggestions.GetValueOrDefault(Question.Key) : null;
    public FormChange? Change => Form.Draft.Changes.FirstOrDefault(c => c.QuestionKey == Question.Key);
    public string? Before => Address.Row.Length == 0 ? Form.Beside?.AnswerTo(Question.Key) : null;
}

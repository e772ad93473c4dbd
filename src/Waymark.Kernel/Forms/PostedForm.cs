using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;

namespace Waymark.Kernel.Forms;

/// <summary>A form as a browser posts it, with or without JavaScript.</summary>
public sealed record PostedForm
{
    private static readonly string[] DateParts = [".Day", ".Month", ".Year"];

    private IReadOnlyDictionary<string, StringValues> Fields { get; init; } = new Dictionary<string, StringValues>();

    /// <summary>The answers that differ from what the page had shown.</summary>
    public required IReadOnlyList<TypedAnswer> Changed { get; init; }

    /// <summary>The button: <c>save</c>, <c>complete</c>, <c>discard</c>, or an act and what it acts on: <c>add:helpers</c>.</summary>
    public required (string Act, string What) Act { get; init; }
    public required int FormVersion { get; init; }
    public string? Exit { get; init; }
    public string? ExitReason { get; init; }
    public string Here { get; init; } = "";
    public string Return { get; init; } = "";

    public static PostedForm Read(IFormCollection form)
    {
        var fields = form.Where(f => f.Key.StartsWith(FormFieldsView.Prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key[FormFieldsView.Prefix.Length..], f => f.Value);
        var act = form["_act"].ToString().Split(':', 2);
        return new PostedForm
        {
            Fields = fields,
            Changed = Differences(fields, form.TryGetValue("_seen", out var seen) ? seen.ToString() : null),
            Act = (act[0].Length == 0 ? "save" : act[0], act.Length == 2 ? act[1] : ""),
            FormVersion = int.TryParse(form["_form-version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            Exit = form["_exit"],
            ExitReason = form["_exit-reason"],
            Here = form["_here"].ToString(),
            Return = form["_return"].ToString(),
        };
    }

    /// <summary>Puts what was typed where the fields find it, for a page that has to be shown again before it was saved.</summary>
    public void KeepIn(ModelStateDictionary state)
    {
        foreach (var (name, value) in Fields)
        {
            var key = FormFieldsView.Prefix + name;
            var texts = value.Where(v => !string.IsNullOrEmpty(v)).ToArray();
            state.SetModelValue(key, texts.Length == 1 ? texts[0] : texts, string.Join(',', texts!));
            state.MarkFieldSkipped(key);
        }
    }

    /// <param name="seen">Fingerprints of the answers as shown; <c>null</c> when a script has left out of the post all that did not change.</param>
    private static List<TypedAnswer> Differences(Dictionary<string, StringValues> fields, string? seen)
    {
        var shown = new Dictionary<string, string>();
        foreach (var pair in (seen ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = pair.LastIndexOf(':');
            if (colon > 0)
            {
                shown[pair[..colon]] = pair[(colon + 1)..];
            }
        }

        var changed = new List<TypedAnswer>();
        foreach (var (name, text) in Texts(fields))
        {
            var clean = AnswerText.Clean(text);
            var was = shown.GetValueOrDefault(name);
            var isChanged = seen is null || (was is null ? clean.Length > 0 : was != FormFieldsView.Fingerprint(clean));
            if (isChanged && AnswerAddress.Parse(name) is { } address)
            {
                changed.Add(new TypedAnswer(address, clean));
            }
        }

        return changed;
    }

    private static IEnumerable<(string Name, string Text)> Texts(Dictionary<string, StringValues> fields)
    {
        foreach (var (name, value) in fields)
        {
            var part = Array.Find(DateParts, p => name.EndsWith(p, StringComparison.OrdinalIgnoreCase));
            if (part is null)
            {
                yield return (name, string.Join(AnswerText.ListSeparator, value.Where(v => !string.IsNullOrEmpty(v))));
            }
            else if (part == DateParts[0])
            {
                var question = name[..^part.Length];
                yield return (question, AnswerText.JoinDate(value, fields.GetValueOrDefault(question + ".Month"), fields.GetValueOrDefault(question + ".Year")));
            }
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>
/// A form for whoever is not signed in: no draft, nothing saved until it is sent, and all that was typed kept when something is wrong. The same questions, binder and
/// revision as any other form; the page shows its fields with <c>&lt;partial name="/Forms/_OpenFields.cshtml" model="…" /&gt;</c>.
/// </summary>
public sealed class OpenForm
{
    private OpenForm(FormDefinition definition, Answers answers) => (Definition, Answers) = (definition, answers);

    public FormDefinition Definition { get; }
    public Answers Answers { get; }

    /// <summary>The record, once it was sent and nothing is wrong with it.</summary>
    public Form? Form { get; private set; }
    private FormContent? Content { get; set; }

    public static OpenForm Empty<TForm>() where TForm : Form => new(FormDefinition.Of<TForm>(), new Answers());

    /// <summary>Reads what was posted; faults stand in <paramref name="state"/> at their fields.</summary>
    public static OpenForm Read<TForm>(IFormCollection posted, ModelStateDictionary state, Facts facts)
        where TForm : Form
    {
        ArgumentNullException.ThrowIfNull(state);
        var form = Empty<TForm>();
        foreach (var answer in PostedForm.Read(posted).Changed.Where(a => form.Definition.Find(a.Address.Question) is not null))
        {
            form.Answers[answer.Address] = answer.Text;
        }

        var bound = FormBinder.Bind(form.Definition, form.Answers);
        var errors = bound.Errors.Count > 0 ? bound.Errors : [.. bound.Form.Check(facts).Select(c => new FormError(FormDefinition.KeyOf(c.Question), c.Message))];
        foreach (var error in errors)
        {
            state.AddModelError(FormFieldsView.Prefix + error.Field, error.Message);
        }

        if (errors.Count == 0)
        {
            (form.Form, form.Content) = (bound.Form, FormContent.From(form.Definition, form.Answers, bound.Asked));
        }

        return form;
    }

    /// <summary>What the page shows, with what was typed.</summary>
    public FormFieldsView Fields(ModelStateDictionary state)
    {
        var view = new FormFieldsView(new DraftView
        {
            Draft = new Draft { FormKey = Definition.Key, FormVersion = Definition.Version, StartedById = Guid.Empty, StartedOn = DateTime.UnixEpoch },
            Definition = Definition,
            Answers = Answers,
            Stamps = new Dictionary<AnswerAddress, AnswerStamp>(),
            Overwritten = [],
            Suggestions = new Dictionary<string, Suggestion>(),
            State = new SavedAnswers(DraftState.Open, 0, DateTime.UnixEpoch),
        }, "", "");
        view.Fill(state);
        return view;
    }

    /// <summary>Stores the questions as asked with the answers on the episode they opened, in the caller's unit of work.</summary>
    /// <exception cref="InvalidOperationException">It was not sent, or something is wrong with it.</exception>
    public FormRevision Store(WaymarkDb db, Episode episode, DateTime on)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(episode);
        var json = (Content ?? throw new InvalidOperationException("Only a form that was read without fault is stored.")).ToJson();
        var revision = new FormRevision
        {
            FormKey = Definition.Key,
            FormVersion = Definition.Version,
            EpisodeId = episode.Id,
            Number = 1,
            Content = json,
            Hash = FormContent.HashOf(json),
            CompletedById = Guid.Empty,
            CompletedOn = on,
            CompletedDate = Calendar.CareClock.LondonDate(on),
            ExitKey = null,
        };
        db.FormRevisions.Add(revision);
        return revision;
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>An answer known already, offered for one click. Nobody is asked twice, and nothing is answered for them unseen.</summary>
/// <param name="Text">As an answer; <paramref name="Shown"/> as read.</param>
/// <param name="From">Where and when it was given: "Contact, 3 July 2024".</param>
public sealed record Suggestion(string Text, string Shown, string From);

/// <summary>
/// Finds what is known for the questions of a form that name a fact (<see cref="QuestionAttribute.Prefill"/>). <c>person.*</c> is read from the person's
/// record; any other key from the newest completed form about the person in which a question carried the same key.
/// </summary>
[Scoped]
public sealed class Prefills(WaymarkDb db, CareClock clock, RecordAccess records)
{
    private const int FormsLookedThrough = 20;

    /// <returns>Suggestions by question key.</returns>
    public async Task<IReadOnlyDictionary<string, Suggestion>> ForAsync(FormDefinition definition, Guid? personId)
    {
        var found = new Dictionary<string, Suggestion>();
        var wanted = definition.Questions.Where(q => q.Prefill is not null).ToList();
        if (wanted.Count == 0 || personId is null)
        {
            return found;
        }

        if (wanted.Any(q => q.Prefill!.StartsWith("person.", StringComparison.Ordinal)))
        {
            await FromPersonAsync(personId.Value, wanted, found);
        }

        if (wanted.Any(q => !q.Prefill!.StartsWith("person.", StringComparison.Ordinal)))
        {
            await FromFormsAsync(personId.Value, wanted, found);
        }

        return found;
    }

    private async Task FromPersonAsync(Guid personId, List<QuestionDefinition> wanted, Dictionary<string, Suggestion> found)
    {
        var person = await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId);
        if (person is null)
        {
            return;
        }

        // Audit runs on real time; the offset brings it to the day it was in the work.
        var subject = personId.ToString();
        var changedOn = await db.Audit.Where(a => a.SubjectKind == nameof(Person) && a.SubjectId == subject).MaxAsync(a => (DateTime?)a.OccurredOn);
        var from = changedOn is { } on ? $"Person record, last changed {Format.Date(CareClock.LondonDate(on + clock.Offset))}" : "Person record";
        var sight = await records.FieldsOfAsync(personId);
        foreach (var question in wanted)
        {
            if (ValueOf(person, question.Prefill!, sight) is { Length: > 0 } text)
            {
                found[question.Key] = new Suggestion(text, FormBinder.Show(question, text), from);
            }
        }
    }

    private static string? ValueOf(Person person, string key, FieldSight sight) => key switch
    {
        "person.phone" when sight.Shows(RestrictedFields.Phone) => person.Phone,
        "person.address" when sight.Shows(RestrictedFields.Address) => person.Address is null ? null : string.Join(", ", new[] { person.Address, person.Postcode }.OfType<string>()),
        "person.email" => person.Email,
        "person.preferred-name" => person.PreferredName,
        "person.language" => person.Language,
        "person.communication-needs" => person.CommunicationNeeds,
        "person.birth-date" => person.BirthDate is { } date ? AnswerText.WriteDate(date) : null,
        _ => null,
    };

    private async Task FromFormsAsync(Guid personId, List<QuestionDefinition> wanted, Dictionary<string, Suggestion> found)
    {
        var revisions = await records.Visible(
                db.FormRevisions.AsNoTracking().Where(r => r.PersonId == personId || db.Episodes.Any(e => e.Id == r.EpisodeId && e.PersonId == personId)), r => r.PersonId, r => r.EpisodeId)
            .OrderByDescending(r => r.CompletedOn).Take(FormsLookedThrough)
            .Select(r => new { r.Content, r.CompletedDate }).ToListAsync();
        foreach (var revision in revisions)
        {
            var content = FormContent.Parse(revision.Content);
            foreach (var answer in content.Sections.SelectMany(s => s.Questions).Where(q => q.Fact is not null && q.Answer.Length > 0))
            {
                foreach (var question in wanted.Where(q => q.Prefill == answer.Fact && q.Kind == answer.Kind && !found.ContainsKey(q.Key)))
                {
                    found[question.Key] = new Suggestion(answer.Answer, answer.Shown, $"{content.Title}, {Format.Date(revision.CompletedDate)}");
                }
            }
        }
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.SubjectAccess;

/// <summary>
/// Gathers everything about a person: what the kernel knows how to tell, then every other table of the house that names them. What is from or about others is marked; a
/// restricted record that the viewer stands behind is named as such and not read.
/// </summary>
[Scoped]
public sealed class GatherRecord(WaymarkDb db, RecordAccess access, Catalogue catalogue, OtherTables others)
{
    private const string AboutOthers = "Names or comes from someone else";

    public async Task<SubjectRecord> RunAsync(Guid personId)
    {
        (await access.SightOfPersonAsync(personId)).Demand();
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == personId);
        var fields = await access.FieldsOfAsync(personId);
        var episodes = await access.Visible(db.Episodes.AsNoTracking().Where(e => e.PersonId == personId)).OrderBy(e => e.ReceivedOn).ToListAsync();
        var seen = episodes.Select(e => e.Id).ToHashSet();
        var stubs = await access.RowsForAsync(db.Episodes.Where(e => e.PersonId == personId), e => e.PersonId, e => e.Id, q => q.Take(0));
        List<SubjectSection> sections =
        [
            new("Who you are", [await PersonAsync(person, fields)]),
            new("Names, numbers and addresses", await PartsAsync(personId, fields)),
            new("People around you", await RelationshipsAsync(personId)),
            new("Work", [.. episodes.Select(Work), .. await PartiesAsync(seen), .. Closed(stubs.Restricted)]),
            new("Stages", await StagesAsync(seen)),
            new("Forms", await FormsAsync(personId, seen)),
            new("Answers not yet handed in", await DraftsAsync(personId, seen)),
            new("Notes", await NotesAsync(personId, seen)),
            new("Documents", await DocumentsAsync(personId, seen)),
            new("Events reported nationally", await CareEventsAsync(personId)),
            .. await others.ReadAsync(personId, seen),
        ];
        return new SubjectRecord(person.Reference, person.DisplayName, [.. sections.Where(s => s.Entries.Count > 0)]);
    }

    private static Task<SubjectEntry> PersonAsync(Person person, FieldSight fields) => Task.FromResult(new SubjectEntry
    {
        Key = $"person:{person.Id}", Title = person.DisplayName, Fields = Fields(
            ("Reference", person.Reference), ("Title", person.Title), ("Given name", person.GivenName), ("Family name", person.FamilyName), ("Known as", person.PreferredName),
            ("Pronouns", person.Pronouns), ("Date of birth", Day(person.BirthDate)), ("Date of death", Day(person.DeathDate)), ("NHS number", person.NhsNumber),
            ("Council number", person.CouncilId), ("Sex", person.Sex.ToString()), ("Ethnicity", person.Ethnicity), ("Disability", person.HasDisability?.ToString()),
            ("Support reason", person.SupportReason), ("Address", fields.Show(RestrictedFields.Address, person.Address)), ("Postcode", fields.Show(RestrictedFields.Address, person.Postcode)),
            ("Ward", person.Ward), ("Telephone", fields.Show(RestrictedFields.Phone, person.Phone)), ("E-mail", fields.Show(RestrictedFields.Phone, person.Email)),
            ("How to communicate", person.CommunicationNeeds), ("Language", person.Language), ("Is a carer", person.IsCarer ? "Yes" : null)),
    });

    private async Task<IReadOnlyList<SubjectEntry>> PartsAsync(Guid id, FieldSight fields) =>
    [
        .. (fields.Shows(RestrictedFields.FormerNames) ? await db.PersonNames.AsNoTracking().Where(n => n.PersonId == id).ToListAsync() : [])
            .Select(n => Entry("name", n.Id, "Name", n.ToDate, ("Name", $"{n.GivenName} {n.FamilyName}"), ("Kind", n.Kind.ToString()))),
        .. (await db.PersonIdentifiers.AsNoTracking().Where(i => i.PersonId == id).ToListAsync()).Select(i => Entry("identifier", i.Id, i.Scheme, null, (i.Scheme, i.Value))),
        .. (fields.Shows(RestrictedFields.Address) ? await db.PersonAddresses.AsNoTracking().Where(a => a.PersonId == id).OrderBy(a => a.FromDate).ToListAsync() : [])
            .Select(a => Entry("address", a.Id, "Address", a.FromDate, ("Address", a.Address), ("Postcode", a.Postcode), ("Until", Day(a.ToDate)))),
        .. (await db.PersonAlerts.AsNoTracking().Where(a => a.PersonId == id).ToListAsync())
            .Select(a => Entry("alert", a.Id, "Alert", DateOnly.FromDateTime(a.AddedOn), ("Kind", Format.Words(a.Kind)), ("Alert", a.Text), ("Reason", a.Reason), ("Until", Day(a.ExpiryDate)))),
    ];

    private async Task<IReadOnlyList<SubjectEntry>> RelationshipsAsync(Guid id) =>
        [.. (await access.Visible(db.PersonRelationships.AsNoTracking().Where(r => r.PersonId == id || r.OtherPersonId == id), r => r.PersonId == id ? r.OtherPersonId : r.PersonId)
            .Select(r => new { r.Id, r.Kind, r.FromDate, r.ToDate, IsTheirs = r.PersonId == id, Other = db.People.Where(p => p.Id == (r.PersonId == id ? r.OtherPersonId : r.PersonId)).Select(p => p.GivenName + " " + p.FamilyName).FirstOrDefault() }).ToListAsync())
            .Select(r => Entry("relationship", r.Id, "Relationship", r.FromDate, (r.IsTheirs ? $"You are the {Format.Words(r.Kind).ToLowerInvariant()} of" : Format.Words(r.Kind), r.Other), ("Until", Day(r.ToDate)))
                with { Withheld = AboutOthers })];

    private SubjectEntry Work(Pathways.Episode e) => Entry(
        "episode", e.Id, $"{e.Reference}, {catalogue.Pathways.GetValueOrDefault(e.PathwayKey)?.Title ?? e.PathwayKey}", e.ReceivedDate,
        ("Summary", e.Summary), ("Priority", e.Priority), ("Why that priority", e.PriorityReason), ("Risk", e.Risk), ("Last contact", Day(e.LastContactDate)), ("Closed", Day(e.ClosedDate)),
        ("Outcome", e.ExitKey is null ? null : Format.Words(e.ExitKey)), ("Reason", e.ExitReason));

    private async Task<IReadOnlyList<SubjectEntry>> PartiesAsync(HashSet<Guid> seen) =>
        [.. (await access.Visible(db.EpisodeParties.AsNoTracking().Where(p => seen.Contains(p.EpisodeId) && (p.PersonId == null || !db.Episodes.Any(e => e.Id == p.EpisodeId && e.PersonId == p.PersonId))), p => p.PersonId)
            .Select(p => new { Party = p, Name = p.Name ?? db.People.Where(x => x.Id == p.PersonId).Select(x => x.GivenName + " " + x.FamilyName).FirstOrDefault() ?? db.Organisations.Where(o => o.Id == p.OrganisationId).Select(o => o.Name).FirstOrDefault(), Reference = db.Episodes.Where(e => e.Id == p.EpisodeId).Select(e => e.Reference).FirstOrDefault() }).ToListAsync())
            .Select(p => Entry("party", p.Party.Id, $"{Format.Words(p.Party.Role)} in {p.Reference}", null, ("Name", p.Name), ("Relation", p.Party.Relation), ("Detail", p.Party.Detail))
                with { Withheld = p.Party.OrganisationId is not null && p.Party.PersonId is null && p.Party.Name is null ? null : AboutOthers })];

    private async Task<IReadOnlyList<SubjectEntry>> StagesAsync(HashSet<Guid> seen) =>
        [.. (await db.StageSpans.AsNoTracking().Where(s => seen.Contains(s.EpisodeId) && s.SupersededOn == null).OrderBy(s => s.FromOn)
            .Select(s => new { Span = s, Team = db.Teams.Where(t => t.Id == s.TeamId).Select(t => t.Name).FirstOrDefault(), Reference = db.Episodes.Where(e => e.Id == s.EpisodeId).Select(e => e.Reference).FirstOrDefault() }).ToListAsync())
            .Select(s => new SubjectEntry
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"stage:{s.Span.Id}"), Title = $"{s.Reference}: {StageTitle(s.Span)}", Date = s.Span.FromDate,
                Fields = Fields(("Until", Day(s.Span.ToDate)), ("Team", s.Team), ("Priority", s.Span.Priority), ("Risk", s.Span.Risk), ("Ended because", s.Span.EndReason is null ? null : Format.Words(s.Span.EndReason))),
            })];

    private async Task<IReadOnlyList<SubjectEntry>> FormsAsync(Guid id, HashSet<Guid> seen) =>
        [.. (await db.FormRevisions.AsNoTracking().Where(r => r.EpisodeId != null ? seen.Contains(r.EpisodeId.Value) : r.PersonId == id).OrderBy(r => r.CompletedOn).ToListAsync()).SelectMany(Form)];

    /// <summary>A form, and apart from it those of its answers that name or come from someone else.</summary>
    private static IEnumerable<SubjectEntry> Form(FormRevision revision)
    {
        var content = FormContent.Parse(revision.Content);
        var answers = content.Flat.Where(q => q.Shown.Length > 0).ToLookup(q => q.ThirdParty == true, q => new SubjectField(q.Text, q.Shown));
        yield return new SubjectEntry
        {
            Key = $"form:{revision.Id}", Title = content.Title, Date = revision.CompletedDate,
            Fields = [.. answers[false], .. Fields(("Decision", content.ExitTitle), ("Why", content.ExitReason))],
        };
        if (answers.Contains(true))
        {
            yield return new SubjectEntry { Key = $"form:{revision.Id}:others", Title = $"{content.Title}, about others", Date = revision.CompletedDate, Fields = [.. answers[true]], Withheld = AboutOthers };
        }
    }

    private async Task<IReadOnlyList<SubjectEntry>> DraftsAsync(Guid id, HashSet<Guid> seen)
    {
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.CompletedOn == null && d.DiscardedOn == null && (d.EpisodeId != null ? seen.Contains(d.EpisodeId.Value) : d.PersonId == id)).ToListAsync();
        var ids = drafts.Select(d => d.Id).ToList();
        var answers = (await db.DraftAnswers.AsNoTracking().Where(a => ids.Contains(a.DraftId) && a.Text != "").ToListAsync()).ToLookup(a => a.DraftId);
        return [.. drafts.Where(d => answers.Contains(d.Id)).Select(d => Entry("draft", d.Id, Format.Words(d.FormKey), DateOnly.FromDateTime(d.StartedOn), [.. answers[d.Id].Select(a => (Format.Words(a.Question), (string?)a.Text))]))];
    }

    /// <summary>A note that also stands on work the viewer may not see is closed; one struck from this person was about someone else.</summary>
    private async Task<IReadOnlyList<SubjectEntry>> NotesAsync(Guid id, HashSet<Guid> seen)
    {
        var notes = await db.Notes.AsNoTracking().Where(n => db.NoteSubjects.Any(s => s.NoteId == n.Id && (s.PersonId == id || (s.EpisodeId != null && seen.Contains(s.EpisodeId.Value))))).OrderBy(n => n.HappenedOn)
            .Select(n => new
            {
                Note = n,
                Author = db.Users.Where(u => u.Id == n.AuthorId).Select(u => u.DisplayName).FirstOrDefault(),
                IsStruck = db.NoteSubjects.Any(s => s.NoteId == n.Id && s.PersonId == id && s.StruckOn != null),
                Episodes = db.NoteSubjects.Where(s => s.NoteId == n.Id && s.EpisodeId != null).Select(s => s.EpisodeId!.Value).ToList(),
                Others = db.NoteSubjects.Any(s => s.NoteId == n.Id && s.PersonId != null && s.PersonId != id),
            }).ToListAsync();
        return [.. notes.Select(n => n.IsStruck || !n.Episodes.TrueForAll(seen.Contains)
            ? new SubjectEntry { Key = $"note:{n.Note.Id}", Title = "Note", Date = n.Note.HappenedDate, Withheld = n.IsStruck ? "Was written on the wrong record" : "Stands on a restricted record, whose owner decides", IsClosed = true }
            : Entry("note", n.Note.Id, Format.Words(n.Note.Kind), n.Note.HappenedDate, ("Note", n.Note.Text), ("Written by", n.Author), ("Came from", n.Note.CameFrom), ("Manager's decision", n.Note.IsManagerDecision ? "Yes" : null), ("Corrected later", n.Note.CorrectedById is null ? null : "Yes"))
                with { Withheld = n.Note.IsThirdParty || n.Note.CameFrom is not null ? AboutOthers : n.Others ? "Is about other people too" : null })];
    }

    private async Task<IReadOnlyList<SubjectEntry>> DocumentsAsync(Guid id, HashSet<Guid> seen) =>
        [.. (await db.Attachments.AsNoTracking().Where(a => a.EpisodeId != null ? seen.Contains(a.EpisodeId.Value) : a.PersonId == id).OrderBy(a => a.AddedOn).ToListAsync())
            .Select(a => Entry("document", a.Id, a.FileName, DateOnly.FromDateTime(a.AddedOn), ("Came from", a.CameFrom)) with
            {
                StoredName = a.StoredName, FileName = a.FileName, IsClosed = a.StruckOn is not null,
                Withheld = a.StruckOn is not null ? "Was put on the wrong record" : a.IsThirdParty || a.CameFrom is not null ? AboutOthers : null,
            })];

    private async Task<IReadOnlyList<SubjectEntry>> CareEventsAsync(Guid id) =>
        [.. (await db.CareEvents.AsNoTracking().Where(c => c.PersonId == id).OrderBy(c => c.StartDate).ToListAsync()).Select(c => new SubjectEntry
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"care-event:{c.Id}"), Title = c.Kind.ToString(), Date = c.StartDate,
            Fields = Fields(("Source", c.Source), ("Reference", c.Reference), ("Ended", Day(c.EndDate)), ("Route", c.RouteOfAccess), ("Assessment", c.AssessmentType), ("Service", c.ServiceType), ("Component", c.ServiceComponent), ("Paid by", c.DeliveryMechanism), ("Outcome", c.Outcome)),
        })];

    private string StageTitle(Pathways.StageSpan span) =>
        catalogue.Pathways.GetValueOrDefault(span.PathwayKey)?.Stages.FirstOrDefault(s => s.Key == span.StageKey)?.Title ?? span.StageKey;

    private static IEnumerable<SubjectEntry> Closed(int restricted) => restricted == 0 ? [] :
        [new SubjectEntry { Key = "episode:restricted", Title = Format.Plural(restricted, "restricted record"), Withheld = "Restricted: the owner decides what of it is given", IsClosed = true }];

    private static SubjectEntry Entry(string kind, Guid id, string title, DateOnly? date, params (string Name, string? Value)[] fields) =>
        new() { Key = $"{kind}:{id}", Title = title, Date = date, Fields = Fields(fields) };

    private static IReadOnlyList<SubjectField> Fields(params IEnumerable<(string Name, string? Value)> fields) => [.. fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => new SubjectField(f.Name, f.Value!))];

    private static string? Day(DateOnly? day) => day is { } known ? Format.Date(known) : null;
}

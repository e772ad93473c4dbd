using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Safeguarding.Enquiries;
using Waymark.Tests.Support;

namespace Waymark.Tests.Kernel.Access;

/// <summary>
/// One person whom nobody protects and one in each state of protection: restricted with a stub, hidden even as a stub, and declared by every viewer. Each has work on
/// several pathways, notes, documents, forms, events, an alert, a past name, and is named in the record of the one who is open.
/// </summary>
internal sealed class ProtectedRecords
{
    private static readonly (string Given, string Family, string Phone, string Postcode, string Nhs)[] Names =
    [
        ("Zenobia", "Brightwater", "07700900111", "ZZ9 1AA", ""), ("Quillon", "Thornfeather", "07700900222", "ZZ9 2BB", "9990001111"),
        ("Peregrine", "Ashgrovewick", "07700900333", "ZZ9 3CC", "9990002229"), ("Isolde", "Marrowbyford", "07700900444", "ZZ9 4DD", "9990003330"),
    ];

    private readonly List<Person> people = [];
    private readonly List<string> episodes = [];
    private readonly Dictionary<string, List<string>> ids = [];

    public IReadOnlyList<Guid> People => [.. people.Select(p => p.Id)];

    /// <summary>Beginnings and numbers that find a person, none of which is itself a thing to be kept.</summary>
    public IReadOnlyList<string> Searches => [.. people.SelectMany(p => new[] { p.GivenName[..5], p.FamilyName[..6], p.Phone![..10], p.Postcode![..5], p.Reference })];

    public static async Task<ProtectedRecords> MakeAsync(TestSite site)
    {
        var records = new ProtectedRecords();
        var writer = await Given.UserAsync(site, Roles.SafeguardingLead, name: "The owner");
        await site.TeamAsync("Front door", "front-door");
        await site.InScopeAsync(
            async services =>
            {
                foreach (var (given, family, phone, postcode, nhs) in Names)
                {
                    await records.AddAsync(services, given, family, phone, postcode, nhs);
                }
            },
            v => v.SignIn(writer.Id, writer.DisplayName, new HashSet<string>(), site.Services.GetRequiredService<Catalogue>().Permissions.Keys.ToHashSet(), [], []));
        foreach (var person in records.people)
        {
            records.episodes.Add((await site.ConcernAsync(person)).Reference);
        }

        await records.AddDolsAsync(site);
        await site.InDbAsync(async db =>
        {
            var (open, stub, hidden) = (records.people[0], records.people[1], records.people[2]);
            db.AddRange(records.people.Skip(1).SelectMany(p => new object[]
            {
                new PersonRelationship { PersonId = p.Id, OtherPersonId = open.Id, Kind = "parent", IsKeyPerson = true },
                new PersonRelationship { PersonId = open.Id, OtherPersonId = p.Id, Kind = "child", IsKeyPerson = true },
            }));
            records.Keep("restrictions", GivenRecords.Restrict(db, stub, writer.Id).Id);
            records.Keep("restrictions", GivenRecords.Restrict(db, hidden, writer.Id, hidesStub: true).Id);
            return await db.SaveChangesAsync();
        });
        return records;
    }

    /// <summary>Each of them has said that the third is kin, so sees nothing of the record whatever their role.</summary>
    public Task DeclareAsync(TestSite site, IEnumerable<Guid> users) => site.InDbAsync(db =>
    {
        db.AddRange(users.Select(u => new DeclaredInterest { UserId = u, PersonId = people[3].Id, Relation = "sibling", DeclaredOn = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc) }));
        return db.SaveChangesAsync();
    });

    /// <summary>What of the protected people stands in a text.</summary>
    public IEnumerable<string> Leaks(string text) =>
        people.Skip(1).SelectMany(p => new[] { p.GivenName, p.FamilyName, p.Phone!, p.NhsNumber!, SecretOf(p.FamilyName) }).Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    public bool ShowsOpen(string text) => text.Contains(people[0].GivenName, StringComparison.Ordinal);

    /// <summary>What a parameter of a route could be, so that it leads to one of them.</summary>
    public IReadOnlyList<string> ValuesOf(string route, RoutePatternParameterPart parameter)
    {
        var kinds = parameter.ParameterPolicies.Select(p => p.Content ?? "").ToList();
        if (kinds.Find(k => k.StartsWith("regex", StringComparison.Ordinal)) is { } choice)
        {
            return choice[(choice.IndexOf("^(", StringComparison.Ordinal) + 2)..choice.IndexOf(")$", StringComparison.Ordinal)].Split('|');
        }

        if (kinds.Contains("guid"))
        {
            return [.. ids.Where(i => route.Contains(i.Key, StringComparison.Ordinal)).SelectMany(i => i.Value).DefaultIfEmpty(people[1].Id.ToString())];
        }

        return parameter.Name switch
        {
            "reference" when route.Contains("people/", StringComparison.Ordinal) || route.Contains("break-glass", StringComparison.Ordinal) => [.. people.Select(p => p.Reference)],
            "reference" => episodes,
            "act" => ["priority", "allocate"],
            "key" => ["waiting"],
            _ => ["404"],
        };
    }

    private static string SecretOf(string family) => $"secret-of-{family.ToLowerInvariant()[..6]}";

    private void Keep(string kind, Guid id)
    {
        if (!ids.TryGetValue(kind, out var list))
        {
            ids[kind] = list = [];
        }

        list.Add(id.ToString());
    }

    private async Task AddAsync(IServiceProvider services, string given, string family, string phone, string postcode, string nhs)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var person = await services.GetRequiredService<AddPerson>().RunAsync(new PersonDetails { GivenName = given, FamilyName = family, Phone = phone, Postcode = postcode, BirthDate = new DateOnly(1950, 5, 5) });
        person.NhsNumber = nhs.Length == 0 ? null : nhs;
        people.Add(person);
        db.AddRange(
            new PersonName { PersonId = person.Id, GivenName = given, FamilyName = family + "smith", Kind = PersonNameKind.Former },
            new PersonAlert
            {
                PersonId = person.Id, Kind = "lone-working", Text = SecretOf(family), Reason = SecretOf(family), ReviewDate = new DateOnly(2024, 9, 1), ExpiryDate = new DateOnly(2025, 1, 1),
                AddedOn = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc), AddedById = services.GetRequiredService<Viewer>().UserId,
            },
            new CareEvent { PersonId = person.Id, Kind = CareEventKind.Assessment, Source = "test", Reference = SecretOf(family), StartDate = new DateOnly(2024, 7, 1), EndDate = new DateOnly(2024, 7, 20), Outcome = SecretOf(family) });
        await db.SaveChangesAsync();
        await ContactAsync(services, db, person);
        await WorkAsync(services, db, person);
        Keep("notes", (await services.GetRequiredService<AddNote>().RunAsync(new NoteDetails { Kind = "call", Text = SecretOf(family), PersonIds = [person.Id] })).Id);
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(SecretOf(family)));
        Keep("attachments", (await services.GetRequiredService<AddAttachment>().RunAsync(file, new AttachmentDetails { FileName = $"{family}.txt", PersonId = person.Id })).Id);
        var twin = await services.GetRequiredService<AddPerson>().RunAsync(new PersonDetails { GivenName = given, FamilyName = family + "e", BirthDate = new DateOnly(1950, 5, 5) });
        Keep("merges", (await services.GetRequiredService<MergePeople>().RunAsync(person.Id, twin.Id, "The same person, spelt wrongly", new HashSet<string>())).Id);
    }

    private async Task ContactAsync(IServiceProvider services, WaymarkDb db, Person person)
    {
        var episode = await services.GetRequiredService<StartContact>().RunAsync("phone", person.Id);
        episodes.Add(episode.Reference);
        var visit = await db.StageSpans.Where(s => s.EpisodeId == episode.Id).Select(s => s.VisitId).FirstAsync();
        var draft = await services.GetRequiredService<OpenDraft>().RunAsync("contact", new DraftSubject { EpisodeId = episode.Id, VisitId = visit });
        Keep("drafts", draft);
        (string Question, string Text)[] answers =
        [
            (nameof(ContactForm.Caller), nameof(CallerKind.Person)), (nameof(ContactForm.WhatMatters), SecretOf(person.FamilyName)), (nameof(ContactForm.Outcome), nameof(ContactOutcome.Signposted)),
        ];
        await services.GetRequiredService<SaveAnswers>().RunAsync(draft, [.. answers.Select(a => new TypedAnswer(new AnswerAddress(FormDefinition.KeyOf(a.Question), ""), a.Text))]);
        var version = await db.Drafts.Where(d => d.Id == draft).Select(d => d.FormVersion).SingleAsync();
        Keep("forms", (await services.GetRequiredService<CompleteForm>().RunAsync(new() { DraftId = draft, FormVersion = version })).RevisionId!.Value);
    }

    /// <summary>A home asks for each of them by name; those who handle the request have found whose record it is.</summary>
    private async Task AddDolsAsync(TestSite site)
    {
        var dols = await site.DolsPeopleAsync();
        foreach (var person in people)
        {
            var asked = await site.AsksAsync(dols, Given.DolsRequest(site.CareClock.Today, dols.Home.Name, person.GivenName, person.FamilyName, SecretOf(person.FamilyName)));
            episodes.Add(asked.Reference);
            await site.InDbAsync(async db =>
            {
                Keep("forms", await db.FormRevisions.Where(r => r.EpisodeId == asked.Id).Select(r => r.Id).FirstAsync());
                return await db.Episodes.Where(e => e.Id == asked.Id).ExecuteUpdateAsync(e => e.SetProperty(x => x.PersonId, person.Id))
                    + await db.StageSpans.Where(s => s.EpisodeId == asked.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.PersonId, person.Id));
            });
        }
    }

    private async Task WorkAsync(IServiceProvider services, WaymarkDb db, Person person)
    {
        var open = services.GetRequiredService<OpenEpisode>();
        var assessment = await open.AddAsync(new NewEpisode { PathwayKey = ContactPathway.AssessmentPathway, Kind = "assessment", PersonId = person.Id, Summary = SecretOf(person.FamilyName) });
        var enquiry = await open.AddAsync(new NewEpisode { PathwayKey = EnquiryPathway.PathwayKey, Kind = EnquiryPathway.Section42Kind, PersonId = person.Id });
        db.Add(new EnquiryRecord { EpisodeId = enquiry.Id, IsSection42 = true, StartedDate = new DateOnly(2024, 7, 31), InterimProtection = SecretOf(person.FamilyName) });
        await db.SaveChangesAsync();
        episodes.AddRange([assessment.Reference, enquiry.Reference]);
        Keep("closures", await services.GetRequiredService<ProposeBulkClosure>().RunAsync([new SeenEpisode(assessment.Id, assessment.Version)], "administrative-closure", "Recorded twice " + SecretOf(person.FamilyName)[..6]));
    }
}

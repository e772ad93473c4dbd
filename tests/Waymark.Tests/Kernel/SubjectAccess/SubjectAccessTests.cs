using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Retention;
using Waymark.Kernel.SubjectAccess;
using Waymark.Tests.Kernel.Retention;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.SubjectAccess;

public sealed class SubjectAccessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task Bundle_HoldsEverythingOfThePerson_AndOfOthersOnlyWhatWasTicked(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, other) = await RetentionTests.FullRecordAsync(site);
        var told = await site.InDbAsync(async db =>
        {
            var told = RetentionTests.AddNote(db, "The neighbour says he drinks", person.Id, thirdParty: true);
            RetentionTests.AddNote(db, "The sister says nothing", person.Id, thirdParty: true);
            db.PersonRelationships.Add(new Waymark.Kernel.People.PersonRelationship { PersonId = person.Id, OtherPersonId = other.Id, Kind = "daughter" });
            var episode = await db.Episodes.FirstAsync(e => e.PersonId == person.Id);
            var contact = new Contact { Channel = "phone", HandlerId = Guid.Empty, StartedOn = DateTime.UtcNow, ReceivedDate = new DateOnly(2010, 1, 1), CallerName = "Wilma Whistle", Consent = "Agreed to the call" };
            db.Add(contact);
            db.Add(new ContactSubject { ContactId = contact.Id, EpisodeId = episode.Id, PersonId = person.Id, WhatMatters = "To stay at home" });
            await db.SaveChangesAsync();
            return told;
        });
        var officer = site.Client((await Given.UserAsync(site, Roles.RecordsOfficer)).Id);
        var url = $"/people/{person.Reference}/subject-access";
        (await officer.PageAsync(url)).QuerySelector("main")!.TextContent.ShouldContain("The sister says nothing");

        var (html, json, documents) = Open(await (await site.PostFormAsync(officer, url, ("Give", $"note:{told.Id}"))).Content.ReadAsByteArrayAsync(Stop));

        foreach (var own in new[] { "Amal Okafor", "1 Refuge Road", "Secret fall", "Secret words", "Secret answer", "To stay at home", "Agreed to the call", "The neighbour says he drinks" })
        {
            html.ShouldContain(own);
            json.ShouldContain(own);
        }

        foreach (var others in new[] { "The sister", "Ida", "Briain", "Wilma", "Secret Neighbour", "Shared words" })
        {
            html.ShouldNotContain(others);
            json.ShouldNotContain(others);
        }

        documents.ShouldBe(["documents/001-Secret letter.txt"]);
        var answer = await site.InDbAsync(db => db.SubjectAccessAnswers.SingleAsync());
        answer.Released.ShouldContain(told.Id.ToString());
        JsonSerializer.Deserialize<List<RedactionLine>>(answer.Withheld)!.Count.ShouldBe(5);
        answer.Withheld.ShouldNotContain("sister");
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "answer-subject-access" && a.PersonId == person.Id))).ShouldBe(1);
        Directory.GetFiles(site.Services.GetRequiredService<DataFolder>().Folder("bundles")).ShouldBeEmpty();
        (await officer.PageAsync(url)).QuerySelector("main")!.TextContent.ShouldContain("5 withheld, 1 of others given");
        (await site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id).GetAsync(url, Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Theory, BothEngines]
    public async Task Bundle_RestrictedWork_AndNotesOfTheWrongPerson_CannotBeTicked(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, _) = await RetentionTests.FullRecordAsync(site);
        var struck = await site.InDbAsync(async db =>
        {
            var note = RetentionTests.AddNote(db, "About somebody else", person.Id);
            await db.SaveChangesAsync();
            (await db.NoteSubjects.SingleAsync(s => s.NoteId == note.Id)).StruckOn = DateTime.UtcNow;
            var row = await db.People.SingleAsync(p => p.Id == person.Id);
            GivenRecords.Restrict(db, row, Guid.CreateVersion7(), await db.Episodes.SingleAsync(e => e.PersonId == person.Id));
            await db.SaveChangesAsync();
            return note;
        });
        var officer = await Given.UserAsync(site, Roles.RecordsOfficer);

        var made = await site.InScopeAsync(s => s.GetRequiredService<AnswerSubjectAccess>().RunAsync(person.Id, new HashSet<string> { $"note:{struck.Id}", "episode:restricted" }), GivenRecords.As(officer.Id));

        var (html, json, _) = Open(await File.ReadAllBytesAsync(made.Path, Stop));
        File.Delete(made.Path);
        foreach (var text in new[] { "Secret fall", "Secret answer", "About somebody else" })
        {
            html.ShouldNotContain(text);
            json.ShouldNotContain(text);
        }

        html.ShouldContain("Secret words");
        made.Answer.Withheld.ShouldContain("Restricted");
        made.Answer.Withheld.ShouldContain("wrong record");
    }

    [Fact]
    public async Task Tables_ThatNameAPerson_AreEachToldGivenOrLeftOutOnPurpose_AndRemovedOrKeptAtDisposal()
    {
        await using var site = await TestSite.StartAsync();
        await site.InDbAsync(db =>
        {
            // A new table needs no line here: it is given column by column and removed. This says that the ones known to matter are among them.
            var tables = PersonTables.Of(db).Select(t => t.Name).ToList();
            tables.ShouldContain("ContactSubject");
            tables.ShouldContain("AssessmentRecord");
            tables.ShouldContain("Note" + "Subject");
            PersonTables.ChildrenOf(db, db.Model.FindEntityType(typeof(Waymark.Kernel.Forms.Draft))!).Select(c => c.Type.ClrType.Name).ShouldContain("DraftAnswer");
            PersonTables.SharedBy(db, db.Model.FindEntityType(typeof(ContactSubject))!)!.Value.Type.ClrType.ShouldBe(typeof(Contact));
            return Task.FromResult(0);
        });
    }

    private static (string Html, string Json, IReadOnlyList<string> Documents) Open(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        string Text(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open());
            return reader.ReadToEnd();
        }

        return (System.Net.WebUtility.HtmlDecode(Text("index.html")), Text("record.json"), [.. zip.Entries.Select(e => e.FullName).Where(n => n.StartsWith("documents/", StringComparison.Ordinal))]);
    }
}

using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Audit;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Retention;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Retention;

/// <summary>The care clock stands at 31 July 2024; the shipped schedule keeps contacts three years and everything else eight.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task Due_ByTheSchedule_OnlyWhatClosedLongEnoughAgoAndIsNeededByNobody(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var expected = await site.InDbAsync(async db =>
        {
            Person Someone(string pathway, DateOnly? closed)
            {
                var person = GivenRecords.AddPerson(db);
                GivenRecords.AddEpisode(db, person, pathway).ClosedDate = closed;
                return person;
            }

            var contact = Someone("contact", new DateOnly(2021, 7, 31));
            Someone("contact", new DateOnly(2021, 8, 1));
            var old = Someone("care-act-assessment", new DateOnly(2016, 7, 31));
            Someone("care-act-assessment", new DateOnly(2016, 8, 1));
            Someone("care-act-assessment", null);
            var withService = Someone("contact", new DateOnly(2015, 1, 1));
            db.CareEvents.Add(Event(withService, CareEventKind.Service, new DateOnly(2014, 1, 1), null));
            var noted = Someone("contact", new DateOnly(2015, 1, 1));
            AddNote(db, "Rang to say thank you", noted.Id);
            var held = Someone("contact", new DateOnly(2015, 1, 1));
            db.LegalHolds.Add(new LegalHold { PersonId = held.Id, Reason = "Claim", PlacedById = Guid.Empty, PlacedOn = DateTime.UtcNow });
            var carer = Someone("contact", new DateOnly(2015, 1, 1));
            var current = Someone("care-act-assessment", null);
            var currents = db.Episodes.Local.Single(e => e.PersonId == current.Id);
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = currents.Id, PersonId = carer.Id, Role = "carer" });
            GivenRecords.AddPerson(db);
            await db.SaveChangesAsync();
            return new[] { contact.Id, old.Id };
        });

        var due = await site.InScopeAsync(async s =>
        {
            var rules = s.GetRequiredService<RetentionRules>();
            return await rules.Rows(rules.Due()).ToListAsync();
        });

        due.Select(d => d.PersonId).ShouldBe(expected, ignoreOrder: true);
        due.Select(d => d.LastActivity).ShouldBe([new DateOnly(2016, 7, 31), new DateOnly(2021, 7, 31)]);
    }

    [Theory, BothEngines]
    public async Task Dispose_ProposedByOneAndApprovedByAnother_RemovesWordsAndFiles_KeepsCountsFiguresAndTheSealedAudit(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, other) = await FullRecordAsync(site);
        var (proposer, decider) = (await Given.UserAsync(site, Roles.RecordsOfficer), await Given.UserAsync(site, Roles.RecordsOfficer));
        site.Time.Advance(TimeSpan.FromSeconds(30));
        await site.InScopeAsync(s => s.GetRequiredService<SealAudit>().RunAsync(Stop));
        var spans = await site.InDbAsync(db => db.StageSpans.CountAsync());
        var (client, second) = (site.Client(proposer.Id), site.Client(decider.Id));

        (await (await site.PostFormAsync(client, "/admin/retention")).PageAsync()).Errors().ShouldHaveSingleItem().ShouldContain("Select");
        (await site.PostFormAsync(client, "/admin/retention", ("People", person.Id.ToString()))).RedirectPath().ShouldBe("/admin/retention?show=proposed");
        (await client.PageAsync("/admin/retention?show=proposed")).QuerySelector("main form").ShouldBeNull();
        var disposal = await site.InDbAsync(db => db.Disposals.SingleAsync());
        await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<DecideDisposal>().RunAsync(disposal.Id, true, null), GivenRecords.As(proposer.Id)));
        var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await second.PageAsync("/admin/retention?show=proposed")).QuerySelector("main form")!;
        (await second.SendFormAsync(form, "/admin/retention?handler=Approve")).RedirectPath().ShouldBe("/admin/retention?show=proposed");

        await site.InDbAsync(async db =>
        {
            foreach (var name in new[] { "Amal", "Okafor", "Secret", "Refuge", "07700 900 999", "9990000018" })
            {
                (await AllTextAsync(db)).ShouldNotContain(name, Case.Sensitive);
            }

            (await db.Notes.Select(n => n.Text).ToListAsync()).ShouldBe(["Shared words"]);
            (await db.StageSpans.CountAsync()).ShouldBe(spans);
            (await db.CareEvents.CountAsync(c => c.PersonId == person.Id)).ShouldBe(1);
            (await db.FigureRows.CountAsync()).ShouldBe(1);
            (await db.People.SingleAsync(p => p.Id == other.Id)).GivenName.ShouldBe("Ida");
            (await db.EpisodeParties.SingleAsync()).PersonId.ShouldBe(person.Id);
            return 0;
        });
        Directory.GetFiles(site.Services.GetRequiredService<AttachmentFiles>().Root, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        var log = await site.InDbAsync(db => db.Disposals.SingleAsync());
        (log.State, log.DecidedById, log.FilesLeft).ShouldBe((DisposalState.Done, decider.Id, ""));
        log.Removed.ShouldNotBeNull().ShouldContain("\"FormRevision\":1");
        (await client.GetAsync($"/people/{person.Reference}", Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        site.Time.Advance(TimeSpan.FromSeconds(30));
        await site.InScopeAsync(s => s.GetRequiredService<SealAudit>().RunAsync(Stop));
        var report = await site.InScopeAsync(s => s.GetRequiredService<VerifyAudit>().RunAsync(Stop));
        (report.IsIntact, report.NotYetSealed).ShouldBe((true, 0));
    }

    [Theory, BothEngines]
    public async Task Dispose_HeldOrAliveAgainByThen_IsRefusedAndNothingGoes(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, _) = await FullRecordAsync(site);
        var (proposer, decider) = (await Given.UserAsync(site, Roles.RecordsOfficer), await Given.UserAsync(site, Roles.RecordsOfficer));
        await site.InScopeAsync(s => s.GetRequiredService<ProposeDisposal>().RunAsync([person.Id]), GivenRecords.As(proposer.Id));
        var id = await site.InDbAsync(db => db.Disposals.Select(d => d.Id).SingleAsync());
        Task DecideAsync() => site.InScopeAsync(s => s.GetRequiredService<DecideDisposal>().RunAsync(id, true, null), GivenRecords.As(decider.Id));

        await site.InScopeAsync(s => s.GetRequiredService<HoldRecord>().PlaceAsync(person.Reference, "Inquest", null));
        (await Should.ThrowAsync<RefusedException>(DecideAsync)).Message.ShouldContain("legal hold");
        var hold = await site.InDbAsync(db => db.LegalHolds.Select(h => h.Id).SingleAsync());
        await site.InScopeAsync(s => s.GetRequiredService<HoldRecord>().ReleaseAsync(hold, "Over"));
        await site.InDbAsync(async db =>
        {
            GivenRecords.AddEpisode(db, await db.People.SingleAsync(p => p.Id == person.Id), "contact");
            return await db.SaveChangesAsync();
        });
        (await Should.ThrowAsync<RefusedException>(DecideAsync)).Message.ShouldContain("no longer due");

        (await site.InDbAsync(db => db.People.SingleAsync(p => p.Id == person.Id))).GivenName.ShouldBe("Amal");
        (await site.InDbAsync(db => db.Disposals.SingleAsync())).State.ShouldBe(DisposalState.Proposed);
    }

    [Fact]
    public async Task Forget_EveryTextOfAPerson_IsClearedOrListedHere()
    {
        string[] stays = [nameof(Person.Reference), nameof(Person.Source), nameof(Person.Ethnicity), nameof(Person.SupportReason), nameof(Person.AgeBand)];
        await using var site = await TestSite.StartAsync();
        var (person, _) = await FullRecordAsync(site);
        var texts = typeof(Person).GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite && !stays.Contains(p.Name)).ToList();
        await site.InDbAsync(async db =>
        {
            var row = await db.People.SingleAsync(p => p.Id == person.Id);
            foreach (var text in texts)
            {
                text.SetValue(row, $"Secret {text.Name}");
            }

            await db.SaveChangesAsync();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.ChangeTracker.Clear();
            await new DisposeOfRecord(db, site.Time).RunAsync(person.Id);
            await transaction.CommitAsync();
            return 0;
        });

        var after = await site.InDbAsync(db => db.People.SingleAsync(p => p.Id == person.Id));
        texts.Where(t => (t.GetValue(after) as string ?? "").Contains("Secret", StringComparison.Ordinal)).Select(t => t.Name).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task PurgeOld_RemovesViewsMessagesAndBundlesPastTheSchedule(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var now = site.Time.GetUtcNow().UtcDateTime;
        await site.InDbAsync(async db =>
        {
            db.ViewLog.AddRange(new[] { -97, -95 }.Select(months => new ViewLogEntry { UserId = Guid.CreateVersion7(), PersonId = Guid.CreateVersion7(), ViewedOn = now.AddMonths(months), Page = $"/{months}" }));
            foreach (var (state, months) in new[] { (Waymark.Kernel.Messages.MessageState.Sent, -4), (Waymark.Kernel.Messages.MessageState.Sent, -2), (Waymark.Kernel.Messages.MessageState.InDoubt, -4) })
            {
                db.Outbox.Add(new Waymark.Kernel.Messages.OutboxMessage { Channel = Waymark.Kernel.Messages.MessageChannel.Email, Kind = "test", To = "a@example.com", Subject = $"{state} {months}", Text = "", MessageId = $"{Guid.NewGuid()}", QueuedOn = now.AddMonths(months), State = state });
            }

            return await db.SaveChangesAsync();
        });

        await site.InScopeAsync(s => new PurgeOld().RunAsync(s, Stop));

        (await site.InDbAsync(db => db.ViewLog.Select(v => v.Page).ToListAsync())).ShouldBe(["/-95"]);
        (await site.InDbAsync(db => db.Outbox.OrderBy(m => m.Subject).Select(m => m.Subject).ToListAsync())).ShouldBe(["InDoubt -4", "Sent -2"]);
    }

    /// <summary>Somebody of whom the house holds something everywhere, all of it long ago; and someone else with whom they share a note and a piece of work.</summary>
    internal static async Task<(Person Person, Person Other)> FullRecordAsync(TestSite site)
    {
        var person = await site.PersonAsync("Amal Okafor", new DateOnly(1930, 5, 6), d => d with { Address = "1 Refuge Road", Postcode = "OX1 1AA", NhsNumber = "999 000 0018", Phone = "07700 900 999" });
        var other = await site.PersonAsync("Ida Briain");
        await site.InDbAsync(async db =>
        {
            var day = new DateOnly(2010, 3, 1);
            var episode = GivenRecords.AddEpisode(db, await db.People.SingleAsync(p => p.Id == person.Id), "care-act-assessment");
            (episode.ClosedDate, episode.Summary) = (day, "Secret summary");
            var others = GivenRecords.AddEpisode(db, await db.People.SingleAsync(p => p.Id == other.Id), "care-act-assessment");
            others.ClosedDate = day;
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = others.Id, PersonId = person.Id, Role = "carer" });
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = episode.Id, Name = "Secret Neighbour", Role = "referrer" });
            var span = GivenSpans.Span(null, day.AddYears(-1), day, episode: episode.Id);
            span.PersonId = person.Id;
            db.StageSpans.Add(span);
            db.PersonNames.Add(new PersonName { PersonId = person.Id, GivenName = "Secret", FamilyName = "Former", Kind = PersonNameKind.Former });
            db.CareEvents.Add(Event(person, CareEventKind.Assessment, day.AddYears(-1), day));
            var draft = new Draft { FormKey = "secret", FormVersion = 1, EpisodeId = episode.Id, StartedById = Guid.Empty, StartedOn = DateTime.UtcNow };
            db.Drafts.Add(draft);
            db.DraftAnswers.Add(new DraftAnswer { DraftId = draft.Id, Question = "q", Text = "Secret answer", SavedOn = DateTime.UtcNow, SavedById = Guid.Empty });
            db.FormRevisions.Add(new FormRevision { FormKey = "assessment", FormVersion = 1, EpisodeId = episode.Id, Number = 1, Content = """{"form":"assessment","title":"Assessment","version":1,"sections":[{"title":"Needs","questions":[{"key":"q","text":"What happened?","kind":"Text","answer":"Secret","shown":"Secret fall"}]}]}""", Hash = "", CompletedById = Guid.Empty, CompletedOn = DateTime.UtcNow, CompletedDate = day, ExitKey = null });
            AddNote(db, "Secret words", person.Id, happened: day);
            AddNote(db, "Shared words", person.Id, other.Id, day);
            db.FigureRows.Add(new FigureRow { FigureId = Guid.CreateVersion7(), RowKey = "pseudonym" });
            return await db.SaveChangesAsync();
        });
        await site.InScopeAsync(async s =>
        {
            var (files, db) = (s.GetRequiredService<AttachmentFiles>(), s.GetRequiredService<WaymarkDb>());
            var received = await files.ReceiveAsync(new MemoryStream("Secret bytes"u8.ToArray()), 1000, Stop);
            var id = Guid.CreateVersion7();
            db.Attachments.Add(new Attachment { Id = id, PersonId = person.Id, FileName = "../../Secret letter.txt", ContentType = "text/plain", Length = received.Length, Sha256 = received.Sha256, StoredName = files.Keep(received, id), AddedById = Guid.Empty, AddedOn = DateTime.UtcNow, AddedDate = new DateOnly(2010, 3, 1) });
            await db.SaveChangesAsync();
        });
        return (person, other);
    }

    internal static Note AddNote(WaymarkDb db, string text, Guid person, Guid? second = null, DateOnly? happened = null, bool thirdParty = false)
    {
        var day = happened ?? new DateOnly(2024, 7, 1);
        var note = new Note { Kind = "call", Text = text, HappenedOn = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), HappenedDate = day, WrittenOn = DateTime.UtcNow, AuthorId = Guid.Empty, IsThirdParty = thirdParty };
        db.Notes.Add(note);
        db.NoteSubjects.AddRange(new[] { person, second }.OfType<Guid>().Select(p => new NoteSubject { NoteId = note.Id, PersonId = p }));
        return note;
    }

    private static CareEvent Event(Person person, CareEventKind kind, DateOnly from, DateOnly? to) =>
        new() { PersonId = person.Id, Kind = kind, Source = "waymark", Reference = $"Secret-{Guid.NewGuid()}", StartDate = from, EndDate = to, Columns = "{\"NHS\":\"9990000018\"}" };

    /// <summary>Every text in every table, save the audit, which holds no words.</summary>
    private static async Task<string> AllTextAsync(WaymarkDb db)
    {
        var all = new System.Text.StringBuilder();
        foreach (var type in db.Model.GetEntityTypes().Where(t => !t.IsOwned() && t.ClrType.Name != "DataProtectionKey"))
        {
            all.Append(await (Task<string>)typeof(RetentionTests).GetMethod(nameof(TextOfAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db, type])!);
        }

        return all.ToString();
    }

    private static async Task<string> TextOfAsync<T>(WaymarkDb db, Microsoft.EntityFrameworkCore.Metadata.IEntityType type) where T : class
    {
        var texts = type.GetProperties().Where(p => p.ClrType == typeof(string) && p.PropertyInfo is not null).ToList();
        var rows = await db.Set<T>().AsNoTracking().ToListAsync();
        return string.Join('\n', rows.SelectMany(r => texts.Select(t => t.PropertyInfo!.GetValue(r) as string)));
    }
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Access;

public sealed class RecordAccessTests
{
    private static readonly Guid Worker = Guid.CreateVersion7();
    private static readonly Guid Lead = Guid.CreateVersion7();
    private static readonly Guid Team = Guid.CreateVersion7();

    [Theory, BothEngines]
    public async Task Person_Restricted_IsAStubUnlessOwnedNamedOrOfAnAllowedTeam(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine, WithLead);
        var (open, closed) = await site.InDbAsync(async db =>
        {
            db.Users.Add(new User { Id = Lead, DisplayName = "Rosa Lead", UserName = "rosa" });
            var people = (GivenRecords.AddPerson(db), GivenRecords.AddPerson(db));
            GivenRecords.Restrict(db, people.Item2, Lead, team: Team);
            await db.SaveChangesAsync();
            return people;
        });

        (await VisiblePeopleAsync(site, GivenRecords.As(Worker))).ShouldBe([open.Id]);
        (await VisiblePeopleAsync(site, GivenRecords.As(Lead))).ShouldBe([open.Id, closed.Id], ignoreOrder: true);
        (await VisiblePeopleAsync(site, GivenRecords.As(Worker, Team))).ShouldBe([open.Id, closed.Id], ignoreOrder: true);
        (await VisiblePeopleAsync(site, _ => { })).ShouldBeEmpty();
        (await SightAsync(site, open, GivenRecords.As(Worker))).ShouldBe(RecordSight.Full);
        var sight = await SightAsync(site, closed, GivenRecords.As(Worker));
        sight.Level.ShouldBe(SightLevel.Stub);
        sight.Says.ShouldBe("A restricted record exists. Speak to Rosa Lead.");
        sight.CanBreakGlass.ShouldBeTrue();
    }

    [Theory, BothEngines]
    public async Task ManyRestrictions_MoreThanAStatementCarries_BarAsAFewDo(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (open, field) = await site.InDbAsync(async db =>
        {
            for (var i = 0; i <= BarredRecords.Few; i++)
            {
                GivenRecords.Restrict(db, GivenRecords.AddPerson(db), Lead, hidesStub: i % 2 == 0);
            }

            var people = (GivenRecords.AddPerson(db), GivenRecords.AddPerson(db));
            GivenRecords.Restrict(db, people.Item2, Lead, field: RestrictedFields.Phone);
            await db.SaveChangesAsync();
            return people;
        });

        (await VisiblePeopleAsync(site, GivenRecords.As(Worker))).ShouldBe([open.Id, field.Id], ignoreOrder: true);
        (await VisiblePeopleAsync(site, GivenRecords.As(Lead))).Count.ShouldBe(BarredRecords.Few + 3);
        (await site.InScopeAsync(s => s.GetRequiredService<RecordAccess>().FieldsOfAsync(field.Id), GivenRecords.As(Worker))).Shows(RestrictedFields.Phone).ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task Person_WhoseStubIsHidden_IsAnsweredAsUnknownAndNotOpenedByBreakGlassOrAllocation(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.InDbAsync(async db =>
        {
            var person = GivenRecords.AddPerson(db);
            GivenRecords.Restrict(db, person, Lead, hidesStub: true);
            GivenRecords.AddEpisode(db, person, "contact", worker: Worker);
            db.BreakGlasses.Add(Opened(site, person));
            await db.SaveChangesAsync();
            return person;
        });

        (await SightAsync(site, person, GivenRecords.As(Worker))).ShouldBe(RecordSight.Hidden);
        (await SightAsync(site, person, GivenRecords.As(Lead))).ShouldBe(RecordSight.Full);
    }

    [Theory, BothEngines]
    public async Task Person_Restricted_IsOpenToTheWorkerOfAnOpenEpisodeAndToBreakGlassUntilItExpires(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var allocated = Guid.CreateVersion7();
        var person = await site.InDbAsync(async db =>
        {
            var person = GivenRecords.AddPerson(db);
            GivenRecords.Restrict(db, person, Lead);
            GivenRecords.AddEpisode(db, person, "contact", worker: allocated);
            db.BreakGlasses.Add(Opened(site, person));
            await db.SaveChangesAsync();
            return person;
        });

        (await SightAsync(site, person, GivenRecords.As(allocated))).ShouldBe(RecordSight.Full);
        (await SightAsync(site, person, GivenRecords.As(Worker))).ShouldBe(RecordSight.Full);
        site.Time.Advance(TimeSpan.FromHours(4) + TimeSpan.FromSeconds(1));
        (await SightAsync(site, person, GivenRecords.As(Worker))).Level.ShouldBe(SightLevel.Stub);
    }

    [Theory, BothEngines]
    public async Task DeclaredInterest_HidesThePersonAndTheirEpisodesAndPartsEvenBehindBreakGlass(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, theirs, asParty) = await site.InDbAsync(async db =>
        {
            var (person, other) = (GivenRecords.AddPerson(db), GivenRecords.AddPerson(db));
            var (theirs, asParty) = (GivenRecords.AddEpisode(db, person, "contact", worker: Worker), GivenRecords.AddEpisode(db, other, "contact", worker: Worker));
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = asParty.Id, PersonId = person.Id, Role = "alleged-source" });
            db.DeclaredInterests.Add(new DeclaredInterest { UserId = Worker, PersonId = person.Id, Relation = "Brother", DeclaredOn = Now(site) });
            db.BreakGlasses.Add(Opened(site, person));
            await db.SaveChangesAsync();
            return (person, theirs, asParty);
        });

        var sight = await SightAsync(site, person, GivenRecords.As(Worker));
        sight.IsDeclared.ShouldBeTrue();
        sight.CanBreakGlass.ShouldBeFalse();
        sight.Says.ShouldStartWith("You have declared");
        foreach (var episode in new[] { theirs, asParty })
        {
            (await SightAsync(site, episode, GivenRecords.As(Worker))).IsDeclared.ShouldBeTrue();
            (await SightAsync(site, episode, GivenRecords.As(Lead))).ShouldBe(RecordSight.Full);
        }

        (await VisibleEpisodesAsync(site, GivenRecords.As(Worker))).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task Episode_OfAPathwayWithAPermission_IsOpenByPermissionTeamAllocationOrTask(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine, WithLead);
        var episode = await site.InDbAsync(async db =>
        {
            db.Teams.Add(new Waymark.Kernel.Organisations.Team { Id = Team, Key = "adult-protection", Name = "Adult protection team" });
            var person = GivenRecords.AddPerson(db);
            var episode = GivenRecords.AddEpisode(db, person, SecretPathway.TheKey, team: Team);
            db.EpisodeTasks.Add(new EpisodeTask { EpisodeId = episode.Id, StageKey = "open", VisitId = Guid.CreateVersion7(), TaskKey = "visit", WorkerId = Lead, OpenedOn = Now(site) });
            await db.SaveChangesAsync();
            return episode;
        });

        (await SightAsync(site, episode, GivenRecords.As(Worker))).Says.ShouldBe("A restricted record exists: secret matter. Speak to Adult protection team.");
        (await SightAsync(site, episode, GivenRecords.As(Worker, null, SecretPathway.ThePermission))).ShouldBe(RecordSight.Full);
        (await SightAsync(site, episode, GivenRecords.As(Worker, Team))).ShouldBe(RecordSight.Full);
        (await SightAsync(site, episode, GivenRecords.As(Lead))).ShouldBe(RecordSight.Full);
        (await VisibleEpisodesAsync(site, GivenRecords.As(Worker))).ShouldBeEmpty();
    }

    [Theory, BothEngines]
    public async Task RowsFor_GivesVisibleRowsAndTheCountOfRestricted_FromStatementOrList(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            var people = Enumerable.Range(0, 5).Select(_ => GivenRecords.AddPerson(db)).ToList();
            var episodes = people.Select(p => GivenRecords.AddEpisode(db, p, "contact")).ToList();
            GivenRecords.AddEpisode(db, null, "contact");
            GivenRecords.Restrict(db, people[0], Lead);
            GivenRecords.Restrict(db, people[1], Lead, episode: episodes[1]);
            GivenRecords.Restrict(db, people[2], Lead, episode: episodes[2], hidesStub: true);
            return await db.SaveChangesAsync();
        });

        await site.InScopeAsync(async services =>
        {
            var (db, access) = (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<RecordAccess>());
            Expression<Func<Episode, Guid?>> id = e => e.Id;
            var page = await access.RowsForAsync(db.Episodes, e => e.PersonId, id, q => q.OrderBy(e => e.Reference).Take(2));
            (page.Rows.Count, page.Visible, page.Restricted).ShouldBe((2, 3, 2));
            var all = await access.RowsForAsync(db.Episodes, e => e.PersonId, id, countEverything: true);
            (all.Rows.Count, all.Visible, all.Restricted).ShouldBe((3, 3, 3));
            var list = await db.Episodes.OrderBy(e => e.Reference).ToListAsync();
            var shown = await access.RowsForAsync(list, e => e.PersonId, e => e.Id);
            (shown.Rows.Count, shown.Visible, shown.Restricted).ShouldBe((3, 3, 2));
            shown.Rows.Select(e => e.Id).ShouldBe(all.Rows.Select(e => e.Id), ignoreOrder: true);
            (await access.RowsForAsync(list, e => e.PersonId, e => e.Id, countEverything: true)).Restricted.ShouldBe(3);
            (await access.Visible(db.Episodes).CountAsync()).ShouldBe(3);
        }, GivenRecords.As(Worker));
    }

    [Theory, BothEngines]
    public async Task Field_Restricted_IsWithheldAndNotFoundByIt(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var person = await site.InDbAsync(async db =>
        {
            var person = GivenRecords.AddPerson(db);
            person.Address = "1 Refuge Road";
            GivenRecords.Restrict(db, person, Lead, field: RestrictedFields.Address);
            await db.SaveChangesAsync();
            return person;
        });

        await site.InScopeAsync(async services =>
        {
            var access = services.GetRequiredService<RecordAccess>();
            (await access.SightOfPersonAsync(person.Id)).ShouldBe(RecordSight.Full);
            var fields = await access.FieldsOfAsync(person.Id);
            fields.Show(RestrictedFields.Address, person.Address).ShouldBe("Withheld");
            fields.Show(RestrictedFields.Phone, null).ShouldBeNull();
            var people = services.GetRequiredService<WaymarkDb>().People;
            (await access.Showing(people, RestrictedFields.Address).CountAsync()).ShouldBe(0);
            (await access.Showing(people, RestrictedFields.Phone).CountAsync()).ShouldBe(1);
        }, GivenRecords.As(Worker));
        (await site.InScopeAsync(s => s.GetRequiredService<RecordAccess>().FieldsOfAsync(person.Id), GivenRecords.As(Lead))).Shows(RestrictedFields.Address).ShouldBeTrue();
    }

    [Theory, BothEngines]
    public async Task Person_Merged_TakesTheStricterSightOfBothRecords(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var merged = await site.InDbAsync(async db =>
        {
            var (merged, kept) = (GivenRecords.AddPerson(db), GivenRecords.AddPerson(db));
            merged.MergedIntoId = kept.Id;
            GivenRecords.Restrict(db, kept, Lead);
            await db.SaveChangesAsync();
            return merged;
        });

        (await SightAsync(site, merged, GivenRecords.As(Worker))).Level.ShouldBe(SightLevel.Stub);
        (await VisiblePeopleAsync(site, GivenRecords.As(Worker))).ShouldBeEmpty();
    }

    private static void WithLead(IServiceCollection services) =>
        services.AddSingleton(p => new Catalogue([.. Registration.FindModules(Waymark.Host.Hosting.House.Assemblies), new SecretModule()]));

    private static DateTime Now(TestSite site) => site.Time.GetUtcNow().UtcDateTime;

    private static BreakGlass Opened(TestSite site, Person person) => new()
    {
        UserId = Worker, PersonId = person.Id, Reason = "A reason of some length", OpenedOn = Now(site), ExpiresOn = Now(site).AddHours(4), OwnerId = Lead,
    };

    private static Task<List<Guid>> VisiblePeopleAsync(TestSite site, Action<Viewer> @as) => site.InScopeAsync(s =>
        s.GetRequiredService<RecordAccess>().Visible(s.GetRequiredService<WaymarkDb>().People).Select(p => p.Id).ToListAsync(), @as);

    private static Task<List<Guid>> VisibleEpisodesAsync(TestSite site, Action<Viewer> @as) => site.InScopeAsync(s =>
        s.GetRequiredService<RecordAccess>().Visible(s.GetRequiredService<WaymarkDb>().Episodes).Select(e => e.Id).ToListAsync(), @as);

    private static Task<RecordSight> SightAsync(TestSite site, Person person, Action<Viewer> @as) => site.InScopeAsync(s => s.GetRequiredService<RecordAccess>().SightOfPersonAsync(person.Id), @as);

    private static Task<RecordSight> SightAsync(TestSite site, Episode episode, Action<Viewer> @as) => site.InScopeAsync(s => s.GetRequiredService<RecordAccess>().SightOfEpisodeAsync(episode.Id), @as);

    private sealed class SecretModule : WaymarkModule
    {
        public override string Name => "Secret";
        public override IEnumerable<Pathway> Pathways => [new SecretPathway()];
    }

    private sealed class SecretPathway : Pathway
    {
        public const string TheKey = "secret";
        public const string ThePermission = "secret.view";

        public SecretPathway() : base(TheKey, "Secret matter", "SEC")
        {
            Permission = ThePermission;
            Stage("open", "Open", new Waymark.Kernel.Organisations.Duty("secret", "Secret")).Exits(Close("done", "Done", "other"));
        }
    }
}

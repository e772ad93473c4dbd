using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.SubjectAccess;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Public;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Safeguarding;

/// <summary>Who sees what of a concern: the team that has it, whoever works on it, those whose role shows all; a stub for other caseworkers, unless even that is hidden.</summary>
public sealed class SecrecyTests
{
    [Fact]
    public async Task Concern_IsSeenByItsTeamAndTheLead_OthersSeeAStub_WithWhomToSpeakTo()
    {
        await using var site = await TestSite.StartAsync();
        var (person, concern, team) = await ConcernAsync(site);
        using var lead = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);
        using var member = site.Client((await Given.UserAsync(site, Roles.SocialWorker, team)).Id);
        using var other = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);

        foreach (var client in new[] { lead, member })
        {
            (await client.PageAsync($"/work/{concern.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("Four Elms");
            (await client.PageAsync($"/people/{person.Reference}")).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")).ShouldContain($"/work/{concern.Reference}");
        }

        var stub = (await other.PageAsync($"/work/{concern.Reference}")).QuerySelector("main")!.TextContent;
        stub.ShouldContain("Speak to Screening");
        stub.ShouldNotContain("Four Elms");
        var record = (await other.PageAsync($"/people/{person.Reference}")).QuerySelector("main")!.TextContent;
        record.ShouldContain("Open safeguarding matter");
        record.ShouldContain("Speak to Screening");
        record.ShouldNotContain(concern.Reference);
        (await other.PageAsync("/work?pathway=safeguarding-concern")).QuerySelector("main")!.TextContent.ShouldNotContain(concern.Reference);
    }

    [Fact]
    public async Task Concern_WhoseStubTheLeadHides_IsNotEvenThere()
    {
        await using var site = await TestSite.StartAsync();
        var (person, concern, _) = await ConcernAsync(site);
        var lead = await Given.UserAsync(site, Roles.SafeguardingLead);
        await site.InDbAsync(async db =>
        {
            db.Restrictions.Add(new Restriction { PersonId = person.Id, EpisodeId = concern.Id, HidesStub = true, Reason = "A colleague is named", OwnerId = lead.Id, FromOn = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
            await db.SaveChangesAsync();
            return true;
        });
        using var other = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        using var leads = site.Client(lead.Id);

        ((int)(await other.GetAsync($"/work/{concern.Reference}")).StatusCode).ShouldBe(404);
        (await other.PageAsync($"/people/{person.Reference}")).QuerySelector("main")!.TextContent.ShouldNotContain("Speak to");
        (await leads.PageAsync($"/work/{concern.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("Four Elms");
    }

    [Fact]
    public async Task Concern_OfWhoseSourceAWorkerHasDeclaredAnInterest_IsClosedToThem()
    {
        await using var site = await TestSite.StartAsync();
        var (_, concern, team) = await ConcernAsync(site);
        var neighbour = await site.SomeoneAsync("Una", "Marsh");
        var worker = await Given.UserAsync(site, Roles.SocialWorker, team);
        await site.InDbAsync(async db =>
        {
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = concern.Id, PersonId = neighbour.Id, Role = RaiseConcern.RiskSourceRole });
            db.DeclaredInterests.Add(new DeclaredInterest { UserId = worker.Id, PersonId = neighbour.Id, Relation = "neighbour", DeclaredOn = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
            await db.SaveChangesAsync();
            return true;
        });
        using var client = site.Client(worker.Id);

        var page = (await client.PageAsync($"/work/{concern.Reference}")).QuerySelector("main")!.TextContent;

        page.ShouldContain("You have declared");
        page.ShouldNotContain("Four Elms");
    }

    /// <summary>While it is taken down a concern is its author's alone, though anyone may see the person; afterwards the episode's rules hold for what was written.</summary>
    [Theory, BothEngines]
    public async Task Concern_BeingTakenDown_IsReadByItsAuthorOnly_ThenByWhomTheEpisodeShows(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (ana, ben) = (await site.SafeguarderAsync("Ana Lee"), await site.WorkerAsync("Ben Orr", Can.ViewWork, Can.ViewPeople, SafeguardingCan.Raise));
        var person = await site.SomeoneAsync();
        var draft = await site.DraftAsync(ConcernForm.Key, new DraftSubject { PersonId = person.Id }, ana);
        await site.TypesAsync(ana, draft, [.. FormBinder.Unbind(Taken()).All.Select(a => (a.Key.Field, a.Value))]);

        (await site.DraftAsync(ConcernForm.Key, new DraftSubject { PersonId = person.Id }, ben)).ShouldNotBe(draft);
        (await site.InScopeAsync(s => s.GetRequiredService<DraftReader>().MaySeeAsync(draft), ben)).ShouldBeFalse();
        (await site.TypesAsync(ben, draft, ("what-happened", "changed"))).State.ShouldBe(DraftState.Missing);
        await Should.ThrowAsync<RefusedException>(() => site.CompletesAsync(ben, draft, 1));

        var done = await site.CompletesAsync(ana, draft, 1);
        done.Errors.ShouldBeEmpty();

        var revision = await site.InDbAsync(db => db.FormRevisions.SingleAsync());
        var episode = await site.EpisodeAsync(revision.EpisodeId!.Value);
        (episode.PathwayKey, episode.StageKey, episode.PersonId).ShouldBe((ConcernPathway.PathwayKey, ConcernPathway.Screen, person.Id));
        (await site.InScopeAsync(s => s.GetRequiredService<RevisionReader>().ReadAsync(revision.Id), ana)).ShouldNotBeNull();
        (await site.InScopeAsync(s => s.GetRequiredService<RevisionReader>().ReadAsync(revision.Id), ben)).ShouldBeNull();
    }

    /// <summary>The referrer's name stands in no copy, and is marked for redaction in what the adult asks to see.</summary>
    [Fact]
    public async Task Referrer_IsWithheldFromEveryCopy()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.SomeoneAsync();
        var ana = await site.SafeguarderAsync("Ana Lee");
        var draft = await site.DraftAsync(ConcernForm.Key, new DraftSubject { PersonId = person.Id }, ana);
        await site.TypesAsync(ana, draft, [.. FormBinder.Unbind(Taken()).All.Select(a => (a.Key.Field, a.Value))]);
        (await site.CompletesAsync(ana, draft, 1)).Errors.ShouldBeEmpty();
        var revision = await site.InDbAsync(db => db.FormRevisions.SingleAsync());
        using var lead = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);

        (await lead.PageAsync($"/forms/{revision.Id}/print")).QuerySelector("main")!.TextContent.ShouldContain("Perdita Lark");
        var copy = (await lead.PageAsync($"/forms/{revision.Id}/print?copy=true")).QuerySelector("main")!.TextContent;
        copy.ShouldContain("Found on the floor");
        copy.ShouldNotContain("Perdita Lark");
        copy.ShouldNotContain("01632 960001");
        copy.ShouldNotContain("Family, friend");

        var bundle = await site.InScopeAsync(s => s.GetRequiredService<GatherRecord>().RunAsync(person.Id));
        bundle.Sections.SelectMany(s => s.Entries).Where(e => e.Fields.Any(f => f.Value.Contains("Perdita Lark", StringComparison.Ordinal))).ShouldAllBe(e => e.Withheld != null);
        bundle.Sections.SelectMany(s => s.Entries).ShouldContain(e => e.Withheld == null && e.Fields.Any(f => f.Value == "Found on the floor"));
    }

    [Fact]
    public async Task Whistleblower_IsKeptSecretWhetherTheyAskOrNot()
    {
        var told = new ProfessionalConcernForm { Agency = ConcernAgency.CareProvider, IdentifiedDate = new DateOnly(2024, 7, 30), IsWhistleblower = true, KeepNameSecret = false };

        var concern = told.ConcernFor(new DateTime(2024, 7, 31, 9, 0, 0, DateTimeKind.Utc), isProvider: true);

        (concern.IsWhistleblower, concern.KeepsReferrerSecret, concern.Channel, concern.Source).ShouldBe((true, true, ConcernChannel.Provider, ConcernSource.CareProvider));
        await using var site = await TestSite.StartAsync();
        var episode = await site.ConcernAsync(but: _ => concern);
        using var lead = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);
        (await lead.PageAsync($"/work/{episode.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("Nothing of this may reach it");
    }

    private static ConcernForm Taken() => new()
    {
        Channel = TakenChannel.FrontDoor,
        Source = ConcernSource.FamilyOrFriend,
        ReferrerName = "Perdita Lark",
        ReferrerContact = "01632 960001",
        IdentifiedDate = new DateOnly(2024, 7, 31),
        OutcomesAsked = OutcomesAsked.NoneExpressed,
        WhatHappened = "Found on the floor",
        InDanger = YesNoUnknown.No,
    };

    private static async Task<(Person Person, Episode Concern, Team Team)> ConcernAsync(TestSite site)
    {
        var team = await site.TeamAsync("Screening", SafeguardingModule.Screening.Key);
        var person = await site.SomeoneAsync();
        return (person, await site.ConcernAsync(person, c => c with { PlaceName = "Four Elms", RiskSourceName = "Staff of Four Elms" }), team);
    }
}

using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways;

/// <summary>Acts over many items, mass closure, and contact with those who wait.</summary>
public sealed class ManyAndWaitingTests
{
    [Theory, BothEngines]
    public async Task AllocateMany_DoesWhatItCan_AndReportsEachRefusal(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = Given.IdOf(await site.WorkerAsync("Ana Lee"));
        var (fresh, closed, stale) = (await OpenAsync(site), await OpenAsync(site), await OpenAsync(site));
        await site.LeavesAsync(closed.Id, "signpost");
        var seen = new[] { await site.SeenAsync(fresh.Id), await site.SeenAsync(closed.Id), await site.SeenAsync(stale.Id) };
        await site.DoAsync((SetRisk set) => set.RunAsync(seen[2], "red"));

        var outcome = await site.DoAsync<AllocateMany, ManyOutcome>(many => many.RunAsync(seen, ana));

        outcome.Done.ShouldBe([fresh.Reference]);
        outcome.Refused.Select(r => r.Reference).Order().ShouldBe([closed.Reference, stale.Reference]);
        outcome.Refused.Single(r => r.Reference == closed.Reference).Why.ShouldContain("was closed");
        outcome.Refused.Single(r => r.Reference == stale.Reference).Why.ShouldContain("was changed by");
        (await site.EpisodeAsync(fresh.Id)).WorkerId.ShouldBe(ana);
        (await site.EpisodeAsync(stale.Id)).WorkerId.ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task CloseInBulk_NeedsAnotherPerson_AndShowsAsItsReason(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee", Can.CloseInBulk), await site.WorkerAsync("Ben Ode", Can.CloseInBulk));
        var (one, two) = (await OpenAsync(site), await OpenAsync(site));
        var seen = new[] { await site.SeenAsync(one.Id), await site.SeenAsync(two.Id) };

        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync((ProposeBulkClosure p) => p.RunAsync(seen, "assessed", "tidy up"), ana))).Field.ShouldBe("Departure");
        var closure = await site.DoAsync<ProposeBulkClosure, Guid>(p => p.RunAsync(seen, "administrative-closure", "Test records of the old system"), ana);
        (await site.EpisodeAsync(one.Id)).ClosedOn.ShouldBeNull();
        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync((CloseInBulk c) => c.RunAsync(closure, true, null), ana))).Message.ShouldContain("someone else must approve");
        await site.LeavesAsync(two.Id, "signpost");

        var outcome = await site.DoAsync<CloseInBulk, ManyOutcome>(c => c.RunAsync(closure, true, null), ben);

        outcome.Done.ShouldBe([one.Reference]);
        outcome.Refused.ShouldHaveSingleItem().Reference.ShouldBe(two.Reference);
        (await site.SpansAsync(one.Id)).ShouldHaveSingleItem().EndReason.ShouldBe(Departures.AdministrativeClosure);
        (await site.EpisodeAsync(one.Id)).ShouldSatisfyAllConditions(e => e.Departure.ShouldBe(Departures.AdministrativeClosure), e => e.ExitReason.ShouldBe("Test records of the old system"));
        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync((CloseInBulk c) => c.RunAsync(closure, true, null), ben))).Message.ShouldContain("Ben Ode approved this on 31 July 2024");
        (await site.InDbAsync(db => db.BulkClosures.SingleAsync())).ClosedCount.ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task AW_5_Contact_KeepsLastNextAndRisk_NextByPolicyOfTheRisk(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await OpenAsync(site);

        await ContactAsync(site, episode, new NewWaitingContact(new DateOnly(2024, 7, 31), true, "Managing; daughter visits", "amber"), ana);
        (await site.EpisodeAsync(episode.Id)).ShouldSatisfyAllConditions(
            e => e.LastContactDate.ShouldBe(new DateOnly(2024, 7, 31)), e => e.Risk.ShouldBe("amber"), e => e.NextContactDueDate.ShouldBe(new DateOnly(2024, 8, 28)));

        // A risk that rises brings the call forward; nobody reached does not count as a contact.
        site.CareClock.Offset += TimeSpan.FromDays(1);
        await site.DoAsync(async (SetRisk set) => await set.RunAsync(await site.SeenAsync(episode.Id), "red"));
        (await site.EpisodeAsync(episode.Id)).NextContactDueDate.ShouldBe(new DateOnly(2024, 8, 8));
        await ContactAsync(site, episode, new NewWaitingContact(new DateOnly(2024, 8, 1), false, "No answer", null), ana);
        (await site.EpisodeAsync(episode.Id)).ShouldSatisfyAllConditions(e => e.LastContactDate.ShouldBe(new DateOnly(2024, 7, 31)), e => e.NextContactDueDate.ShouldBe(new DateOnly(2024, 8, 8)));

        // Another council's policy gives another day, without a rebuild.
        await site.DoAsync((LoadPolicy load) => load.RunAsync("""{ "name": "Another council", "effectiveFrom": "2024-08-01", "limits": { "waiting.next-contact.red": "1 working day" } }"""));
        await ContactAsync(site, episode, new NewWaitingContact(new DateOnly(2024, 8, 1), true, "Spoke", null), ana);
        (await site.EpisodeAsync(episode.Id)).NextContactDueDate.ShouldBe(new DateOnly(2024, 8, 2));
        (await site.InDbAsync(db => db.WaitingContacts.CountAsync(c => c.EpisodeId == episode.Id))).ShouldBe(3);
        (await site.SpansAsync(episode.Id)).Select(s => s.Risk).ShouldBe([null, "amber", "red"]);
    }

    [Fact]
    public async Task AW_5_Contact_InTheFuture_BeforeReceipt_OrAfterDeath_IsRefused()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var person = await site.SomeoneAsync();
        var episode = await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = person.Id });
        Task<RefusedException> RefusedAsync(NewWaitingContact contact) => Should.ThrowAsync<RefusedException>(() => ContactAsync(site, episode, contact, ana));

        (await RefusedAsync(new(null, true, null, null))).Field.ShouldBe("ContactDate");
        (await RefusedAsync(new(new DateOnly(2024, 8, 1), true, null, null))).Message.ShouldBe("The contact cannot be in the future.");
        (await RefusedAsync(new(new DateOnly(2024, 7, 30), true, null, null))).Message.ShouldContain("received on 31 July 2024");
        (await RefusedAsync(new(new DateOnly(2024, 7, 31), true, null, "purple"))).Field.ShouldBe("Risk");
        (await RefusedAsync(new(new DateOnly(2024, 7, 31), true, null, null, new DateOnly(2024, 7, 30)))).Field.ShouldBe("NextDueDate");
        site.CareClock.Offset += TimeSpan.FromDays(10);
        await site.InDbAsync(async db => { (await db.People.SingleAsync(p => p.Id == person.Id)).DeathDate = new DateOnly(2024, 8, 5); return await db.SaveChangesAsync(); });
        (await RefusedAsync(new(new DateOnly(2024, 8, 9), true, null, null))).Message.ShouldContain("died on 5 August 2024");
    }

    [Fact]
    public async Task Transfer_TheNewTeamOwnsItAtOnce_AndTheWaitGoesOn()
    {
        await using var site = await StartAsync();
        var (east, west) = (await site.TeamAsync("East", SampleWork.Queueing.Key), await site.TeamAsync("West"));
        var episode = await OpenAsync(site);
        site.CareClock.Offset += TimeSpan.FromDays(3);

        (await Should.ThrowAsync<RefusedException>(async () => await site.DoAsync(async (TransferEpisode t) => await t.RunAsync(await site.SeenAsync(episode.Id), west.Id, " ")))).Field.ShouldBe("Reason");
        await site.DoAsync(async (TransferEpisode t) => await t.RunAsync(await site.SeenAsync(episode.Id), west.Id, "moved house"));

        var spans = await site.SpansAsync(episode.Id);
        spans.Select(s => s.TeamId).ShouldBe([east.Id, west.Id]);
        spans.Select(s => s.VisitDate).Distinct().ShouldBe([new DateOnly(2024, 7, 31)]);
    }

    [Fact]
    public async Task Link_IsMadeOnce_AndNeverToItself()
    {
        await using var site = await StartAsync();
        var (one, two) = (await OpenAsync(site), await OpenAsync(site));
        Task LinkAsync(string to) => site.DoAsync((LinkEpisodes link) => link.RunAsync(one.Id, to));

        await LinkAsync(two.Reference.ToLowerInvariant());
        (await Should.ThrowAsync<RefusedException>(() => LinkAsync(two.Reference))).Message.ShouldContain("linked already");
        (await Should.ThrowAsync<RefusedException>(() => LinkAsync(one.Reference))).Message.ShouldContain("itself");
        (await Should.ThrowAsync<RefusedException>(() => LinkAsync("SMP-1999-000001"))).Message.ShouldContain("There is no SMP-1999-000001");
    }

    private static Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(new SampleWorkModule()));

    private static async Task<Episode> OpenAsync(TestSite site) => await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = (await site.SomeoneAsync()).Id });

    private static async Task ContactAsync(TestSite site, Episode episode, NewWaitingContact contact, Action<Viewer> worker)
    {
        var seen = await site.SeenAsync(episode.Id);
        await site.DoAsync((RecordWaitingContact record) => record.RunAsync(seen, contact), worker);
    }
}

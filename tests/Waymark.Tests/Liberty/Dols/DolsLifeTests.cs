using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Backlog;
using Waymark.Liberty.Dols.Closing;
using Waymark.Liberty.Dols.LookAgain;
using Waymark.Liberty.Dols.National;
using Waymark.Liberty.Dols.Reviews;
using Waymark.Liberty.Dols.Safeguards;
using Waymark.Liberty.Dols.Signing;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.Dols;

/// <summary>What happens beside and after the decision.</summary>
public sealed class DolsLifeTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Fact]
    public async Task Conditions_AreFollowedUp_AndTheRepresentativeChanges()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.GrantedAsync(people);
        var condition = await site.InDbAsync(db => db.Set<DolsCondition>().Select(c => c.Id).SingleAsync());

        await Should.ThrowAsync<RefusedException>(() => site.DoAsync<KeepSafeguards>(k => k.FollowUpAsync(episode.Id, condition, true, " "), people.Team));
        await site.DoAsync<KeepSafeguards>(k => k.FollowUpAsync(episode.Id, condition, false, "No walks this week"), people.Team);
        await Should.ThrowAsync<RefusedException>(() => site.DoAsync<KeepSafeguards>(k => k.AppointRepresentativeAsync(episode.Id, "A paid one", true, null), people.Team));
        await site.DoAsync<KeepSafeguards>(k => k.AppointRepresentativeAsync(episode.Id, "Advocacy South", true, "The niece cannot visit"), people.Team);
        await site.DoAsync<KeepSafeguards>(k => k.ReferAdvocateAsync(episode.Id, AdvocateSection.S39D, null), people.Team);

        (await site.InDbAsync(db => db.Set<DolsCondition>().SingleAsync())).IsMet.ShouldBe(false);
        (await site.InDbAsync(db => db.Set<DolsRepresentative>().Where(r => r.EndedDate == null).Select(r => r.Name).SingleAsync())).ShouldBe("Advocacy South");
        using var client = site.Client((await Given.UserAsync(site, Roles.DolsTeam)).Id);
        (await client.PageAsync($"/dols/{episode.Reference}/safeguards")).QuerySelector("main")!.TextContent.ShouldContain("No walks this week");
        using var met = await site.PostFormAsync(client, $"/dols/{episode.Reference}/safeguards", "form[action*=FollowUp]", [($"met.{condition}", "true"), ($"found.{condition}", "A walk each day now")]);
        met.RedirectPath().ShouldBe($"/dols/{episode.Reference}/safeguards");
        (await site.InDbAsync(db => db.Set<DolsCondition>().SingleAsync())).Found.ShouldBe("A walk each day now");
    }

    [Fact]
    public async Task Suspension_IsLiftedWithin28Days_AndNotAfter()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.GrantedAsync(people);

        await site.DoAsync<KeepSafeguards>(k => k.SuspendAsync(episode.Id, "In hospital under the Mental Health Act"), people.Team);
        site.CareClock.Offset += TimeSpan.FromDays(27);
        await site.DoAsync<KeepSafeguards>(k => k.LiftAsync(episode.Id), people.Team);
        await site.DoAsync<KeepSafeguards>(k => k.SuspendAsync(episode.Id, "Again"), people.Team);
        site.CareClock.Offset += TimeSpan.FromDays(28);

        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync<KeepSafeguards>(k => k.LiftAsync(episode.Id), people.Team))).Message.ShouldContain("ended by law");
    }

    [Theory, BothEngines]
    public async Task Review_ThatFindsNoDeprivation_EndsTheAuthorisation(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var people = await site.DolsPeopleAsync();
        var episode = await site.GrantedAsync(people);
        await site.DoAsync<StartReview>(r => r.RunAsync(episode.Id), people.Team);
        var review = await site.InDbAsync(db => db.Episodes.Where(e => e.PathwayKey == DolsReviewPathway.PathwayKey).Select(e => e.Id).SingleAsync());
        await Should.ThrowAsync<RefusedException>(() => site.DoAsync<StartReview>(r => r.RunAsync(episode.Id), people.Team));

        await site.FillsInAsync(people.Signatory, review, new DolsReviewForm { AskedBy = ReviewAskedBy.Representative, LookedAt = "Best interests, by Bea Ives", Outcome = ReviewOutcome.NoDeprivation, Reasons = "The door is open now" });

        (await site.EpisodeAsync(episode.Id)).ClosedDate.ShouldBe(Today);
        var made = await site.CaseAsync(episode.Id);
        (made.AuthorisationEndedDate, made.EndReason).ShouldBe((Today, EndReason.Review));
    }

    [Fact]
    public async Task Move_EndsTheAuthorisation_AndDeathClosesAnOpenRequestWhateverIsOpen()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var granted = await site.GrantedAsync(people);
        await site.FillsInAsync(people.Team, granted.Id, new DolsEndForm { Reason = EndReason.Moved, EndedDate = Today, MovedTo = "Larch House" });
        (await site.EpisodeAsync(granted.Id)).Departure.ShouldBe(Departures.Moved);

        var open = await site.AsksAsync(people);
        await site.AcceptsAsync(people, open.Id);
        await site.AppointsAsync(people, open.Id);
        await site.DoAsync<CloseRequest>(async c => await c.RunAsync(await site.SeenAsync(open.Id), DolsPathway.Closed.Died, "Died on 30 July, told by the home"), people.Team);

        var made = await site.CaseAsync(open.Id);
        (made.Status, made.NotGranted, made.WasFullyAssessed, made.CompletedDate).ShouldBe((DolsStatus.Withdrawn, NotGrantedReason.Died, false, Today));
    }

    [Fact]
    public async Task Authorisation_PastItsLastDay_EndsByItself()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.GrantedAsync(people);

        site.CareClock.Offset += TimeSpan.FromDays(92);
        await site.InScopeAsync(s => new EndExpiredAuthorisations().RunAsync(s, CancellationToken.None));
        (await site.EpisodeAsync(episode.Id)).ClosedDate.ShouldBeNull("31 October is its last day");
        site.CareClock.Offset += TimeSpan.FromDays(1);
        await site.InScopeAsync(s => new EndExpiredAuthorisations().RunAsync(s, CancellationToken.None));

        (await site.CaseAsync(episode.Id)).EndReason.ShouldBe(EndReason.Expired);
        (await site.EpisodeAsync(episode.Id)).ClosedDate.ShouldBe(new DateOnly(2024, 11, 1));
    }

    [Fact]
    public async Task K_10_UrgentIsExtendedOnceByUpToSevenDays()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        Task Extend(int days) => site.DoAsync<ExtendUrgent>(async e => await e.RunAsync(await site.SeenAsync(episode.Id), days, "The only doctor is ill"), people.Team);

        await Should.ThrowAsync<RefusedException>(() => Extend(8));
        await Extend(7);
        (await site.ClocksAsync(episode.Id))[DolsPathway.UrgentClock].DueDate.ShouldBe(new DateOnly(2024, 8, 12));
        (await Should.ThrowAsync<RefusedException>(() => Extend(1))).Message.ShouldContain("only once");
    }

    [Theory, BothEngines]
    public async Task LookAgain_EmptyBeforeTheLawChanged_ThenHoldsWhatIsOpenAndInForce(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        site.CareClock.Offset += new DateTime(2026, 6, 1, 9, 0, 0, DateTimeKind.Utc) - site.CareClock.Now;
        var people = await site.DolsPeopleAsync();
        var live = await site.GrantedAsync(people);
        var open = await site.AsksAsync(people);
        (await site.DoAsync((LookAgainReader r) => r.ReadAsync(), people.Team)).Rows.ShouldBeEmpty();

        site.CareClock.Offset += TimeSpan.FromDays(1);
        var after = await site.AsksAsync(people);
        var rows = (await site.DoAsync((LookAgainReader r) => r.ReadAsync(), people.Team)).Rows;

        rows.Select(r => r.Reference).ShouldBe([open.Reference, live.Reference]);
        rows.ShouldNotContain(r => r.Reference == after.Reference);
        await site.DoAsync<LookedAgain>(l => l.RunAsync(live.Id, "Still deprived: she objects each day"), people.Team);
        (await site.DoAsync((LookAgainReader r) => r.ReadAsync(), people.Team)).Rows.Select(r => r.Reference).ShouldBe([open.Reference]);
    }

    [Fact]
    public void Test_IsDatedGuidance_NotTicks()
    {
        DeprivationTest.On(new DateOnly(2026, 6, 1)).Key.ShouldBe("cheshire-west");
        DeprivationTest.On(new DateOnly(2026, 6, 2)).Key.ShouldBe("uksc-2026-16");
        var before = Given.BestInterests(Today);
        Problems(before with { Consents = ConsentByWishes.Yes }, Today).ShouldContain(p => p.Contains("not consent where the person lacks capacity", StringComparison.Ordinal));
        var later = new DateOnly(2026, 6, 2);
        Problems(Given.BestInterests(later), later).ShouldContain(p => p.Contains("must be answered", StringComparison.Ordinal));
        Problems(Given.BestInterests(later, ConsentByWishes.No), later).ShouldBeEmpty();
        Problems(Given.BestInterests(later, ConsentByWishes.Yes), later).ShouldContain(p => p.Contains("do not deprive them of liberty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DL_2_BacklogContract_BurnsDownToItsTarget()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        await site.DoAsync<KeepBacklog>(k => k.AddAsync("Summer", "Kestrel, Fieldway", 2, Today, Today.AddDays(28)), people.Team);
        var (first, second) = (await site.AsksAsync(people), await site.AsksAsync(people));
        await site.AcceptsAsync(people, first.Id);
        await site.DoAsync<Waymark.Liberty.Dols.Requests.MatchPerson>(async m => await m.RunAsync(await site.SeenAsync(second.Id), null), people.Team);
        var contract = await site.InDbAsync(db => db.Set<BacklogContract>().Select(c => c.Id).SingleAsync());
        (await site.DoAsync((KeepBacklog k) => k.GiveAsync(contract, "Kestrel", 5), people.Team)).ShouldBe(1, "the second does not wait for assessors yet");
        (await site.DoAsync((ReadBacklog r) => r.AllAsync(), people.Team))[0].Left.ShouldBe(2);

        await site.DoAsync<CloseRequest>(async c => await c.RunAsync(await site.SeenAsync(first.Id), DolsPathway.Closed.Withdrawn, "She went home"), people.Team);

        var view = (await site.DoAsync((ReadBacklog r) => r.AllAsync(), people.Team))[0];
        (view.Done, view.Left, view.Agencies[0].Done).ShouldBe((1, 1, 1));
    }

    [Fact]
    public void DL_2_Weeks_GoFromTargetToWhatIsLeft_BesideAnEvenPace()
    {
        var contract = new BacklogContract { Name = "S", Agencies = "A", Target = 500, FromDate = new DateOnly(2024, 7, 1), UntilDate = new DateOnly(2024, 7, 21) };
        DateOnly[] done = [.. Enumerable.Repeat(new DateOnly(2024, 7, 3), 200), .. Enumerable.Repeat(new DateOnly(2024, 7, 10), 300)];

        var weeks = ReadBacklog.Weeks(contract, done, new DateOnly(2024, 12, 1));

        weeks.Select(w => (w.Left, w.Planned)).ShouldBe([(500, 500), (300, 325), (0, 150), (0, 0)]);
    }

    [Theory, BothEngines]
    public async Task NationalReturn_HasOneRowForEachActiveApplication(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var people = await site.DolsPeopleAsync();
        var granted = await site.GrantedAsync(people);
        var open = await site.AsksAsync(people);
        var wrong = await site.AsksAsync(people);
        await site.FillsInAsync(people.Team, wrong.Id, new Waymark.Liberty.Dols.Requests.DolsCheckForm { Result = Waymark.Liberty.Dols.Requests.CheckResult.WrongBody, RightBody = "Elsewhere", WrongBodyReason = "They pay" });

        Task<IReadOnlyList<IReadOnlyList<object?>>> Rows(int year) => site.InScopeAsync(s => NationalReturn.RowsAsync(s.GetRequiredService<Waymark.Kernel.Data.WaymarkDb>(), s.GetRequiredService<RecordAccess>(), new DateOnly(year, 4, 1)));
        var rows = await Rows(2024);

        rows.Select(r => r[0]).ShouldBe([granted.Reference, open.Reference], ignoreOrder: true);
        rows.ShouldAllBe(r => r.Count == NationalReturn.Heads.Length);
        object? Of(string head) => rows.Single(r => (string?)r[0] == granted.Reference)[Array.IndexOf(NationalReturn.Heads, head)];
        (Of("status"), Of("fully_assessed"), Of("representative"), Of("conditions"), Of("application_type"), Of("age")).ShouldBe(("Granted", true, "unpaid", true, "Urgent with standard", 86));
        (await Rows(2023)).ShouldBeEmpty();
        using var client = site.Client((await Given.UserAsync(site, Roles.PerformanceLead)).Id);
        var csv = await client.GetAsync("/dols/return.csv?year=2024");
        csv.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
    }

    private static List<string> Problems(DolsBestInterestsForm form, DateOnly day) => [.. form.Check(new Waymark.Kernel.Forms.Facts { Today = day, Now = day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc) }).Select(p => p.Message)];
}

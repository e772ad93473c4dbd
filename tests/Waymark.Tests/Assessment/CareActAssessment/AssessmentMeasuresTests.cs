using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Assessment.CareActAssessment;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Assessment.CareActAssessment;

/// <summary>AW-1 to AW-4 over a county of four people whose answers are worked out here.</summary>
public sealed class AssessmentMeasuresTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Theory, BothEngines]
    public async Task AW_1_List_CountsItemsAndPeopleWaitingAllocatedAndBoth_AsAtAnyDay(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        // Today: Ade waits twice and Bea once; Cy's is with a worker; Di's was finished on 20 July.
        (await ValueAsync(site, "assessment-waiting-items")).ShouldBe(3);
        (await ValueAsync(site, "assessment-waiting-people")).ShouldBe(2);
        (await ValueAsync(site, "assessment-allocated-items")).ShouldBe(1);
        (await ValueAsync(site, "assessment-allocated-people")).ShouldBe(1);
        (await ValueAsync(site, "assessment-open-items")).ShouldBe(4);
        (await ValueAsync(site, "assessment-open-people")).ShouldBe(3);

        // On 15 June Ade's first and Bea's wait, Cy's waits still (given out on 1 July), Di's is with a worker since 10 June.
        (await ValueAsync(site, "assessment-waiting-items", new DateOnly(2024, 6, 15))).ShouldBe(3);
        (await ValueAsync(site, "assessment-allocated-items", new DateOnly(2024, 6, 15))).ShouldBe(1);
        (await ValueAsync(site, "assessment-open-items", new DateOnly(2024, 4, 1))).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task AW_1_Completed_MakesListAndMeasureFallTogether(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await site.WaitsForAssessmentAsync(await site.SomeoneAsync());
        (await ValueAsync(site, "assessment-open-items")).ShouldBe(1);

        await site.AllocatedAsync(episode.Id, Given.IdOf(ana));
        ((await ValueAsync(site, "assessment-waiting-items")), (await ValueAsync(site, "assessment-allocated-items"))).ShouldBe((0m, 1m));
        await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(Today));
        (await ValueAsync(site, "assessment-allocated-items")).ShouldBe(1, "what waits for approval is not finished");
        await site.ApprovesAsync(v => v.ActAsSystem(), episode.Id);

        (await ValueAsync(site, "assessment-open-items")).ShouldBe(0);
        (await ValueAsync(site, "assessments-completed")).ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task AW_2_LongestWait_IsOfTheItemThatJoinedFirst(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        // Bea joined on 10 May: 82 days to 31 July. On 1 July Bea had waited 52.
        (await ValueAsync(site, "assessment-longest-wait")).ShouldBe(82);
        (await ValueAsync(site, "assessment-longest-wait", new DateOnly(2024, 7, 1))).ShouldBe(52);
        (await ValueAsync(site, "assessment-longest-wait", new DateOnly(2024, 4, 1))).ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task AW_3_ReferralToCompletion_MeanMedianAndLongestComeFromTheSameRows(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        await FinishedAsync(site, "Ed", new DateOnly(2024, 5, 1), new DateOnly(2024, 7, 2), Departures.Assessed);
        await FinishedAsync(site, "Flo", new DateOnly(2024, 7, 1), new DateOnly(2024, 7, 11), Departures.Assessed);
        await FinishedAsync(site, "Gus", new DateOnly(2023, 1, 1), new DateOnly(2024, 7, 12), Departures.Died);
        await FinishedAsync(site, "Hal", new DateOnly(2024, 5, 1), new DateOnly(2024, 6, 30), Departures.Assessed);

        // July: Di 1 June to 20 July is 49 days, Ed 62, Flo 10. Gus died without one, Hal was June's.
        (await ValueAsync(site, "assessments-completed")).ShouldBe(3);
        (await ValueAsync(site, "assessment-days-mean"))!.Value.ShouldBe(121m / 3, 0.0001m);
        (await ValueAsync(site, "assessment-days-median")).ShouldBe(49);
        (await ValueAsync(site, "assessment-days-longest")).ShouldBe(62);
        (await ValueAsync(site, "assessment-days-mean", new DateOnly(2024, 6, 30))).ShouldBe(60);
    }

    [Theory, BothEngines]
    public async Task AW_3_NationalDefinition_CountsFromRequestToAssessmentStart(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (ida, jo) = (await site.SomeoneAsync("Ida"), await site.SomeoneAsync("Jo"));
        await site.InDbAsync(async db =>
        {
            db.CareEvents.AddRange(
                Event(ida, CareEventKind.Request, "r1", new DateOnly(2024, 1, 1)),
                Event(ida, CareEventKind.Request, "r2", new DateOnly(2024, 7, 1)),
                Event(ida, CareEventKind.Assessment, "a1", new DateOnly(2024, 7, 21)),
                Event(ida, CareEventKind.Request, "r3", new DateOnly(2024, 7, 25)),
                Event(jo, CareEventKind.Assessment, "a2", new DateOnly(2024, 7, 2)));
            return await db.SaveChangesAsync();
        });

        // Ida's last request before it was on 1 July, 20 days; Jo made none, so there is nothing to count from.
        var value = await MeasureAsync(site, "assessment-request-days-mean", Today);
        (value.Value, value.Rows).ShouldBe((20m, 1));
        AssessmentMeasures.All.Single(m => m.Key == "assessment-days-mean").Definition.ShouldContain("Beside it stands the national definition");
    }

    [Theory, BothEngines]
    public async Task AW_4_ShareWithAPlan_HasTheListAsItsDenominatorAndCountsNoCarersPlan(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var people = await site.InDbAsync(db => db.People.ToDictionaryAsync(p => p.GivenName));
        await site.InDbAsync(async db =>
        {
            db.Add(Plan(people["Ade"], SupportPlanKind.CareAndSupport, new DateOnly(2024, 7, 1), null));
            db.Add(Plan(people["Bea"], SupportPlanKind.CareAndSupport, new DateOnly(2023, 7, 1), new DateOnly(2024, 7, 1)));
            db.Add(Plan(people["Bea"], SupportPlanKind.Carer, new DateOnly(2023, 7, 1), null));
            return await db.SaveChangesAsync();
        });

        // Of the three waiting, both of Ade's; Bea's plan ended on 1 July, and her carer's plan is no plan of her own.
        var value = await MeasureAsync(site, "assessment-waiting-with-plan", Today);
        (value.Numerator, value.Denominator).ShouldBe((2, 3));
        value.Denominator.ShouldBe((long)(await ValueAsync(site, "assessment-waiting-items"))!.Value);

        await site.InDbAsync(async db =>
        {
            db.ReportedFacts.Add(new ReportedFact { PersonId = people["Bea"].Id, FactKey = "has-support-plan", FromDate = new DateOnly(2024, 7, 31), ImportId = Guid.NewGuid() });
            return await db.SaveChangesAsync();
        });
        (await MeasureAsync(site, "assessment-waiting-with-plan", Today)).Numerator.ShouldBe(3, "an extract may say that there is a plan");
    }

    private static async Task<TestSite> CountyAsync(Engine engine)
    {
        var site = await TestSite.StartAsync(engine);
        var (ade, bea, cy) = (await site.SomeoneAsync("Ade"), await site.SomeoneAsync("Bea"), await site.SomeoneAsync("Cy"));
        await StaysAsync(site, ade, new DateOnly(2024, 6, 1), (CareActAssessmentPathway.Allocate, new DateOnly(2024, 6, 1), null, null));
        await StaysAsync(site, ade, new DateOnly(2024, 7, 20), (CareActAssessmentPathway.Allocate, new DateOnly(2024, 7, 20), null, null));
        await StaysAsync(site, bea, new DateOnly(2024, 5, 10), (CareActAssessmentPathway.Allocate, new DateOnly(2024, 5, 10), null, null));
        await StaysAsync(site, cy, new DateOnly(2024, 6, 5), (CareActAssessmentPathway.Allocate, new DateOnly(2024, 6, 5), new DateOnly(2024, 7, 1), Departures.Allocated), (CareActAssessmentPathway.Assess, new DateOnly(2024, 7, 1), null, null));
        await FinishedAsync(site, "Di", new DateOnly(2024, 6, 1), new DateOnly(2024, 7, 20), Departures.Assessed);
        return site;
    }

    private static async Task FinishedAsync(TestSite site, string name, DateOnly received, DateOnly ended, string departure)
    {
        var given = received.AddDays(9);
        await StaysAsync(site, await site.SomeoneAsync(name), received, (CareActAssessmentPathway.Allocate, received, given, Departures.Allocated), (CareActAssessmentPathway.Assess, given, ended, departure));
    }

    private static Task StaysAsync(TestSite site, Person person, DateOnly received, params (string Stage, DateOnly From, DateOnly? To, string? Reason)[] stays) => site.InDbAsync(async db =>
    {
        var last = stays[^1];
        var episode = new Episode
        {
            Reference = $"CAA-2024-{Guid.NewGuid():N}",
            PathwayKey = CareActAssessmentPathway.PathwayKey,
            PersonId = person.Id,
            ReceivedOn = Noon(received),
            ReceivedDate = received,
            StageKey = last.Stage,
            ClosedDate = last.To,
            ClosedOn = last.To is { } closed ? Noon(closed) : null,
        };
        db.Add(episode);
        foreach (var (stage, from, to, reason) in stays)
        {
            db.Add(new StageSpan
            {
                EpisodeId = episode.Id, PersonId = person.Id, PathwayKey = episode.PathwayKey, StageKey = stage, VisitId = Guid.NewGuid(), VisitDate = from,
                FromDate = from, FromOn = Noon(from), ToDate = to, ToOn = to is { } end ? Noon(end) : null, EndReason = reason,
            });
        }

        return await db.SaveChangesAsync();
    });

    private static CareEvent Event(Person person, CareEventKind kind, string reference, DateOnly day) =>
        new() { PersonId = person.Id, Kind = kind, Source = "waymark", Reference = reference, StartDate = day, EndDate = day };

    private static SupportPlan Plan(Person person, SupportPlanKind kind, DateOnly from, DateOnly? to) =>
        new() { PersonId = person.Id, Kind = kind, FromDate = from, ToDate = to, ReviewDueDate = from.AddYears(1), RevisionId = Guid.NewGuid() };

    private static async Task<decimal?> ValueAsync(TestSite site, string key, DateOnly? asAt = null) => (await MeasureAsync(site, key, asAt ?? Today)).Value;

    private static Task<MeasureValue> MeasureAsync(TestSite site, string key, DateOnly asAt) => site.InScopeAsync(s =>
        s.GetRequiredService<MeasureEngine>().ValueAsync(s.GetRequiredService<Catalogue>().Measures[key], asAt));

    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
}

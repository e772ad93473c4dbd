using System.Net;
using AngleSharp.Dom;
using Shouldly;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Assessment.CareActAssessment;

public sealed class AssessmentPanelTests
{
    [Theory, BothEngines]
    public async Task Panel_OnThePersonsPage_SaysWhatWaitsWhatWasFoundAndWhichPlanHolds(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var worker = await Given.UserAsync(site, Roles.SocialWorker);
        var person = await site.SomeoneAsync();
        await site.WaitsForAssessmentAsync(person, new DateOnly(2024, 5, 10));
        await site.InDbAsync(async db =>
        {
            db.CareEvents.Add(new CareEvent { PersonId = person.Id, Kind = CareEventKind.Assessment, Source = "other", Reference = "A1", StartDate = new DateOnly(2023, 3, 1), EndDate = new DateOnly(2023, 4, 2), Outcome = "Progress to Support Planning / Services" });
            db.Add(new SupportPlan { PersonId = person.Id, Kind = SupportPlanKind.CareAndSupport, FromDate = new DateOnly(2023, 5, 1), ReviewDueDate = new DateOnly(2024, 5, 1), WeeklyBudget = 25_050, RevisionId = Guid.NewGuid() });
            return await db.SaveChangesAsync();
        });

        var page = await site.Client(worker.Id).PageAsync($"/people/{person.Reference}");

        var text = page.QuerySelector("main")!.Text();
        text.ShouldContain("Waiting to be given a worker");
        text.ShouldContain("82 days since the referral");
        text.ShouldContain("2 April 2023");
        text.ShouldContain("Progress to Support Planning / Services");
        text.ShouldContain("£250.50 a week");
        text.ShouldContain("Review overdue");
        page.QuerySelector($"a[href='/people/{person.Reference}/support-plans/new']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Panel_OfAnAssessmentDoneHere_LinksTheForm()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var person = await site.SomeoneAsync();
        var episode = await site.WaitsForAssessmentAsync(person);
        await site.AllocatedAsync(episode.Id, Given.IdOf(ana));
        await site.FillsInAsync(ana, episode.Id, Given.AssessmentForm(new DateOnly(2024, 7, 31)));
        await site.ApprovesAsync(v => v.ActAsSystem(), episode.Id);
        var client = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);

        var link = (await client.PageAsync($"/people/{person.Reference}")).QuerySelector("a[href^='/forms/']")!;

        link.ParentElement!.Text().ShouldContain("eligible needs");
        (await client.GetAsync(link.GetAttribute("href"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

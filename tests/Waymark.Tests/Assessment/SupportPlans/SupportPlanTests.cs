using AngleSharp.Dom;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Assessment.SupportPlans;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Assessment.SupportPlans;

public sealed class SupportPlanTests
{
    [Theory, BothEngines]
    public async Task AW_9_Plan_LinksEachNeedToAnOutcomeAndIsInForceFromItsDay(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var person = await site.SomeoneAsync();

        var first = await CompleteAsync(site, ana, person.Id, Plan(new DateOnly(2024, 1, 1)));
        var second = await CompleteAsync(site, ana, person.Id, Plan(new DateOnly(2024, 7, 1)));

        var plans = await site.InDbAsync(db => db.Set<SupportPlan>().OrderBy(p => p.FromDate).ToListAsync());
        plans.Select(p => (p.FromDate, p.ToDate, p.WeeklyBudget, p.RevisionId)).ShouldBe(
        [
            (new DateOnly(2024, 1, 1), new DateOnly(2024, 7, 1), 25_050, first),
            (new DateOnly(2024, 7, 1), null, 25_050, second),
        ]);
        FormContent.Parse(await site.InDbAsync(db => db.FormRevisions.Where(r => r.Id == second).Select(r => r.Content).SingleAsync())).Flat
            .Where(q => q.Text.StartsWith("Need, 1: ", StringComparison.Ordinal)).Select(q => q.Shown).ShouldBe(["Cannot cook", "To eat well", "Meals three times a week", "Yes"]);
    }

    [Theory, BothEngines]
    public async Task Plan_OfACarer_StandsApartFromTheAdults(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var person = await site.SomeoneAsync();
        await CompleteAsync(site, ana, person.Id, Plan(new DateOnly(2024, 1, 1)));

        await CompleteAsync(site, ana, person.Id, new CarersSupportPlanForm
        {
            WhatMatters = "Sleep", Needs = Needs(), Contingency = "Her sister", FromDate = new DateOnly(2024, 7, 1), UntilDate = new DateOnly(2024, 12, 31), ReviewDate = new DateOnly(2024, 12, 1),
        });

        (await site.InDbAsync(db => db.Set<SupportPlan>().OrderBy(p => p.FromDate).Select(p => new { p.Kind, p.ToDate }).ToListAsync())).Select(p => (p.Kind, p.ToDate))
            .ShouldBe([(SupportPlanKind.CareAndSupport, null), (SupportPlanKind.Carer, new DateOnly(2025, 1, 1))]);
    }

    [Fact]
    public void Plan_NeedWithoutAnOutcome_IsNotComplete()
    {
        var answers = FormBinder.Unbind(Plan(new DateOnly(2024, 1, 1)) with { Needs = [new PlannedNeed { RowId = "r1", Need = "Cannot cook", HowMet = "Meals", IsEligible = true }] });

        FormBinder.Bind(FormDefinition.Of<CareAndSupportPlanForm>(), answers).Errors.ShouldHaveSingleItem().Field.ShouldBe("needs.outcome[r1]");
    }

    [Theory]
    [InlineData(2025, 7, 2)]
    [InlineData(2024, 6, 30)]
    public void Plan_ReviewOutsideTwelveMonths_IsAnError(int year, int month, int day)
    {
        var plan = Plan(new DateOnly(2024, 7, 1)) with { ReviewDate = new DateOnly(year, month, day) };

        plan.Check(new Facts { Today = new DateOnly(2024, 7, 31), Now = default }).ShouldHaveSingleItem().Question.ShouldBe("ReviewDate");
    }

    [Fact]
    public void Plan_PersonPaysMoreThanTheBudget_IsAnError() =>
        (Plan(new DateOnly(2024, 7, 1)) with { PersonPays = 25_051 }).Check(new Facts { Today = new DateOnly(2024, 7, 31), Now = default }).ShouldHaveSingleItem().Question.ShouldBe("PersonPays");

    [Fact]
    public async Task Page_NewPlan_ByAWorker_OpensTheFormOfThatPlan()
    {
        await using var site = await TestSite.StartAsync();
        var client = site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id);
        var person = await site.SomeoneAsync();
        var url = $"/people/{person.Reference}/support-plans/new";

        (await (await site.PostFormAsync(client, url)).PageAsync()).Errors().ShouldBe(["Choose which plan"]);
        var to = (await site.PostFormAsync(client, url, ("kind", "Carer"))).RedirectPath();

        (await client.PageAsync(to)).QuerySelector("h1")!.Text().ShouldBe("Carer's support plan");
        (await site.PostFormAsync(client, url, ("kind", "Carer"))).RedirectPath().ShouldBe(to, "a plan begun is gone on with");
    }

    private static CareAndSupportPlanForm Plan(DateOnly from) => new()
    {
        WhatMatters = "Her dog",
        Needs = Needs(),
        Contingency = "Call the out-of-hours team",
        WeeklyBudget = 25_050,
        PersonPays = 5_000,
        Holder = BudgetHolder.Council,
        FromDate = from,
        ReviewDate = from.AddYears(1),
    };

    private static IReadOnlyList<PlannedNeed> Needs() => [new() { RowId = "r1", Need = "Cannot cook", Outcome = "To eat well", HowMet = "Meals three times a week", IsEligible = true }];

    private static async Task<Guid> CompleteAsync(TestSite site, Action<Viewer> worker, Guid personId, Form form)
    {
        var definition = FormDefinition.Of(form.GetType());
        var draft = await site.DraftAsync(definition.Key, new DraftSubject { PersonId = personId }, worker);
        await site.TypesAsync(worker, draft, [.. FormBinder.Unbind(form).All.Select(a => (a.Key.Field, a.Value))]);
        var completed = await site.CompletesAsync(worker, draft, definition.Version);
        completed.Errors.ShouldBeEmpty();
        return completed.RevisionId!.Value;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.FrontDoor;
using Waymark.FrontDoor.Contacts;
using Waymark.FrontDoor.Screening;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Tests.HandMadeCounty;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests;

/// <summary>The first thread, end to end in the hand-made county: a contact becomes a list, a measure and its rows; each step moves exactly the figures it should.</summary>
public sealed class FirstThreadTests
{
    [Theory, BothEngines]
    public async Task FC_1_FC_2_FC_3_AW_1_AContactBecomesAClosedAssessment_AndTheNumberMovesAndOpens(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db => { await County.MakeAsync(db); return true; });
        await site.TeamAsync("First Contact", FrontDoorModule.Supervision.Key);
        await site.TeamAsync("Locality", "locality-assessment");
        var adviser = await site.WorkerAsync("Asha Patel", Can.TakeContacts);
        var supervisor = await site.WorkerAsync("Sam Reed", Can.ScreenContacts, Can.ViewWork);
        var manager = await site.WorkerAsync("Priya Nair", Can.AllocateWork, Can.ApproveWork, Can.ViewWork, Can.DoWork);
        var worker = await site.WorkerAsync("Tess Walker", Can.DoWork, Can.ViewWork);
        var person = await site.SomeoneAsync("Amal", "Okafor", ward: "Northfield", born: new DateOnly(1940, 3, 1));
        (await FiguresAsync(site)).ShouldBe((12, 9));

        // The contact, forwarded with its priority; it is not on the list yet.
        var contact = await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("phone", person.Id), adviser);
        await FillAsync(site, adviser, contact.Id, new ContactForm
        {
            Caller = CallerKind.Family, CallerName = "Ngozi Okafor", CallerRelation = "Daughter", Checked = CallerCheck.Details, Consent = ContactConsent.Yes,
            WhatMatters = "To stay at home", Outcome = ContactOutcome.Forward, Danger = YesNoUnknown.No, Alone = YesNoUnknown.Yes, Falls = Falls.TwoOrMore,
        });
        (await site.EpisodeAsync(contact.Id)).Priority.ShouldBe("high");
        (await FiguresAsync(site)).ShouldBe((12, 9));

        // Screened by somebody else: the list rises by one.
        await FillAsync(site, supervisor, contact.Id, new ScreeningForm { Outcome = ScreeningDecision.Forward, Priority = PriorityCheck.Agree });
        (await FiguresAsync(site)).ShouldBe((13, 9));
        var assessment = await site.InDbAsync(db => db.Episodes.AsNoTracking().SingleAsync(e => e.PersonId == person.Id && e.PathwayKey == ContactPathway.AssessmentPathway));
        assessment.Priority.ShouldBe("high");

        // Given a worker: the list falls by one, the other rises.
        var tess = await site.InDbAsync(db => db.Users.Where(u => u.DisplayName == "Tess Walker").Select(u => u.Id).SingleAsync());
        await site.InScopeAsync(s => s.GetRequiredService<AllocateEpisode>().RunAsync(new SeenEpisode(assessment.Id, assessment.Version), tess), manager);
        (await FiguresAsync(site)).ShouldBe((12, 10));

        // Assessed, and approved by somebody else: closed, and the departures say why.
        await FillAsync(site, worker, assessment.Id, Given.AssessmentForm(site.CareClock.Today));
        (await FiguresAsync(site)).ShouldBe((12, 10), "not before it is approved");
        await site.ApprovesAsync(manager, assessment.Id);
        (await FiguresAsync(site)).ShouldBe((12, 9));
        (await site.EpisodeAsync(assessment.Id)).Departure.ShouldBe(Departures.Assessed);

        await site.InScopeAsync(async s =>
        {
            var catalogue = s.GetRequiredService<Catalogue>();
            var moves = await s.GetRequiredService<MeasureMovements>().BetweenAsync(catalogue.Measures["assessment-allocated-items"], site.CareClock.Today.AddDays(-1), site.CareClock.Today);
            moves.Departures.ShouldContain(d => d.Reason == Departures.Assessed && d.Count == 1);
            var (value, rows) = await s.GetRequiredService<MeasureEngine>().WithRowsAsync(catalogue.Measures["assessment-waiting-items"], site.CareClock.Today);
            rows.Count.ShouldBe((int)value.Value!.Value, "the number opens its rows");
        });
    }

    private static async Task FillAsync(TestSite site, Action<Viewer> who, Guid episodeId, Form form)
    {
        site.Time.Advance(TimeSpan.FromMinutes(5));
        (await site.FillsInAsync(who, episodeId, form)).Errors.ShouldBeEmpty();
    }

    private static Task<(decimal Waiting, decimal Allocated)> FiguresAsync(TestSite site) => site.InScopeAsync(async s =>
    {
        var (catalogue, engine) = (s.GetRequiredService<Catalogue>(), s.GetRequiredService<MeasureEngine>());
        async Task<decimal> OfAsync(string key) => (await engine.ValueAsync(catalogue.Measures[key], site.CareClock.Today)).Value!.Value;
        return (await OfAsync("assessment-waiting-items"), await OfAsync("assessment-allocated-items"));
    });
}

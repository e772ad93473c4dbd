using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.FrontDoor;
using Waymark.FrontDoor.Contacts;
using Waymark.FrontDoor.Prioritisation;
using Waymark.FrontDoor.Screening;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.FrontDoor.Contacts;

public sealed class TakeContactTests
{
    private static readonly ContactForm Resolved = new() { Caller = CallerKind.Person, WhatMatters = "To get out on Sundays", Outcome = ContactOutcome.Signposted };

    private static readonly ContactForm Forward = new()
    {
        Caller = CallerKind.Family, CallerName = "Ngozi Okafor", CallerRelation = "Daughter", Checked = CallerCheck.Details, Consent = ContactConsent.Yes,
        WhatMatters = "To stay at home", Outcome = ContactOutcome.Forward, Danger = YesNoUnknown.No, Falls = Falls.TwoOrMore, Alone = YesNoUnknown.Yes,
    };

    [Theory, BothEngines]
    public async Task FC_1_EveryContactHasChannelTimeHandlerOutcome_AndResolvedPercentIsOneLessForwarded(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var adviser = await site.WorkerAsync("Asha Patel", Can.TakeContacts);
        for (var i = 0; i < 3; i++)
        {
            await TakeAsync(site, adviser, i == 0 ? Forward : Resolved, "phone");
        }

        await site.InScopeAsync(async s =>
        {
            var engineOf = s.GetRequiredService<MeasureEngine>();
            var catalogue = s.GetRequiredService<Catalogue>();
            var day = site.CareClock.Today;
            (await engineOf.ValueAsync(catalogue.Measures["contacts"], day)).Value.ShouldBe(3);
            (await engineOf.ValueAsync(catalogue.Measures["contacts-forwarded"], day)).Value.ShouldBe(1);
            var percent = await engineOf.ValueAsync(catalogue.Measures["contacts-resolved-percent"], day);
            (percent.Numerator, percent.Denominator).ShouldBe((2, 3));
        });
        var contact = await site.InDbAsync(db => db.Set<Contact>().OrderBy(c => c.SavedOn).FirstAsync());
        (contact.Channel, contact.CallerName, contact.IsThirdParty).ShouldBe(("phone", "Ngozi Okafor", true));
        contact.HandlerId.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task FC_1_BeingTaken_DoesNotCountYet()
    {
        await using var site = await TestSite.StartAsync();
        await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("phone"));

        var value = await site.InScopeAsync(s => s.GetRequiredService<MeasureEngine>().ValueAsync(s.GetRequiredService<Catalogue>().Measures["contacts"], site.CareClock.Today));

        value.Value.ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task FC_2_Forwarded_StoresAnswersPriorityAndTableVersion_AndWaitsForScreening(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.TeamAsync("First Contact", FrontDoorModule.Supervision.Key);
        var adviser = await site.WorkerAsync("Asha Patel", Can.TakeContacts);

        var episode = await TakeAsync(site, adviser, Forward, "phone");

        var after = await site.EpisodeAsync(episode.Id);
        (after.StageKey, after.Priority, after.PriorityReason).ShouldBe(("screen", "high", "lives alone, repeated falls"));
        (await site.ClocksAsync(episode.Id))["screen"].DueDate.ShouldBe(new DateOnly(2024, 8, 1));
        var record = await site.InDbAsync(db => db.Set<PrioritisationRecord>().SingleAsync());
        record.TableVersion.ShouldNotBeEmpty();
        record.Answers.ShouldContain("two or more");
    }

    [Theory, BothEngines]
    public async Task FC_3_ScreenerIsNotThePrioritiser_AndAChangedPriorityKeepsBothValuesAndReason(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var adviser = await site.WorkerAsync("Asha Patel", Can.TakeContacts, Can.ScreenContacts);
        var supervisor = await site.WorkerAsync("Sam Reed", Can.ScreenContacts);
        var episode = await TakeAsync(site, adviser, Forward, "phone");
        var form = new ScreeningForm { Outcome = ScreeningDecision.Forward, Priority = PriorityCheck.Change, NewPriority = ScreenedPriority.Medium, PriorityReason = "A neighbour looks in daily" };

        var refused = await Should.ThrowAsync<RefusedException>(() => CompleteAsync(site, adviser, episode.Id, form, "forward"));
        refused.Message.ShouldContain("someone else");
        await CompleteAsync(site, supervisor, episode.Id, form, "forward");

        var record = await site.InDbAsync(db => db.Set<PrioritisationRecord>().SingleAsync());
        (record.Priority, record.ScreenedPriority, record.ScreenedReason).ShouldBe(("high", "medium", "A neighbour looks in daily"));
        var assessment = await site.InDbAsync(db => db.Episodes.SingleAsync(e => e.PathwayKey == ContactPathway.AssessmentPathway));
        (assessment.StageKey, assessment.Priority, assessment.ReceivedDate).ShouldBe(("allocate", "medium", episode.ReceivedDate));
        (await site.InDbAsync(db => db.EpisodeLinks.SingleAsync())).ToEpisodeId.ShouldBe(assessment.Id);
        var request = await site.InDbAsync(db => db.CareEvents.SingleAsync(e => e.Kind == CareEventKind.Request));
        request.Outcome.ShouldBe("Progress to Assessment");
    }

    [Fact]
    public async Task FC_3_ActNow_OpensTheAssessmentAtOnceAsUrgent_AndTheSupervisorLooksNextWorkingDay()
    {
        await using var site = await TestSite.StartAsync();
        var adviser = await site.WorkerAsync("Asha Patel", Can.TakeContacts);

        var episode = await TakeAsync(site, adviser, Forward with { Outcome = ContactOutcome.ActNow, ActNowReason = "No food in the house" }, "phone");

        var assessment = await site.InDbAsync(db => db.Episodes.SingleAsync(e => e.PathwayKey == ContactPathway.AssessmentPathway));
        (assessment.Priority, assessment.PriorityReason).ShouldBe(("urgent", "No food in the house"));
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("screen-after");
        (await site.ClocksAsync(episode.Id))["screen-after"].DueDate.ShouldBe(new DateOnly(2024, 8, 1));
    }

    [Theory, BothEngines]
    public async Task FC_1_OneContactAboutTwoPeople_CountsOnce_EachWithItsOwnOutcomes_AndTheCallerIsAskedOnce(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.TeamAsync("First Contact", FrontDoorModule.Supervision.Key);
        var adviser = await site.WorkerAsync("Asha Patel", Can.TakeContacts);
        var husband = await site.SomeoneAsync("Obi", "Okafor");
        var wife = await site.SomeoneAsync("Ngozi", "Okafor");
        var first = await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("phone", husband.Id), adviser);
        var draft = await site.DraftAsync(ContactForm.Key, new DraftSubject { EpisodeId = first.Id, VisitId = await site.VisitAsync(first.Id) }, adviser);
        await site.TypesAsync(adviser, draft, ("caller", "Family"), ("caller-name", "Ngozi Okafor"), ("caller-relation", "Wife"), ("checked", "Details"), ("what-matters", "To stay at home"));

        var second = await site.DoAsync((AddContactSubject add) => add.RunAsync(first.Id), adviser);
        await site.DoAsync((SetContactPerson set) => set.RunAsync(second.Id, wife.Id), adviser);

        var begun = await site.InDbAsync(db => db.DraftAnswers.Where(a => db.Drafts.Any(d => d.Id == a.DraftId && d.EpisodeId == second.Id)).ToDictionaryAsync(a => a.Question, a => a.Text));
        begun.ShouldBe(new Dictionary<string, string> { ["caller"] = "Family", ["caller-name"] = "Ngozi Okafor", ["checked"] = "Details" }, ignoreOrder: true);
        await CompleteAsync(site, adviser, first.Id, Forward with { Further = [FurtherOutcome.Signposted, FurtherOutcome.KnownWorker] }, "forward");
        await CompleteAsync(site, adviser, second.Id, Resolved with { Further = [FurtherOutcome.Signposted] }, "close");

        await site.InScopeAsync(async s =>
        {
            var (measures, catalogue, day) = (s.GetRequiredService<MeasureEngine>(), s.GetRequiredService<Catalogue>(), site.CareClock.Today);
            (await measures.ValueAsync(catalogue.Measures["contacts"], day)).Value.ShouldBe(1);
            (await measures.ValueAsync(catalogue.Measures["contacts-resolved-percent"], day)).Numerator.ShouldBe(0, "one of the two was passed on");
            (await measures.ValueAsync(catalogue.Measures["contact-outcomes"], day)).Value.ShouldBe(4, "signposted twice over for the wife counts once");
            var rows = await catalogue.Measures["contact-outcomes"].Rows.Query(s.GetRequiredService<WaymarkDb>()).ToListAsync();
            rows.Select(r => (r.PersonId == husband.Id, r.Reason)).ShouldBe([(true, "forwarded"), (true, "signposted"), (true, "known-worker"), (false, "signposted")], ignoreOrder: true);
        });
        var contact = await site.InDbAsync(db => db.Set<Contact>().SingleAsync());
        (contact.CallerName, contact.IsThirdParty).ShouldBe(("Ngozi Okafor", true), "the second form, filled in as the person themselves, takes nothing away");
    }

    [Fact]
    public async Task FC_1_AddSubject_WithoutThePermission_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        var episode = await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("phone"));
        var worker = await site.WorkerAsync("Jo Mensah", Can.DoWork, Can.ViewWork);

        (await Should.ThrowAsync<RefusedException>(() => site.DoAsync((AddContactSubject add) => add.RunAsync(episode.Id), worker))).Message.ShouldContain("whoever took it");
        (await site.InDbAsync(db => db.Set<ContactSubject>().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Start_UnknownChannel_IsRefused()
    {
        await using var site = await TestSite.StartAsync();

        (await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync("pigeon")))).Field.ShouldBe("Channel");
    }

    [Fact]
    public void Check_PassedOnAboutNobody_SaysHowToMend()
    {
        var episode = new Episode { Reference = "CON-1", PathwayKey = "contact", StageKey = "conversation", ReceivedOn = DateTime.UnixEpoch, ReceivedDate = DateOnly.MinValue };

        Forward.Check(new Facts { Today = default, Now = default, Episode = episode }).ShouldHaveSingleItem().Message.ShouldContain("find the person");
    }

    private static async Task<Episode> TakeAsync(TestSite site, Action<Viewer> adviser, ContactForm form, string channel)
    {
        var person = await site.SomeoneAsync();
        var episode = await site.InScopeAsync(s => s.GetRequiredService<StartContact>().RunAsync(channel, person.Id), adviser);
        await CompleteAsync(site, adviser, episode.Id, form, form.Decide(null!).ExitKey);
        return episode;
    }

    private static async Task CompleteAsync(TestSite site, Action<Viewer> worker, Guid episodeId, Form form, string? exit)
    {
        site.Time.Advance(TimeSpan.FromMinutes(5));
        var visit = (await site.SpansAsync(episodeId))[^1].VisitId;
        await site.InScopeAsync(s => s.GetRequiredService<CompleteStage>().RunAsync(new StageCompletion { EpisodeId = episodeId, VisitId = visit, ExitKey = exit, Form = form }), worker);
    }
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Safeguarding;

/// <summary>Concerns by anyone, the emergency screen, triage, and what triage leads to.</summary>
public sealed class ConcernTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    /// <summary>Without a session, a cookie or a name: what was told is kept as it was asked and answered, and the clocks run.</summary>
    [Fact]
    public async Task SG_1_Public_TellsUsWithoutANameOrACookie_AndOnlyTheSenderSeesAReceipt()
    {
        await using var site = await TestSite.StartAsync();
        using var anyone = site.Client();
        var page = await anyone.PageAsync("/report-a-concern");
        page.QuerySelector(".govuk-warning-text")!.TextContent.ShouldContain("call 999");
        page.QuerySelector(".govuk-exit-this-page a")!.GetAttribute("href")!.ShouldStartWith("https://");
        page.Title.ShouldBe("Contact us - Waymark");
        using var bare = new HttpClient(new NoCookies(site.Client())) { BaseAddress = new Uri("http://localhost") };
        using var content = new FormUrlEncodedContent([
            new("q.about", "SomeoneElse"), new("q.what-happened", "Shouting next door every night"), new("q.harm", "Psychological"), new("q.in-danger", "No"), new("q.gives-name", "No"), new("q.adult-name", "Mr Bell"),
            new("q.happened-date.Day", "29"), new("q.happened-date.Month", "7"), new("q.happened-date.Year", "2024")]);

        using var sent = await bare.PostAsync("/report-a-concern/tell-us", content);

        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var episode = await site.InDbAsync(db => db.Episodes.SingleAsync());
        (episode.PathwayKey, episode.StageKey, episode.ReceivedOn).ShouldBe((ConcernPathway.PathwayKey, ConcernPathway.Screen, site.CareClock.Now));
        var record = await site.ConcernRecordAsync(episode.Id);
        (record.Channel, record.Source, record.IsAnonymous, record.HappenedDate, record.RaisedDate).ShouldBe((ConcernChannel.Public, ConcernSource.Anonymous, true, new DateOnly(2024, 7, 29), Today));
        (await site.InDbAsync(db => db.FormRevisions.SingleAsync())).Content.ShouldContain("Shouting next door every night");
        (await site.InDbAsync(db => db.Outbox.CountAsync())).ShouldBe(0);
        (await anyone.PageAsync("/report-a-concern/received")).QuerySelector("main")!.TextContent.ShouldNotContain(episode.Reference);
    }

    [Fact]
    public async Task SG_1_Public_SentTwice_IsOneConcern_AndWhatIsWrongLosesNothing()
    {
        await using var site = await TestSite.StartAsync();
        using var anyone = site.Client();
        (string, string?)[] told = [("q.about", "Me"), ("q.what-happened", "My son takes my money"), ("q.harm", "Financial"), ("q.gives-name", "Yes"), ("q.referrer-name", "Ada Moss")];
        using var wrong = await site.PostFormAsync(anyone, "/report-a-concern/tell-us", told);
        var again = await wrong.PageAsync();
        again.Errors().ShouldContain(e => e.Contains("Is anyone in danger now?", StringComparison.Ordinal));
        again.QuerySelector("textarea[name='q.what-happened']")!.TextContent.Trim().ShouldBe("My son takes my money");

        var once = again.QuerySelector("input[name=Once]")!.GetAttribute("value");
        (string, string?)[] whole = [.. told, ("q.in-danger", "No"), ("q.safe-to-contact", "No"), ("Once", once)];
        using var first = await site.PostFormAsync(anyone, "/report-a-concern/tell-us", whole);
        using var second = await site.PostFormAsync(anyone, "/report-a-concern/tell-us", whole);

        var episode = await site.InDbAsync(db => db.Episodes.SingleAsync());
        (await anyone.PageAsync(second.RedirectPath())).QuerySelector(".govuk-panel__body")!.TextContent.ShouldContain(episode.Reference);
        (await anyone.PageAsync("/report-a-concern/received")).QuerySelector("main")!.TextContent.ShouldNotContain(episode.Reference);
        var party = await site.InDbAsync(db => db.EpisodeParties.SingleAsync(p => p.Role == RaiseConcern.Referrer));
        (party.Name, party.Detail).ShouldBe(("Ada Moss", "Not safe to contact"));
        (await site.ConcernRecordAsync(episode.Id)).Source.ShouldBe(ConcernSource.Self);
    }

    [Theory]
    [InlineData("provider", ConcernChannel.Provider)]
    [InlineData("professional", ConcernChannel.Professional)]
    public async Task SG_14_Professional_GuidanceNeverStopsAConcern_AndItsResultIsStoredWithItsVersion(string who, ConcernChannel channel)
    {
        await using var site = await TestSite.StartAsync();
        using var anyone = site.Client();
        using var guided = await site.PostFormAsync(anyone, $"/report-a-concern/{who}", "form#concern", []);
        guided.StatusCode.ShouldBe(HttpStatusCode.OK);
        (string, string?)[] told =
        [
            ("Indicators", "medicine-once"), ("q.agency", "Hospital"), ("q.organisation", "City Hospital"), ("q.referrer-name", "Jo Ray"), ("q.referrer-relation", "Staff nurse"), ("q.referrer-contact", "01632 960002"),
            ("q.is-whistleblower", "No"), ("q.keep-name-secret", "No"), ("q.adult-name", "Amal Okafor"), ("q.adult-address", "Ward 3"), ("q.adult-needs", "Dementia"), ("q.capacity", "Lacks"),
            ("q.agreement", "BestInterests"), ("q.outcomes-asked", "NotAsked"), ("q.why-not-asked", "Too unwell"), ("q.what-happened", "A dose was missed"), ("q.identified-date.Day", "31"), ("q.identified-date.Month", "7"),
            ("q.identified-date.Year", "2024"), ("q.identified-time", "8.15"), ("q.abuse", "Neglect"), ("q.location", "HospitalAcute"), ("q.in-danger", "No"), ("q.immediate-protection", "Charts checked"), ("q.others-at-risk", "No"),
        ];

        using var guidance = await anyone.PostAsync($"/report-a-concern/{who}?handler=Guide", new FormUrlEncodedContent(told.Select(t => KeyValuePair.Create(t.Item1, t.Item2 ?? ""))));
        (await guidance.PageAsync()).QuerySelector(".govuk-inset-text")!.TextContent.ShouldContain("Lower level");
        (await site.InDbAsync(db => db.Episodes.CountAsync())).ShouldBe(0);
        using var sent = await site.PostFormAsync(anyone, $"/report-a-concern/{who}", "form#concern", told);

        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var record = await site.InDbAsync(db => db.Set<ConcernRecord>().SingleAsync());
        (record.Channel, record.MatrixResult, record.MatrixAnswers).ShouldBe((channel, "lower", "medicine-once"));
        record.MatrixVersion!.ShouldContain("not any council's policy");
        record.IdentifiedOn.ShouldBe(new DateTime(2024, 7, 31, 7, 15, 0, DateTimeKind.Utc));
    }

    [Theory, BothEngines]
    public async Task SG_2_Screen_SaysWhetherActionWasNeeded_AndStopsItsClockOnly(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.SafeguarderAsync("Ana Lee");
        var concern = await site.ConcernAsync();
        site.Stands(Today, new TimeOnly(11, 30));

        (await site.FillsInAsync(ana, concern.Id, Given.ScreenForm(emergency: true))).Errors.ShouldBeEmpty();

        var record = await site.ConcernRecordAsync(concern.Id);
        (record.NeedsEmergencyAction, record.ScreenedOn, record.ScreenedById).ShouldBe((true, site.CareClock.Now, Given.IdOf(ana)));
        var clocks = await site.ClocksAsync(concern.Id);
        clocks[ConcernPathway.ScreenClock].StoppedOn.ShouldBe(site.CareClock.Now);
        clocks[ConcernPathway.TriageClock].StoppedOn.ShouldBeNull();
        (await site.EpisodeAsync(concern.Id)).StageKey.ShouldBe(ConcernPathway.Triage);
    }

    [Fact]
    public async Task SG_3_Triage_LimbNotYetKnown_StaysOpen_AndItsClockRuns()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, concern) = await TriagingAsync(site);

        var done = await site.FillsInAsync(ana, concern.Id, Given.TriageForm() with { CannotProtect = Limb.NotYetKnown });

        done.Errors.ShouldBeEmpty();
        (await site.EpisodeAsync(concern.Id)).ClosedOn.ShouldBeNull();
        (await site.ConcernRecordAsync(concern.Id)).CannotProtect.ShouldBe(Limb.NotYetKnown);
        (await site.ClocksAsync(concern.Id))[ConcernPathway.TriageClock].StoppedOn.ShouldBeNull();
    }

    [Fact]
    public async Task SG_3_Triage_AllLimbsMet_CannotEndWithoutAnEnquiry_AndASection42NeedsAllThree()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, concern) = await TriagingAsync(site);
        var advice = Given.TriageForm() with { Outcome = TriageOutcome.Advice, AdviceGiven = "Leaflet", ImmediateProtection = "None needed" };

        (await site.FillsInAsync(ana, concern.Id, advice)).Errors.Single().Message.ShouldContain("must make enquiries");
        (await site.FillsInAsync(ana, concern.Id, Given.TriageForm() with { AtRisk = Limb.No })).Errors.Single().Message.ShouldContain("needs all three limbs");
        (await site.FillsInAsync(ana, concern.Id, advice with { AtRisk = Limb.No })).Errors.ShouldBeEmpty();

        (await site.EpisodeAsync(concern.Id)).Departure.ShouldBe(ConcernPathway.Advice);
        var record = await site.ConcernRecordAsync(concern.Id);
        (record.Outcome, record.DecidedDate, record.FeedbackDate, record.ImmediateProtection).ShouldBe((ConcernPathway.Advice, Today, Today, "None needed"));
    }

    [Theory, BothEngines]
    public async Task SG_6_ManyConcerns_JoinOneEnquiry_AboutManyAdults(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var ana = await site.SafeguarderAsync("Ana Lee");
        var (amal, bo) = (await site.SomeoneAsync(), await site.SomeoneAsync("Bo", "Lind"));
        var first = await site.ConcernAsync(amal);
        var enquiry = (await site.DecidedAsync(ana, first.Id))!;
        var second = await site.ConcernAsync(bo);
        await site.FillsInAsync(ana, second.Id, Given.ScreenForm());
        var joins = Given.TriageForm() with { Outcome = TriageOutcome.Joins, ImmediateProtection = "As for the first" };
        await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(ana, second.Id, joins with { JoinsReference = "SGE-2024-999999" }));

        (await site.FillsInAsync(ana, second.Id, joins with { JoinsReference = enquiry.Reference.ToLowerInvariant() })).Errors.ShouldBeEmpty();

        (await site.InDbAsync(db => db.EpisodeLinks.Where(l => l.ToEpisodeId == enquiry.Id).Select(l => l.FromEpisodeId).ToListAsync())).ShouldBe([first.Id, second.Id], ignoreOrder: true);
        (await site.InDbAsync(db => db.EpisodeParties.SingleAsync(p => p.EpisodeId == enquiry.Id && p.Role == EnquiryPathway.AdultRole))).PersonId.ShouldBe(bo.Id);
        (await site.ConcernRecordAsync(second.Id)).Outcome.ShouldBe(ConcernPathway.Joined);
    }

    /// <summary>Known to another team: that team enquires, if triage says so. Organisational: the safeguarding team, whoever knows the person.</summary>
    [Theory]
    [InlineData(TriageEnquirer.KnownTeam, false, "North")]
    [InlineData(TriageEnquirer.SafeguardingTeam, false, "Safeguarding")]
    [InlineData(TriageEnquirer.KnownTeam, true, "Safeguarding")]
    public async Task SG_4_Enquiry_GoesToTheTeamThatKnowsThePerson_AnOrganisationsToTheSafeguardingTeam(TriageEnquirer enquirer, bool organisational, string team)
    {
        await using var site = await TestSite.StartAsync();
        await site.TeamAsync("Safeguarding", SafeguardingModule.Enquiries.Key);
        var north = await site.TeamAsync("North", "locality-assessment");
        var (ana, person) = (await site.SafeguarderAsync("Ana Lee"), await site.SomeoneAsync());
        var known = await site.WaitsForAssessmentAsync(person);
        await site.AllocatedAsync(known.Id, Given.IdOf(ana));
        (await site.EpisodeAsync(known.Id)).TeamId.ShouldBe(north.Id);
        var concern = await site.ConcernAsync(person);

        var enquiry = (await site.DecidedAsync(ana, concern.Id, Given.TriageForm() with { Enquirer = enquirer, IsOrganisational = organisational }))!;

        var teamId = (await site.EpisodeAsync(enquiry.Id)).TeamId;
        (await site.InDbAsync(db => db.Teams.Where(t => t.Id == teamId).Select(t => t.Name).SingleAsync())).ShouldBe(team);
        (await site.SpansAsync(enquiry.Id)).Single().TeamId.ShouldBe(teamId);
        (await site.EnquiryRecordAsync(enquiry.Id)).InterimProtection.ShouldBe("A second member of staff checks each round");
    }

    [Fact]
    public async Task SG_12_Concern_KeepsItsSourceAndTypes()
    {
        await using var site = await TestSite.StartAsync();
        var concern = await site.ConcernAsync(but: c => c with { Source = ConcernSource.CareProvider, Abuse = [AbuseType.Neglect, AbuseType.Financial, AbuseType.Neglect] });

        (await site.ConcernRecordAsync(concern.Id)).Source.ShouldBe(ConcernSource.CareProvider);
        (await site.InDbAsync(db => db.Set<SafeguardingRisk>().Where(r => r.EpisodeId == concern.Id).Select(r => r.Type).ToListAsync())).ShouldBe([AbuseType.Neglect, AbuseType.Financial]);
    }

    [Fact]
    public async Task SG_7_VisitNotedWhileStillAConcern_IsFlagged_AndKeptOnItsRecord()
    {
        await using var site = await TestSite.StartAsync();
        var (ana, concern) = await TriagingAsync(site);
        using var lead = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);
        (await lead.PageAsync($"/work/{concern.Reference}")).QuerySelector("main")!.TextContent.ShouldNotContain("Enquiry work while still a concern");
        await NoteAsync(site, concern, "call");
        await NoteAsync(site, concern, "visit");

        (await lead.PageAsync($"/work/{concern.Reference}")).QuerySelector("main")!.TextContent.ShouldContain("1 visit or meeting is written down here");
        await site.DecidedAsync(ana, concern.Id, Given.TriageForm() with { IsOrganisational = true });

        (await site.ConcernRecordAsync(concern.Id)).HadEnquiryWork.ShouldBeTrue();
    }

    private static Task NoteAsync(TestSite site, Episode concern, string kind) => site.InDbAsync(async db =>
    {
        var note = new Note { Kind = kind, Text = "Saw her at home", HappenedOn = site.CareClock.Now, HappenedDate = Today, WrittenOn = site.CareClock.Now, AuthorId = Guid.Empty };
        db.AddRange(note, new NoteSubject { NoteId = note.Id, EpisodeId = concern.Id });
        await db.SaveChangesAsync();
        return true;
    });

    private static async Task<(Action<Viewer> Worker, Episode Concern)> TriagingAsync(TestSite site)
    {
        var ana = await site.SafeguarderAsync("Ana Lee");
        var concern = await site.ConcernAsync(await site.SomeoneAsync());
        await site.FillsInAsync(ana, concern.Id, Given.ScreenForm());
        return (ana, concern);
    }

    /// <summary>A browser that takes no cookies.</summary>
    private sealed class NoCookies(HttpClient inner) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Remove("Cookie");
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            return inner.SendAsync(copy, cancellationToken);
        }
    }
}

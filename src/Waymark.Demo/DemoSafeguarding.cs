using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Demo;

/// <summary>
/// Concerns and enquiries at full size where the county is made as small as the demo usually is, so that what the source document prints of them is counted and not
/// scaled. The story runs from the people to their concerns, from those to enquiries, and from those to what was found.
/// </summary>
internal sealed class DemoSafeguarding(Random random, DemoStaff staff, int scale)
{
    /// <summary>The scale at which the demo is served; smaller counties of tests have fewer concerns.</summary>
    private const int UsualScale = 50;

    private readonly int share = Math.Max(1, scale / UsualScale);
    private readonly List<Episode> episodes = [];
    private readonly List<StageSpan> spans = [];
    private readonly List<EpisodeClock> clocks = [];
    private readonly List<EpisodeLink> links = [];
    private readonly List<ConcernRecord> concerns = [];
    private readonly List<EnquiryRecord> enquiries = [];
    private readonly List<SafeguardingRisk> risks = [];
    private readonly Dictionary<(string Prefix, int Year), int> counters = [];

    /// <summary>Counted as they are, in a county whose other parts stand for many: <see cref="DemoCounty.FullSizeSetting"/>.</summary>
    public static bool IsFullSize(int scale) => scale is > 1 and < 2 * UsualScale;

    public async Task MakeAsync(WaymarkDb db, BulkWriter bulk)
    {
        var told = new DemoConcerns(random, share);
        var people = told.Tell();
        var made = DemoEnquiries.Of(random, share, told.Concerns);
        foreach (var enquiry in made)
        {
            Enquiry(enquiry);
        }

        foreach (var concern in told.Concerns)
        {
            Concern(concern);
        }

        await bulk.WriteAsync(people);
        await NameIndex.AddRangeAsync(db, people);
        await bulk.WriteAsync(episodes);
        await bulk.WriteAsync(concerns);
        await bulk.WriteAsync(enquiries);
        await bulk.WriteAsync(risks);
        await bulk.WriteAsync(links);
        await bulk.WriteAsync(spans);
        await bulk.WriteAsync(clocks);
        db.AddRange(counters.Select(c => new ReferenceCounter { Prefix = c.Key.Prefix, Year = c.Key.Year, Last = c.Value }));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private void Concern(ToldConcern told)
    {
        var received = DemoTime.On(told.Day, told.Day == DemoCounty.Until ? 7 + random.Next(2) : 7 + random.Next(14), random.Next(60));
        var screened = received.AddMinutes(10 + random.Next(random.NextDouble() < 0.93 ? 105 : 600));
        var decided = told.Outcome is null ? (DateTime?)null : DemoTime.On(told.Decided, 14, random.Next(60)) is var at && at > screened ? at : screened.AddMinutes(15);
        screened = screened < DemoTime.Now ? screened : DemoTime.Now.AddMinutes(-5);
        var episode = Episode(ConcernPathway.PathwayKey, "SGC", null, told.Person, received, ConcernPathway.Triage);
        var record = new ConcernRecord
        {
            EpisodeId = episode.Id,
            Channel = told.Channel,
            Source = told.Source,
            IdentifiedOn = received.AddMinutes(-random.Next(20, random.NextDouble() < 0.9 ? 300 : 4000)),
            RaisedOn = received,
            RaisedDate = told.Day,
            InThisArea = told.Outcome == ConcernPathway.ReferredOn && told.IsElsewhere ? Safeguarding.YesNoUnknown.No : Safeguarding.YesNoUnknown.Yes,
            Location = told.Risks[0].Location,
            RiskSource = told.Risks[0].Source,
            OutcomesAsked = told.Asked,
            NeedsEmergencyAction = random.NextDouble() < 0.06,
            ScreenedOn = screened,
            ScreenedById = Pick(staff.Workers["first-contact"]),
            Outcome = told.Outcome,
            DecidedOn = decided,
            DecidedDate = told.Outcome is null ? null : told.Decided,
            DecidedById = told.Outcome is null ? null : Pick(staff.Workers["safeguarding"]),
            Quality = told.Outcome is null ? null : random.NextDouble() switch { < 0.7 => ConcernQuality.Clear, < 0.9 => ConcernQuality.Incomplete, _ => ConcernQuality.NotSafeguarding },
        };
        concerns.Add(record);
        risks.AddRange(told.Risks.Select(r => new SafeguardingRisk { EpisodeId = episode.Id, Type = r.Type, Source = r.Source, Location = r.Location }));
        var team = staff.Teams["safeguarding"];
        spans.Add(DemoTime.Span(episode, ConcernPathway.Screen, Guid.CreateVersion7(), staff.Teams["first-contact"], record.ScreenedById, received, screened, Departures.MovedOn));
        spans.Add(DemoTime.Span(episode, ConcernPathway.Triage, Guid.CreateVersion7(), team, record.DecidedById, screened, decided, told.Outcome));
        (episode.TeamId, episode.WorkerId) = (team, record.DecidedById);
        if (decided is { } closed)
        {
            DemoTime.Close(episode, closed, told.Outcome!, told.Outcome!);
        }

        Clock(episode, ConcernPathway.RaiseClock, record.IdentifiedOn, WorkingCalendar.EndOf(CareClock.LondonDate(record.IdentifiedOn)), "same working day", received);
        Clock(episode, ConcernPathway.ScreenClock, received, received.AddHours(2), "2 hours", screened);
        Clock(episode, ConcernPathway.TriageClock, received, WorkingCalendar.DueOn(received, 2, ClockUnit.WorkingDays), "2 working days", decided);
        if (told.Enquiry is { } enquiry)
        {
            links.Add(new EpisodeLink { FromEpisodeId = episode.Id, ToEpisodeId = enquiry.EpisodeId, Kind = OpenEpisode.OpenedLink });
        }
    }

    private void Enquiry(MadeEnquiry made)
    {
        var started = DemoTime.On(made.Started, 14, 30);
        var episode = Episode(EnquiryPathway.PathwayKey, "SGE", made.IsSection42 ? EnquiryPathway.Section42Kind : EnquiryPathway.OtherKind, made.Person, started, EnquiryPathway.Enquire);
        made.EpisodeId = episode.Id;
        enquiries.Add(made.Record(episode.Id));
        risks.AddRange(made.Risks.Select(r => new SafeguardingRisk { EpisodeId = episode.Id, Type = r.Type, Source = r.Source, Location = r.Location }));

        var team = staff.Teams["safeguarding"];
        var worker = Pick(staff.Workers["safeguarding"]);
        var given = DemoTime.On(made.Given, 15, 0);
        var approved = made.Concluded is { } end ? DemoTime.On(end > made.Given ? end.AddDays(-1) : end, 16, 0) : (DateTime?)null;
        var closed = made.Concluded is { } last ? DemoTime.On(last, 16, 30) : (DateTime?)null;
        episode.TeamId = team;
        if (given >= DemoTime.Now)
        {
            episode.StageKey = EnquiryPathway.Allocate;
            spans.Add(DemoTime.Span(episode, EnquiryPathway.Allocate, Guid.CreateVersion7(), team, null, started, null, null));
        }
        else
        {
            episode.WorkerId = worker;
            spans.Add(DemoTime.Span(episode, EnquiryPathway.Allocate, Guid.CreateVersion7(), team, null, started, given, Departures.Allocated));
            spans.Add(DemoTime.Span(episode, EnquiryPathway.Enquire, Guid.CreateVersion7(), team, worker, given, approved, approved is null ? null : Departures.MovedOn));
        }

        if (closed is { } on)
        {
            episode.StageKey = EnquiryPathway.Closing;
            spans.Add(DemoTime.Span(episode, EnquiryPathway.Closing, Guid.CreateVersion7(), team, worker, approved!.Value, on, EnquiryPathway.Concluded));
            DemoTime.Close(episode, on, EnquiryPathway.Concluded, EnquiryPathway.Concluded);
        }

        Clock(episode, EnquiryPathway.AllocateClock, started, WorkingCalendar.DueOn(started, 10, ClockUnit.WorkingDays), "10 working days", given < DemoTime.Now ? given : null);
        if (given < DemoTime.Now)
        {
            Clock(episode, EnquiryPathway.EnquiryClock, given, WorkingCalendar.DueOn(given, 20, ClockUnit.WorkingDays), "20 working days", approved);
        }

        Clock(episode, EnquiryPathway.ClinicClock, started, WorkingCalendar.EndOf(made.Started.AddDays(42)), "6 weeks", closed, flags: true);
        Clock(episode, EnquiryPathway.AgedClock, started, WorkingCalendar.EndOf(made.Started.AddDays(84)), "12 weeks", closed, flags: true);
    }

    private Episode Episode(string pathway, string prefix, string? kind, Person person, DateTime received, string stage)
    {
        var day = CareClock.LondonDate(received);
        var number = counters[(prefix, day.Year)] = counters.GetValueOrDefault((prefix, day.Year)) + 1;
        var episode = new Episode
        {
            Reference = $"{prefix}-{day.Year}-{number:000000}",
            PathwayKey = pathway,
            Kind = kind,
            PersonId = person.Id,
            ReceivedOn = received,
            ReceivedDate = day,
            StageKey = stage,
            Source = "demo",
        };
        episodes.Add(episode);
        return episode;
    }

    private void Clock(Episode episode, string key, DateTime from, DateTime due, string limit, DateTime? stopped, bool flags = false) => clocks.Add(new EpisodeClock
    {
        EpisodeId = episode.Id,
        ClockKey = key,
        StartedOn = from,
        DueOn = due,
        DueDate = CareClock.LondonDate(due),
        Limit = limit,
        StoppedOn = stopped,
        StoppedDate = stopped is { } on ? CareClock.LondonDate(on) : null,
        IsThreshold = flags,
    });

    private Guid Pick(List<Guid> workers) => workers[random.Next(workers.Count)];
}

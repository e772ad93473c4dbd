using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessors;
using Waymark.Liberty.Dols.Backlog;
using Person = Waymark.Kernel.People.Person;

namespace Waymark.Demo;

/// <summary>
/// Applications under the deprivation of liberty safeguards, at full size where the county is made as small as the demo usually is: a rate compares with other places
/// only when people and population are of one size.
/// </summary>
internal sealed class DemoDols(Random random, DemoStaff staff, int scale)
{
    /// <summary>A round figure of our own: 725,300 residents (F-55) less about a fifth who are children. Rates of the source are reached over it.</summary>
    private const long Adults = 580_000;

    /// <summary>The scale at which the demo is served; smaller counties of tests have fewer applications, and fewer adults.</summary>
    private const int UsualScale = 50;

    private const int PeopleFrom = 300_000;

    /// <summary>Completed in each financial year, by the day it ends: 2,042 is 352 and 2,303 is 397 per 100,000 of 580,000 (F-46, F-47).</summary>
    private static readonly (int Year, int Completed)[] Years = [(2021, 1_890), (2022, 2_042), (2023, 2_303), (2024, 806)];

    private static readonly string[] Homes =
    [
        "Meadow View", "Larch House", "The Laurels", "Willowbank", "St Anne's Court", "Fernleigh", "Orchard Lodge", "Beech Grange", "Millstream", "Rosewood", "Ashdown Court", "Kingsmead", "The Old Rectory",
        "Hillcrest", "Cedar Lawn", "Brookside", "Primrose Hall", "Highfield", "Southern Cross House", "Woodlands",
    ];

    private readonly DemoPeople makePeople = new(random, PeopleFrom);
    private readonly List<Person> people = [];
    private readonly List<Organisation> places = [];
    private readonly List<Episode> episodes = [];
    private readonly List<DolsCase> cases = [];
    private readonly List<EpisodeParty> parties = [];
    private readonly List<StageSpan> spans = [];
    private readonly List<EpisodeClock> clocks = [];
    private readonly List<DolsPriority> priorities = [];
    private readonly List<BacklogItem> backlog = [];
    private readonly Dictionary<int, int> counters = [];
    private readonly int share = Math.Max(1, scale / UsualScale);

    public async Task MakeAsync(WaymarkDb db, BulkWriter bulk)
    {
        await MakePlacesAsync(db);
        foreach (var (year, completed) in Years)
        {
            var days = Enumerable.Range(0, 365).Select(d => new DateOnly(year, 4, 1).AddDays(d)).Where(d => d < DemoCounty.Until && !WorkingCalendar.IsWeekend(d)).ToList();
            for (var i = 0; i < completed / share; i++)
            {
                Completed(days[random.Next(days.Count)]);
            }
        }

        Open();
        await bulk.WriteAsync(people);
        await NameIndex.AddRangeAsync(db, people);
        await bulk.WriteAsync(episodes);
        await bulk.WriteAsync(cases);
        await bulk.WriteAsync(parties);
        await bulk.WriteAsync(spans);
        await bulk.WriteAsync(clocks);
        await bulk.WriteAsync(priorities);
        await bulk.WriteAsync(backlog);
        db.AddRange(counters.Select(c => new ReferenceCounter { Prefix = "DOL", Year = c.Key, Last = c.Value }));
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
    }

    private async Task MakePlacesAsync(WaymarkDb db)
    {
        places.AddRange(Homes.Select(h => new Organisation { Name = h, SortKey = Names.Fold(h), Kind = "care-home" }));
        places.AddRange(new[] { "County General Hospital", "Elmfield Hospital" }.Select(h => new Organisation { Name = h, SortKey = Names.Fold(h), Kind = "hospital" }));
        db.AddRange(places);
        db.Add(new PopulationEstimate
        {
            Key = DolsMeasures.Adults, Title = "Adults, 18 and over", Date = new DateOnly(2021, 6, 30), People = Adults / share,
            Source = "the demo county's own round figure: residents of the 2021 census less about a fifth who are children",
        });
        Contract = new BacklogContract { Name = "Backlog of assessments, summer 2024", Agencies = "Kestrel Assessments, Fieldway Practice", Target = 500 / share, FromDate = new DateOnly(2024, 5, 7), UntilDate = new DateOnly(2024, 8, 31) };
        db.Add(Contract);
        db.AddRange(
            new DolsAssessor { Name = "Bea Ives", Profession = Profession.SocialWorker, IsBestInterests = true, IsEmployedHere = true, UserId = staff.Users["bea.ives"] },
            new DolsAssessor { Name = "Dr Noor Haq", Profession = Profession.Doctor, IsMentalHealth = true },
            new DolsAssessor { Name = "Dr Piotr Lis", Profession = Profession.Doctor, IsMentalHealth = true },
            new DolsAssessor { Name = "Maeve Court", Profession = Profession.SocialWorker, IsBestInterests = true, IsApprovedProfessional = true, Agency = "Kestrel Assessments" },
            new DolsAssessor { Name = "Sunil Rao", Profession = Profession.Nurse, IsBestInterests = true, Agency = "Fieldway Practice" });
        await db.SaveChangesAsync();
        var own = places[0].Id;
        var team = staff.Teams["meadow-view"];
        await db.Teams.Where(t => t.Id == team).ExecuteUpdateAsync(t => t.SetProperty(x => x.OrganisationId, own));
    }

    private BacklogContract Contract { get; set; } = null!;

    private void Completed(DateOnly completed)
    {
        // Most take weeks; a long tail waits for months, as the whole country's does.
        var waited = random.NextDouble() < 0.3 ? 3 + random.Next(18) : 22 + (int)(-75 * Math.Log(1 - (0.98 * random.NextDouble())));
        var received = completed.AddDays(-waited);
        var status = random.NextDouble() switch { < 0.64 => DolsStatus.Granted, < 0.7 => DolsStatus.NotGranted, < 0.73 => DolsStatus.NoDeprivation, _ => DolsStatus.Withdrawn };
        var (episode, made) = Application(received, DolsPathway.Sign);
        var assessed = completed.AddDays(-Math.Min(2, waited));
        (made.Status, made.CompletedDate, made.WasFullyAssessed, made.AssessedDate) = (status, completed, status != DolsStatus.Withdrawn, status == DolsStatus.Withdrawn ? null : assessed);
        made.TestKey = status == DolsStatus.Withdrawn ? null : "cheshire-west";
        made.NotGranted = status switch
        {
            DolsStatus.NotGranted => random.NextDouble() < 0.6 ? NotGrantedReason.Capacity : NotGrantedReason.Eligibility,
            DolsStatus.NoDeprivation => NotGrantedReason.BestInterests,
            DolsStatus.Withdrawn => random.NextDouble() switch { < 0.5 => NotGrantedReason.Died, < 0.9 => NotGrantedReason.Moved, _ => NotGrantedReason.Other },
            _ => null,
        };
        var at = DemoTime.On(completed, 15, 0);
        var began = assessed.AddDays(-Math.Min(12, Math.Max(0, waited - 3)));
        var leaves = status == DolsStatus.Withdrawn ? made.NotGranted switch { NotGrantedReason.Died => Departures.Died, NotGrantedReason.Moved => Departures.Moved, _ => Departures.Declined } : null;
        Walk(episode, made, received, began, status == DolsStatus.Withdrawn ? null : assessed, at, leaves ?? (status == DolsStatus.Granted ? Departures.MovedOn : status == DolsStatus.NotGranted ? "not-granted" : "no-deprivation"));
        if (completed >= Contract.FromDate && status != DolsStatus.Withdrawn && backlog.Count < 371 / share && waited > 60)
        {
            Give(episode, began < Contract.FromDate ? Contract.FromDate : began);
        }

        if (status == DolsStatus.Granted)
        {
            Authorise(episode, made, completed, at);
        }
        else
        {
            DemoTime.Close(episode, at, leaves is null ? status == DolsStatus.NotGranted ? DolsPathway.NotGranted : DolsPathway.NoDeprivation : leaves == Departures.Declined ? DolsPathway.Closed.Withdrawn : leaves, leaves ?? (status == DolsStatus.NotGranted ? "not-granted" : "no-deprivation"));
        }
    }

    private void Authorise(Episode episode, DolsCase made, DateOnly from, DateTime at)
    {
        (made.AuthorisedFromDate, made.AuthorisedUntilDate) = (from, from.AddMonths(random.NextDouble() < 0.6 ? 12 : 6).AddDays(-1));
        made.HasConditions = random.NextDouble() < 0.3;
        var ends = random.NextDouble() < 0.3 ? from.AddDays(20 + random.Next(200)) : made.AuthorisedUntilDate.Value.AddDays(1);
        ends = ends > made.AuthorisedUntilDate.Value.AddDays(1) ? made.AuthorisedUntilDate.Value.AddDays(1) : ends;
        var visit = Guid.CreateVersion7();
        episode.StageKey = DolsPathway.Live;
        if (ends >= DemoCounty.Until)
        {
            spans.Add(DemoTime.Span(episode, DolsPathway.Live, visit, episode.TeamId, null, at, null, null, episode.Priority));
            return;
        }

        made.AuthorisationEndedDate = ends;
        made.EndReason = ends > made.AuthorisedUntilDate ? EndReason.Expired : random.NextDouble() < 0.6 ? EndReason.Died : EndReason.Moved;
        var (exit, departure) = made.EndReason switch { EndReason.Died => (DolsPathway.Closed.Died, Departures.Died), EndReason.Moved => (DolsPathway.Closed.Moved, Departures.Moved), _ => ("ended", "authorisation-ended") };
        var end = DemoTime.On(ends, 9, 30);
        spans.Add(DemoTime.Span(episode, DolsPathway.Live, visit, episode.TeamId, null, at, end, departure, episode.Priority));
        DemoTime.Close(episode, end, exit, departure);
    }

    /// <summary>Who waits, is assessed, or is with the signatory on the last day; the contract's unfinished half among them.</summary>
    private void Open()
    {
        for (var i = 0; i < 640 / share; i++)
        {
            var stage = i % 20 == 0 ? DolsPathway.Check : i % 6 == 0 ? DolsPathway.Assess : i % 31 == 0 ? DolsPathway.Sign : DolsPathway.Allocate;
            var received = stage == DolsPathway.Check ? DemoCounty.Until.AddDays(-random.Next(4)) : DemoCounty.Until.AddDays(-2 - (int)(-90 * Math.Log(1 - (0.98 * random.NextDouble()))));
            var (episode, made) = Application(received, stage);
            var since = received;
            if (stage != DolsPathway.Check)
            {
                since = received.AddDays(1);
                spans.Add(DemoTime.Span(episode, DolsPathway.Check, Guid.CreateVersion7(), episode.TeamId, null, episode.ReceivedOn, DemoTime.On(since, 9, 0), Departures.MovedOn));
                Prioritised(episode, since);
            }

            var began = DemoCounty.Until.AddDays(-Math.Min(10, DemoCounty.Until.DayNumber - since.DayNumber));
            if (stage is DolsPathway.Assess or DolsPathway.Sign)
            {
                spans.Add(DemoTime.Span(episode, DolsPathway.Allocate, Guid.CreateVersion7(), episode.TeamId, null, DemoTime.On(since, 9, 0), DemoTime.On(began, 9, 0), Departures.MovedOn, episode.Priority));
                since = began;
            }

            if (stage == DolsPathway.Sign)
            {
                spans.Add(DemoTime.Span(episode, DolsPathway.Assess, Guid.CreateVersion7(), episode.TeamId, null, DemoTime.On(since, 9, 0), DemoTime.On(DemoCounty.Until.AddDays(-1), 16, 0), Departures.MovedOn, episode.Priority));
                (made.AssessedDate, made.WasFullyAssessed, since) = (DemoCounty.Until.AddDays(-1), true, DemoCounty.Until.AddDays(-1));
            }

            spans.Add(DemoTime.Span(episode, stage, Guid.CreateVersion7(), episode.TeamId, null, stage == DolsPathway.Check ? episode.ReceivedOn : DemoTime.On(since, stage == DolsPathway.Sign ? 16 : 9, 0), null, null, episode.Priority));
            if (stage is DolsPathway.Assess or DolsPathway.Allocate && DemoCounty.Until.DayNumber - received.DayNumber > 60 && backlog.Count < Contract.Target)
            {
                Give(episode, Contract.FromDate.AddDays(random.Next(80)));
            }
        }
    }

    private void Prioritised(Episode episode, DateOnly day)
    {
        var (rag, key, words, score) = random.NextDouble() switch
        {
            < 0.28 => ("red", "objection", "The person objects, by words or acts", 100),
            < 0.72 => ("amber", "unsettled", "Unsettled some of the time", 10),
            _ => ("green", "settled", "Settled, with no objection", 0),
        };
        (episode.Priority, episode.PriorityReason) = (rag switch { "red" => "high", "amber" => "medium", _ => "low" }, $"{rag}: {words}");
        priorities.Add(new DolsPriority { EpisodeId = episode.Id, Criteria = key, Words = words, Score = score, Rag = rag, TableVersion = "Waymark's default", ById = staff.Users["nia.rowe"], SetOn = DemoTime.On(day, 9, 0) });
    }

    private void Give(Episode episode, DateOnly sent) =>
        backlog.Add(new BacklogItem { BacklogContractId = Contract.Id, EpisodeId = episode.Id, Agency = Contract.AgencyNames[backlog.Count % 2], SentDate = sent });

    private void Walk(Episode episode, DolsCase made, DateOnly received, DateOnly began, DateOnly? assessed, DateTime at, string leaves)
    {
        var team = episode.TeamId;
        var accepted = began > received ? DemoTime.On(received.AddDays(1), 9, 0) : episode.ReceivedOn.AddMinutes(20);
        spans.Add(DemoTime.Span(episode, DolsPathway.Check, Guid.CreateVersion7(), team, null, episode.ReceivedOn, accepted, Departures.MovedOn));
        var start = DemoTime.On(began, 10, 0) is var ten && ten > accepted ? ten : accepted.AddMinutes(20);
        if (assessed is null)
        {
            spans.Add(DemoTime.Span(episode, DolsPathway.Allocate, Guid.CreateVersion7(), team, null, accepted, at, leaves));
        }
        else
        {
            var sent = DemoTime.On(assessed.Value, 12, 0) is var noon && noon > start ? noon : start.AddMinutes(20);
            spans.Add(DemoTime.Span(episode, DolsPathway.Allocate, Guid.CreateVersion7(), team, null, accepted, start, Departures.MovedOn));
            spans.Add(DemoTime.Span(episode, DolsPathway.Assess, Guid.CreateVersion7(), team, null, start, sent, Departures.MovedOn));
            spans.Add(DemoTime.Span(episode, DolsPathway.Sign, Guid.CreateVersion7(), team, staff.Users["ellis.ward"], sent, at, leaves));
            made.SignedById = staff.Users["ellis.ward"];
        }

        foreach (var clock in clocks.Where(c => c.EpisodeId == episode.Id).Reverse().Take(2))
        {
            (clock.StoppedOn, clock.StoppedDate) = (at, CareClock.LondonDate(at));
        }
    }

    private (Episode Episode, DolsCase Case) Application(DateOnly received, string stage)
    {
        var person = people.Count > 50 && random.NextDouble() < 0.18 ? people[random.Next(people.Count)] : NewPerson(received);
        var place = places[random.Next(places.Count)];
        var isHospital = place.Kind == "hospital";
        var kind = random.NextDouble() switch { < 0.45 => RequestKind.Urgent, < 0.7 => RequestKind.Further, _ => RequestKind.Standard };
        var number = counters[received.Year] = counters.GetValueOrDefault(received.Year) + 1;
        var episode = new Episode
        {
            Reference = $"DOL-{received.Year}-{number:000000}",
            PathwayKey = DolsPathway.PathwayKey,
            Kind = "dols",
            PersonId = person.Id,
            ReceivedOn = DemoTime.On(received, 8, random.Next(60)),
            ReceivedDate = received,
            StageKey = stage,
            TeamId = staff.Teams["dols"],
            Summary = $"{(kind == RequestKind.Urgent ? "Urgent and standard" : kind == RequestKind.Further ? "Further authorisation" : "Standard")}, {place.Name}",
            Source = "demo",
        };
        var made = new DolsCase
        {
            EpisodeId = episode.Id,
            PersonId = person.Id,
            AuthorityId = place.Id,
            AuthorityName = place.Name,
            Place = isHospital ? random.NextDouble() < 0.8 ? PlaceKind.AcuteHospital : PlaceKind.MentalHealth : random.NextDouble() < 0.45 ? PlaceKind.NursingHome : PlaceKind.CareHome,
            Funding = isHospital ? Funding.Nhs : random.NextDouble() switch { < 0.55 => Funding.Council, < 0.85 => Funding.Self, < 0.95 => Funding.Nhs, _ => Funding.Joint },
            Kind = kind,
            GivenName = person.GivenName,
            FamilyName = person.FamilyName,
            BirthDate = person.BirthDate,
            ReceivedDate = received,
            Disability = random.NextDouble() switch { < 0.58 => DisabilityGroup.Dementia, < 0.74 => DisabilityGroup.LearningDisability, < 0.86 => DisabilityGroup.MentalHealth, _ => DisabilityGroup.Physical },
            UrgentGivenOn = kind == RequestKind.Urgent ? DemoTime.On(received, 7, 30) : null,
            UrgentUntilDate = kind == RequestKind.Urgent ? received.AddDays(6) : null,
        };
        episodes.Add(episode);
        cases.Add(made);
        parties.Add(new EpisodeParty { EpisodeId = episode.Id, PersonId = person.Id, Role = "subject" });
        parties.Add(new EpisodeParty { EpisodeId = episode.Id, OrganisationId = place.Id, Role = "managing-authority", Name = place.Name, Relation = "Managing authority" });
        Clock(episode, DolsPathway.StandardClock, episode.ReceivedOn, received.AddDays(20), "21 days, by law (SI 2008/1858, regulation 13)");
        if (made.UrgentGivenOn is { } given)
        {
            Clock(episode, DolsPathway.UrgentClock, given, received.AddDays(6), "7 days, by law (Mental Capacity Act 2005, Schedule A1, paragraph 78)");
        }

        return (episode, made);
    }

    private void Clock(Episode episode, string key, DateTime from, DateOnly due, string limit) =>
        clocks.Add(new EpisodeClock { EpisodeId = episode.Id, ClockKey = key, StartedOn = from, DueOn = WorkingCalendar.EndOf(due), DueDate = due, Limit = limit });

    private Person NewPerson(DateOnly day)
    {
        var person = makePeople.Next(day);
        people.Add(person);
        return person;
    }
}

using Waymark.FrontDoor.Contacts;
using Waymark.FrontDoor.Prioritisation;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Demo;

/// <summary>What happened in the county, day by day: contacts come, some are forwarded and screened, wait, are given a worker and assessed.</summary>
internal sealed class DemoStory(Random random, DemoStaff staff, int scale)
{
    /// <summary>Contacts in a year and the share forwarded: the source document's 66,400 and 7% (FC-1).</summary>
    private const int ContactsAYear = 66_400;
    private const double Forwarded = 0.0705;

    private readonly List<object> rows = [];
    private readonly List<Person> people = [];
    private readonly DemoPeople makePeople = new(random);
    private readonly Dictionary<(string Prefix, int Year), int> counters = [];

    public IReadOnlyList<object> Tell()
    {
        var queue = new DemoQueue(random, staff, scale, rows);
        var owed = 0d;
        foreach (var _ in Enumerable.Range(0, DemoCurve.WaitingOn(DemoCounty.From, scale)))
        {
            // Those already waiting in April 2021 were referred before the story begins.
            var day = DemoCounty.From.AddDays(-random.Next(200));
            queue.Join(Assessment(Person(day), day, day), day);
        }

        for (var day = DemoCounty.From; day <= DemoCounty.Until; day = day.AddDays(1))
        {
            owed += ContactsAYear / 365.25 / scale * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.25 : 1.3);
            for (; owed >= 1; owed--)
            {
                Contact(day, queue);
            }

            queue.Work(day);
        }

        queue.Finish();
        return rows;
    }

    /// <summary>Where the references of the site go on from.</summary>
    public IEnumerable<ReferenceCounter> Counters() =>
        counters.Select(c => new ReferenceCounter { Prefix = c.Key.Prefix, Year = c.Key.Year, Last = c.Value }).Append(new ReferenceCounter { Prefix = "P", Year = 0, Last = people.Count });

    private void Contact(DateOnly day, DemoQueue queue)
    {
        var person = Person(day);
        var at = DemoTime.On(day, day == DemoCounty.Until ? 8 : 8 + random.Next(9), random.Next(60));
        var isForwarded = random.NextDouble() < Forwarded;
        var outcome = isForwarded ? "forwarded" : random.NextDouble() switch { < 0.52 => "resolved", < 0.9 => "signposted", < 0.94 => "known-worker", < 0.97 => "hospital-discharge", < 0.985 => "other-council", _ => "abandoned" };
        var handler = staff.Workers["first-contact"][random.Next(staff.Workers["first-contact"].Count)];
        var contact = new Contact
        {
            Channel = random.NextDouble() switch { < 0.62 => "phone", < 0.92 => "email", < 0.98 => "online", _ => "letter" },
            HandlerId = handler,
            StartedOn = at,
            SavedOn = at.AddMinutes(4 + random.Next(18)),
            ReceivedDate = day,
            CallerName = random.NextDouble() < 0.4 ? null : "Family member",
            CallerRelation = random.NextDouble() < 0.4 ? "Self" : "Daughter or son",
            Consent = "yes",
            IsThirdParty = false,
        };
        var episode = new Episode
        {
            Reference = Reference("CON", day.Year),
            PathwayKey = ContactPathway.PathwayKey,
            PersonId = person.Id,
            ReceivedOn = at,
            ReceivedDate = day,
            StageKey = "conversation",
            Source = "demo",
        };
        rows.AddRange([contact, episode, new ContactSubject { ContactId = contact.Id, EpisodeId = episode.Id, PersonId = person.Id, Outcome = outcome, IsResolved = !isForwarded, IsForwarded = isForwarded }]);
        var visit = Guid.CreateVersion7();
        var team = staff.Teams["first-contact"];
        if (!isForwarded)
        {
            rows.Add(DemoTime.Span(episode, "conversation", visit, team, handler, at, contact.SavedOn.Value, Departures.Signposted));
            DemoTime.Close(episode, contact.SavedOn.Value, "close", Departures.Signposted);
            rows.Add(Request(person, episode, day, day, "NFA - Information & Advice / Signposting only"));
            return;
        }

        Screen(day, queue, person, episode, contact, visit, handler);
    }

    private void Screen(DateOnly day, DemoQueue queue, Person person, Episode episode, Contact contact, Guid visit, Guid handler)
    {
        var team = staff.Teams["first-contact"];
        var supervisor = staff.Users["sam.reed"];
        var priority = random.NextDouble() switch { < 0.05 => "urgent", < 0.25 => "high", < 0.65 => "medium", _ => "low" };
        episode.Priority = priority;
        var screenedOn = DemoTime.On(DemoTime.WorkingDayAfter(day, random.Next(2)), 16, random.Next(60));
        rows.Add(DemoTime.Span(episode, "conversation", visit, team, handler, contact.StartedOn, contact.SavedOn!.Value, Departures.MovedOn));
        rows.Add(new PrioritisationRecord
        {
            EpisodeId = episode.Id,
            Answers = "{}",
            Priority = priority,
            Reason = "as the caller described",
            TableVersion = "demo",
            ById = handler,
            PrioritisedOn = contact.SavedOn!.Value,
            ScreenedById = screenedOn <= DemoTime.Now ? supervisor : null,
            ScreenedPriority = screenedOn <= DemoTime.Now ? priority : null,
            ScreenedOn = screenedOn <= DemoTime.Now ? screenedOn : null,
        });
        var screening = Guid.CreateVersion7();
        if (screenedOn > DemoTime.Now)
        {
            episode.StageKey = "screen";
            episode.TeamId = team;
            rows.Add(DemoTime.Span(episode, "screen", screening, team, null, contact.SavedOn!.Value, null, null, priority));
            return;
        }

        episode.StageKey = "screen";
        rows.Add(DemoTime.Span(episode, "screen", screening, team, supervisor, contact.SavedOn!.Value, screenedOn, Departures.MovedOn, priority));
        DemoTime.Close(episode, screenedOn, "forward", Departures.MovedOn);
        var joined = DateOnly.FromDateTime(screenedOn);
        rows.Add(Request(person, episode, day, joined, "Progress to Assessment"));
        var assessment = Assessment(person, day, joined, priority);
        rows.Add(new EpisodeLink { FromEpisodeId = episode.Id, ToEpisodeId = assessment.Id, Kind = "opened" });
        queue.Join(assessment, joined);
    }

    private Episode Assessment(Person person, DateOnly received, DateOnly joined, string priority = "medium")
    {
        var episode = new Episode
        {
            Reference = Reference("CAA", joined.Year),
            PathwayKey = ContactPathway.AssessmentPathway,
            Kind = "assessment",
            PersonId = person.Id,
            ReceivedOn = DemoTime.On(received, 9, 0),
            ReceivedDate = received,
            StageKey = "allocate",
            TeamId = staff.Teams[DemoStaff.LocalityOf(person.Ward!)],
            Priority = priority,
            Source = "demo",
        };
        rows.Add(episode);
        return episode;
    }

    /// <summary>Someone known already, or somebody new.</summary>
    private Person Person(DateOnly day)
    {
        if (people.Count > 40 && random.NextDouble() < 0.35)
        {
            return people[random.Next(people.Count)];
        }

        var person = makePeople.Next(day);
        people.Add(person);
        rows.Add(person);
        return person;
    }

    private static CareEvent Request(Person person, Episode episode, DateOnly from, DateOnly to, string outcome) => new()
    {
        PersonId = person.Id,
        Kind = CareEventKind.Request,
        Source = "waymark",
        Reference = episode.Reference,
        StartDate = from,
        EndDate = to,
        Outcome = outcome,
        RouteOfAccess = "Community / other route",
        EpisodeId = episode.Id,
    };

    private string Reference(string prefix, int year)
    {
        var number = counters[(prefix, year)] = counters.GetValueOrDefault((prefix, year)) + 1;
        return $"{prefix}-{year}-{number:000000}";
    }
}

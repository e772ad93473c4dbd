using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Tests.Support;

/// <summary>Spans without casework, for measures.</summary>
public static class GivenSpans
{
    public static Person Person(int number, DateOnly? born = null, Sex sex = Sex.NotKnown, string? ward = null) => new()
    {
        Reference = $"P-{number:000000}", GivenName = $"Given{number}", FamilyName = $"Family{number}", SortKey = $"family{number} given{number}",
        BirthDate = born, Sex = sex, Ward = ward,
    };

    public static StageSpan Span(Person? person, DateOnly from, DateOnly? to, DateOnly? since = null, string? reason = null, Guid? team = null, Guid? episode = null, bool paused = false, Guid? worker = null) => new()
    {
        EpisodeId = episode ?? Guid.CreateVersion7(), PersonId = person?.Id, PathwayKey = TestMeasures.PathwayKey, StageKey = "waiting", VisitId = Guid.CreateVersion7(),
        VisitDate = since ?? from, FromDate = from, FromOn = Noon(from), ToDate = to, ToOn = to is { } end ? Noon(end) : null, EndReason = reason, TeamId = team, WorkerId = worker, IsPaused = paused,
    };

    /// <summary>About thirty people, two hundred spans and some facts over half a year, the same for the same seed.</summary>
    public static async Task RandomCountyAsync(WaymarkDb db, int seed, DateOnly start)
    {
        var random = new Random(seed);
        Guid[] teams = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var people = Enumerable.Range(1, 30).Select(i => Person(i, start.AddDays(-random.Next(16 * 365, 26 * 365)), (Sex)random.Next(4), random.Next(3) == 0 ? null : $"W{random.Next(3)}")).ToList();
        people[0].BirthDate = new DateOnly(2004, 2, 29);
        people[1].BirthDate = null;
        people[2].BirthDate = null;
        people[2].AgeBand = "25 to 44";
        db.AddRange(people);
        for (var i = 0; i < 200; i++)
        {
            var from = start.AddDays(random.Next(180));
            DateOnly? to = random.Next(4) == 0 ? null : from.AddDays(random.Next(0, 60));
            var person = random.Next(12) == 0 ? null : people[random.Next(people.Count)];
            db.Add(Span(person, from, to, from.AddDays(-random.Next(40)), to is null ? null : random.Next(2) == 0 ? Departures.Assessed : Departures.Died,
                random.Next(5) == 0 ? null : teams[random.Next(2)], paused: random.Next(3) == 0));
        }

        for (var i = 0; i < 25; i++)
        {
            var from = start.AddDays(random.Next(-50, 180));
            db.Add(new ReportedFact { PersonId = people[random.Next(people.Count)].Id, FactKey = TestMeasures.FactKey, FromDate = from, ToDate = random.Next(3) == 0 ? null : from.AddDays(random.Next(0, 90)), ImportId = Guid.Empty });
        }

        db.Add(new PopulationEstimate { Key = "adults", Title = "Adults", Date = start.AddYears(-1), People = 580_000, Source = "Test estimate" });
        db.Add(new PopulationEstimate { Key = "adults", Title = "Adults", Date = start.AddDays(90), People = 590_000, Source = "Test estimate" });
        await db.SaveChangesAsync();
    }

    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
}

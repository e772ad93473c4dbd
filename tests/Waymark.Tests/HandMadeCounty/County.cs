using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Tests.HandMadeCounty;

/// <summary>
/// A county of forty people, written by hand, whose figures are worked out in the comments below without Waymark. A row is one Care Act assessment:
/// person, team, received, joined the list, given a worker, ended, why, plan (y), ward.
/// </summary>
internal static class County
{
    // Waiting on 31 July 2024: rows W01 to W11 and W03b, twelve items of eleven people. Days waited:
    //   82 72 60 50 40 30 25 20 15 10 5 0, together 409: mean 409/12 = 34.08; middle two 25 and 30: median 27.5; longest 82.
    //   North has W01 W02 W03 W03b W04 W05 (6), South the other 6. With a plan: W02, W05, W09: 3 of 12 = 25%.
    // Waiting on 24 July: the twelve less W10 and W11 (joined since), with A01 (given a worker on 26 July) and L04 (moved on 28 July): 12.
    //   In the week 2 arrived (W10, W11), 1 was given a worker, 1 moved away: 12 + 2 - 2 = 12.
    // Waiting on 1 June 2024: W01, W02, W03, and those not yet given a worker or gone: A05 (joined 20 May, given 3 June), C05 (joined 1 May, given 10 June): 5.
    // Given a worker and not finished on 31 July: A01 to A09: 9 items of 9 people.
    // Assessed in July 2024: C01 to C06, days from received to assessed 40 50 62 70 80 160, together 462: mean 77, median (62+70)/2 = 66, longest 160.
    // Left the list in July without a worker: L01 died on 12, L02 declined on 15, L03 signposted on 20, L04 moved on 28.
    // Before: H01 to H09 assessed by June, of whom H09 was waiting through all of 2023 (joined 2 January 2023, given 5 January 2024).
    private const string Rows =
        """
        W01 North 2024-05-08 2024-05-10 - - - - Northfield
        W02 North 2024-05-18 2024-05-20 - - - y Northfield
        W03 North 2024-05-30 2024-06-01 - - - - Heathbury
        W03b North 2024-06-10 2024-06-11 - - - - Heathbury
        W04 North 2024-06-20 2024-06-21 - - - - Heathbury
        W05 North 2024-06-30 2024-07-01 - - - y Northfield
        W06 South 2024-07-05 2024-07-06 - - - - Southmead
        W07 South 2024-07-10 2024-07-11 - - - - Southmead
        W08 South 2024-07-15 2024-07-16 - - - - Southmead
        W09 South 2024-07-20 2024-07-21 - - - y Valebridge
        W10 South 2024-07-25 2024-07-26 - - - - Valebridge
        W11 South 2024-07-31 2024-07-31 - - - - Valebridge
        A01 North 2024-07-01 2024-07-02 2024-07-26 - - - Northfield
        A02 North 2024-06-01 2024-06-02 2024-07-01 - - - Northfield
        A03 North 2024-06-03 2024-06-03 2024-07-02 - - - Northfield
        A04 North 2024-06-04 2024-06-05 2024-07-03 - - - Heathbury
        A05 South 2024-05-19 2024-05-20 2024-06-03 - - - Southmead
        A06 South 2024-06-06 2024-06-07 2024-07-05 - - - Southmead
        A07 South 2024-06-08 2024-06-08 2024-07-06 - - - Southmead
        A08 South 2024-06-09 2024-06-10 2024-07-07 - - - Valebridge
        A09 South 2024-06-10 2024-06-11 2024-07-08 - - - Valebridge
        C01 North 2024-06-01 2024-06-02 2024-06-20 2024-07-11 assessed - Northfield
        C02 North 2024-06-02 2024-06-03 2024-06-21 2024-07-22 assessed - Northfield
        C03 South 2024-05-02 2024-05-03 2024-05-30 2024-07-03 assessed - Southmead
        C04 South 2024-05-05 2024-05-06 2024-05-31 2024-07-14 assessed - Southmead
        C05 South 2024-04-30 2024-05-01 2024-06-10 2024-07-19 assessed - Southmead
        C06 North 2024-02-10 2024-02-12 2024-05-01 2024-07-19 assessed - Heathbury
        L01 North 2024-06-20 2024-06-21 - 2024-07-12 died - Heathbury
        L02 South 2024-06-20 2024-06-21 - 2024-07-15 declined - Southmead
        L03 South 2024-07-01 2024-07-02 - 2024-07-20 signposted - Southmead
        L04 South 2024-07-04 2024-07-05 - 2024-07-28 moved - Southmead
        H01 North 2023-01-03 2023-01-04 2023-02-01 2023-03-01 assessed - Northfield
        H02 North 2023-02-03 2023-02-04 2023-03-01 2023-04-01 assessed - Northfield
        H03 North 2023-03-03 2023-03-04 2023-04-01 2023-05-01 assessed - Northfield
        H04 North 2023-04-03 2023-04-04 2023-05-01 2023-06-01 assessed - Heathbury
        H05 South 2023-05-03 2023-05-04 2023-06-01 2023-07-01 assessed - Southmead
        H06 South 2023-06-03 2023-06-04 2023-07-01 2023-08-01 assessed - Southmead
        H07 South 2023-07-03 2023-07-04 2023-08-01 2023-09-01 assessed - Southmead
        H08 South 2023-08-03 2023-08-04 2023-09-01 2023-10-01 assessed - Valebridge
        H09 South 2023-01-01 2023-01-02 2024-01-05 2024-02-05 assessed - Valebridge
        """;

    public static readonly DateOnly Day = new(2024, 7, 31);

    public static async Task MakeAsync(WaymarkDb db)
    {
        var teams = new[] { "North", "South" }.ToDictionary(n => n, n => new Team { Key = n.ToLowerInvariant(), Name = n });
        var worker = new Waymark.Kernel.Access.User { DisplayName = "Jo Mensah", UserName = "jo" };
        var people = new Dictionary<string, Person>();
        db.AddRange(teams.Values);
        db.Add(worker);
        foreach (var row in Rows.Split('\n', StringSplitOptions.TrimEntries).Select(r => r.Split(' ')))
        {
            var (key, team) = (row[0], teams[row[1]]);
            var (received, joined, given, ended) = (Date(row[2])!.Value, Date(row[3])!.Value, Date(row[4]), Date(row[5]));
            var personKey = key.TrimEnd('b');
            if (!people.TryGetValue(personKey, out var person))
            {
                people[personKey] = person = new Person { Reference = $"P-{personKey}", GivenName = "Hand", FamilyName = personKey, SortKey = personKey.ToLowerInvariant(), Ward = row[8], BirthDate = new DateOnly(1940, 1, 1) };
                db.Add(person);
            }

            var episode = new Episode
            {
                Reference = $"CAA-{key}",
                PathwayKey = "care-act-assessment",
                PersonId = person.Id,
                ReceivedOn = At(received),
                ReceivedDate = received,
                StageKey = given is null ? "allocate" : "assess",
                TeamId = team.Id,
                WorkerId = given is null ? null : worker.Id,
                ClosedOn = ended is { } end ? At(end) : null,
                ClosedDate = ended,
                Departure = ended is null ? null : row[6],
                ExitKey = row[6] == "assessed" ? "assessed-eligible" : ended is null ? null : row[6],
            };
            db.Add(episode);
            db.Add(Span(episode, "allocate", null, joined, given ?? ended, given is not null ? Departures.Allocated : ended is null ? null : row[6]));
            if (given is { } from)
            {
                db.Add(Span(episode, "assess", worker.Id, from, ended, ended is null ? null : row[6]));
            }

            if (row[7] == "y")
            {
                db.Add(new ReportedFact { PersonId = person.Id, FactKey = "has-support-plan", FromDate = received, ImportId = Guid.Empty });
            }
        }

        await db.SaveChangesAsync();
    }

    public static Task<Episode> EpisodeAsync(WaymarkDb db, string key) => db.Episodes.SingleAsync(e => e.Reference == $"CAA-{key}");

    private static StageSpan Span(Episode episode, string stage, Guid? worker, DateOnly from, DateOnly? to, string? reason) => new()
    {
        EpisodeId = episode.Id,
        PersonId = episode.PersonId,
        PathwayKey = episode.PathwayKey,
        StageKey = stage,
        VisitId = Guid.CreateVersion7(),
        VisitDate = from,
        TeamId = episode.TeamId,
        WorkerId = worker,
        FromOn = At(from),
        FromDate = from,
        ToOn = to is { } end ? At(end) : null,
        ToDate = to,
        EndReason = reason,
    };

    private static DateTime At(DateOnly day) => CareClock.FromLondon(day, new TimeOnly(9, 30));

    private static DateOnly? Date(string text) => text == "-" ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

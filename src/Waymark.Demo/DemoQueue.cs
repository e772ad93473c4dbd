using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Pathways;

namespace Waymark.Demo;

/// <summary>
/// The waiting list: each working day as many are given a worker as the length of the list asks for, urgent ones first, then mostly the longest waiting;
/// a few are passed over and wait long, as in life.
/// </summary>
internal sealed class DemoQueue(Random random, DemoStaff staff, int scale, List<object> rows)
{
    /// <summary>About a quarter of those who wait had a plan before, from the council's other system.</summary>
    private const double SharePlanned = 0.256;

    private readonly List<Waiter> waiting = [];
    private readonly List<Assessing> assessing = [];

    public void Join(Episode episode, DateOnly day) =>
        waiting.Add(new Waiter(episode, day, Guid.CreateVersion7(), IsPassedOver: episode.Priority == "low" && random.NextDouble() < 0.2, Risk()));

    public void Work(DateOnly day)
    {
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            return;
        }

        foreach (var leaver in waiting.Where(w => w.Joined < day && day < DemoCounty.Until && random.NextDouble() < 0.0016).ToList())
        {
            Leave(leaver, day);
        }

        var target = DemoCurve.WaitingOn(day, scale);
        var most = day.AddDays(-LongestWait(day));
        foreach (var next in waiting.Where(w => w.Joined < day).OrderBy(w => Rank(w, most)).ThenBy(w => w.Joined).ToList())
        {
            if (waiting.Count <= target && next.Joined > most)
            {
                break;
            }

            Allocate(next, day);
        }

        foreach (var done in assessing.Where(a => a.Ends <= day && a.Ends < DemoCounty.Until).ToList())
        {
            Complete(done);
        }
    }

    /// <summary>Who still waits or is being assessed on the last day.</summary>
    public void Finish()
    {
        foreach (var waiter in waiting)
        {
            var episode = waiter.Episode;
            var contacted = DemoCounty.Until.AddDays(-random.Next(1, 45));
            episode.Risk = waiter.Risk;
            episode.LastContactDate = contacted > waiter.Joined ? contacted : waiter.Joined;
            episode.NextContactDueDate = episode.LastContactDate.Value.AddDays(waiter.Risk switch { "red" => 7, "amber" => 28, _ => 42 });
            rows.Add(DemoTime.Span(episode, "allocate", waiter.Visit, episode.TeamId, null, DemoTime.On(waiter.Joined, 16, 0), null, null, episode.Priority, waiter.Risk));
            if (random.NextDouble() < SharePlanned)
            {
                rows.Add(new ReportedFact { PersonId = episode.PersonId!.Value, FactKey = "has-support-plan", FromDate = waiter.Joined.AddDays(-200), ImportId = Guid.Empty });
            }
        }

        foreach (var (waiter, from, _, worker, visit) in assessing)
        {
            (waiter.Episode.StageKey, waiter.Episode.WorkerId) = ("assess", worker);
            rows.Add(DemoTime.Span(waiter.Episode, "assess", visit, waiter.Episode.TeamId, worker, DemoTime.On(from, 10, 0), null, null, waiter.Episode.Priority, waiter.Risk));
        }
    }

    // 130 days in July 2023 and 82 in July 2024 are what the document prints as the longest waits.
    private static int LongestWait(DateOnly day) => day < new DateOnly(2023, 8, 1) ? 130 + ((new DateOnly(2023, 8, 1).DayNumber - day.DayNumber) / 12) : Math.Max(82, 130 - ((day.DayNumber - new DateOnly(2023, 8, 1).DayNumber) / 7));

    private static int Rank(Waiter waiter, DateOnly most) =>
        waiter.Joined <= most ? 0 : waiter.Episode.Priority switch { "urgent" => 1, "high" => 2, _ => waiter.IsPassedOver ? 9 : 3 };

    private void Allocate(Waiter waiter, DateOnly day)
    {
        waiting.Remove(waiter);
        var episode = waiter.Episode;
        var team = staff.Teams.First(t => t.Value == episode.TeamId).Key;
        var worker = staff.Workers[team][random.Next(staff.Workers[team].Count)];
        rows.Add(DemoTime.Span(episode, "allocate", waiter.Visit, episode.TeamId, null, DemoTime.On(waiter.Joined, 16, 0), DemoTime.On(day, 10, 0), Departures.Allocated, episode.Priority, waiter.Risk));
        assessing.Add(new Assessing(waiter, day, day.AddDays(4 + (int)(-22 * Math.Log(1 - (0.95 * random.NextDouble())))), worker, Guid.CreateVersion7()));
    }

    private void Leave(Waiter waiter, DateOnly day)
    {
        waiting.Remove(waiter);
        var why = random.NextDouble() switch { < 0.35 => Departures.Declined, < 0.6 => Departures.Signposted, < 0.8 => Departures.Died, < 0.9 => Departures.Moved, _ => Departures.Duplicate };
        var at = DemoTime.On(day, 12, 0);
        rows.Add(DemoTime.Span(waiter.Episode, "allocate", waiter.Visit, waiter.Episode.TeamId, null, DemoTime.On(waiter.Joined, 16, 0), at, why, waiter.Episode.Priority, waiter.Risk));
        DemoTime.Close(waiter.Episode, at, why, why);
    }

    private void Complete(Assessing done)
    {
        assessing.Remove(done);
        var (waiter, from, ends, worker, visit) = done;
        var episode = waiter.Episode;
        var (exit, departure) = random.NextDouble() switch
        {
            < 0.66 => ("assessed-eligible", Departures.Assessed),
            < 0.9 => ("assessed-not-eligible", Departures.Assessed),
            < 0.95 => ("declined", Departures.Declined),
            < 0.98 => ("died", Departures.Died),
            _ => ("moved", Departures.Moved),
        };
        var at = DemoTime.On(ends, 15, random.Next(60));
        (episode.StageKey, episode.WorkerId) = ("assess", worker);
        rows.Add(DemoTime.Span(episode, "assess", visit, episode.TeamId, worker, DemoTime.On(from, 10, 0), at, departure, episode.Priority, waiter.Risk));
        DemoTime.Close(episode, at, exit, departure);
        if (departure == Departures.Assessed)
        {
            rows.Add(new CareEvent
            {
                PersonId = episode.PersonId!.Value,
                Kind = CareEventKind.Assessment,
                Source = "waymark",
                Reference = episode.Reference,
                StartDate = from,
                EndDate = ends,
                AssessmentType = "Long Term Assessment",
                Outcome = exit == "assessed-eligible" ? "Progress to Support Planning / Services" : "NFA - Information & Advice / Signposting only",
                EpisodeId = episode.Id,
            });
        }
    }

    private string? Risk() => random.NextDouble() switch { < 0.1 => "red", < 0.45 => "amber", _ => "green" };

    private sealed record Waiter(Episode Episode, DateOnly Joined, Guid Visit, bool IsPassedOver, string? Risk);

    private sealed record Assessing(Waiter Waiter, DateOnly From, DateOnly Ends, Guid Worker, Guid Visit);
}

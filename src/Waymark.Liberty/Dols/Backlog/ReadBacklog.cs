using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Liberty.Dols.Backlog;

/// <summary>Where a contract stands at the end of a week.</summary>
/// <param name="Left">Of the target, still to be done.</param>
/// <param name="Planned">What would be left at an even pace.</param>
public sealed record BurnDown(DateOnly Week, int Done, int Left, int Planned);

/// <summary>A contract with what was given to each agency and what came back.</summary>
public sealed record BacklogView(BacklogContract Contract, IReadOnlyList<BurnDown> Weeks, IReadOnlyList<(string Agency, int Given, int Done)> Agencies)
{
    public int Done => Agencies.Sum(a => a.Done);
    public int Left => Math.Max(0, Contract.Target - Done);
}

/// <summary>Reads the burn-down of a contract: an item is done on the day its assessments were, or it ended without them.</summary>
[Scoped]
public sealed class ReadBacklog(WaymarkDb db, CareClock clock)
{
    public async Task<IReadOnlyList<BacklogView>> AllAsync()
    {
        var views = new List<BacklogView>();
        foreach (var contract in await db.Set<BacklogContract>().AsNoTracking().OrderByDescending(c => c.FromDate).ToListAsync())
        {
            var items = await (
                from item in db.Set<BacklogItem>().AsNoTracking()
                where item.BacklogContractId == contract.Id
                join made in db.Set<DolsCase>().AsNoTracking() on item.EpisodeId equals made.EpisodeId
                select new { item.Agency, Done = made.AssessedDate ?? made.CompletedDate }).ToListAsync();
            var today = clock.Today;
            List<DateOnly> done = [.. items.Select(i => i.Done).OfType<DateOnly>().Where(d => d <= today)];
            views.Add(new BacklogView(contract, Weeks(contract, done, today),
                [.. contract.AgencyNames.Select(a => (a, items.Count(i => i.Agency == a), items.Count(i => i.Agency == a && i.Done <= today)))]));
        }

        return views;
    }

    /// <summary>Pure: from the first day by weeks to the last or today, whichever is earlier.</summary>
    public static IReadOnlyList<BurnDown> Weeks(BacklogContract contract, IReadOnlyCollection<DateOnly> done, DateOnly today)
    {
        var weeks = new List<BurnDown>();
        var last = today < contract.UntilDate ? today : contract.UntilDate;
        var length = Math.Max(1, contract.UntilDate.DayNumber - contract.FromDate.DayNumber);
        for (var day = contract.FromDate; ; day = day.AddDays(7))
        {
            var at = day < last ? day : last;
            var count = done.Count(d => d <= at);
            weeks.Add(new BurnDown(at, count, Math.Max(0, contract.Target - count), (int)Math.Round(contract.Target * (contract.UntilDate.DayNumber - at.DayNumber) / (double)length)));
            if (day >= last)
            {
                return weeks;
            }
        }
    }
}

/// <summary>Writes down a contract, or gives waiting requests to one of its agencies, the longest waiting first.</summary>
[Scoped]
public sealed class KeepBacklog(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit)
{
    public async Task AddAsync(string? name, string? agencies, int? target, DateOnly? from, DateOnly? until)
    {
        Check();
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new RefusedException("Give the contract a name.", "Name");
        }

        if (string.IsNullOrWhiteSpace(agencies))
        {
            throw new RefusedException("Name the agencies, with commas between them.", "Agencies");
        }

        if (until is null || from is null || until <= from)
        {
            throw new RefusedException("Give a first day, and a last day after it.", "Until");
        }

        var contract = new BacklogContract
        {
            Name = name.Trim(), Agencies = agencies.Trim(), Target = target is > 0 ? target.Value : throw new RefusedException("Give the number of assessments.", "Target"), FromDate = from.Value, UntilDate = until.Value,
        };
        db.Add(contract);
        audit.Record("add-backlog-contract", contract, new { contract.Target });
        await db.SaveChangesAsync();
    }

    /// <returns>How many were given.</returns>
    public async Task<int> GiveAsync(Guid contractId, string? agency, int? count)
    {
        Check();
        var contract = await db.Set<BacklogContract>().AsNoTracking().FirstOrDefaultAsync(c => c.Id == contractId) ?? throw new RefusedException("There is no such contract.");
        if (agency is null || !contract.AgencyNames.Contains(agency))
        {
            throw new RefusedException("Choose the agency.", "Agency");
        }

        if (count is not (> 0 and <= 500))
        {
            throw new RefusedException("Give how many, 1 to 500.", "Count");
        }

        var waiting = await db.Episodes
            .Where(e => e.PathwayKey == DolsPathway.PathwayKey && e.ClosedDate == null && e.StageKey == DolsPathway.Allocate && !db.Set<BacklogItem>().Any(i => i.EpisodeId == e.Id) && db.Set<DolsCase>().Any(c => c.EpisodeId == e.Id))
            .OrderBy(e => e.ReceivedOn).ThenBy(e => e.Reference).Take(count.Value).Select(e => e.Id).ToListAsync();
        if (waiting.Count == 0)
        {
            throw new RefusedException("No request waits for assessors that is not given to an agency already.");
        }

        db.AddRange(waiting.Select(id => new BacklogItem { BacklogContractId = contract.Id, EpisodeId = id, Agency = agency, SentDate = clock.Today }));
        audit.Record("give-backlog", contract, new { agency, waiting.Count });
        await db.SaveChangesAsync();
        return waiting.Count;
    }

    private void Check()
    {
        if (!viewer.May(LibertyCan.Work))
        {
            throw new RefusedException("You may not keep backlog contracts.");
        }
    }
}

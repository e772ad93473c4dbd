using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Messages;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Access;

/// <summary>
/// Opens what is restricted about one person for one user, for some hours, with a reason. The record's owner is told at once; someone else judges it.
/// </summary>
[Scoped]
public sealed class OpenBreakGlass(WaymarkDb db, Viewer viewer, TimeProvider time, CareClock clock, RecordAccess access, CouncilPolicy policy, Outbox outbox, Auditor audit)
{
    public const int LeastReason = 10;

    /// <summary>How long it opens a record, by the council's policy.</summary>
    public int Hours => (int)Math.Clamp(policy.NumberAt("access.break-glass-hours", clock.Today), 1, 72);

    /// <summary>Whether anything of the person is closed to the viewer that break-glass would open.</summary>
    public async Task<bool> WouldOpenAsync(Guid personId) => (await StandInTheWayAsync(personId)).Count > 0;

    /// <exception cref="RefusedException">No reason, nothing to open, or a declared interest.</exception>
    public async Task<BreakGlass> RunAsync(Guid personId, string? reason)
    {
        var why = reason?.Trim() ?? "";
        if (why.Length < LeastReason)
        {
            throw new RefusedException($"Enter why you must see this record now, in {LeastReason} characters or more", "Reason");
        }

        var sight = await access.SightOfPersonAsync(personId);
        if (sight.IsHidden || sight.IsDeclared)
        {
            sight.Demand();
        }

        var owners = await StandInTheWayAsync(personId);
        if (owners.Count == 0)
        {
            throw new RefusedException("Nothing of this record that break-glass would open is closed to you.");
        }

        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var opening = new BreakGlass { UserId = viewer.UserId, PersonId = personId, Reason = why, OpenedOn = now, ExpiresOn = now.AddHours(Hours), OwnerId = owners.FirstOrDefault(o => o != Guid.Empty) };
        db.BreakGlasses.Add(opening);
        audit.Record("break-glass", opening, new { opening.OwnerId, opening.ExpiresOn }, personId);
        foreach (var email in await db.Users.Where(u => owners.Contains(u.Id) && u.Email != null && u.LeftOn == null).Select(u => u.Email!).ToListAsync())
        {
            outbox.QueueEmail("break-glass-opened", email, "A restricted record was opened", string.Create(CultureInfo.InvariantCulture, $"""
                {viewer.DisplayName} opened a restricted record that you own, with break-glass, and gave a reason. It stays open to them for {Hours} hours.

                Sign in to Waymark and look at "Break-glass" (/admin/break-glass/{opening.Id}) to see whose record it is, the reason and what was looked at. This message says no more on purpose.
                """));
        }

        await db.SaveChangesAsync();
        return opening;
    }

    /// <summary>Owners of what break-glass would open, each once: of restrictions, else the managers of the teams whose pathway is closed. An empty id where there is none.</summary>
    private async Task<List<Guid>> StandInTheWayAsync(Guid personId)
    {
        var owners = await access.BarringOwnersAsync(personId);
        var episodes = await access.ClosedByPathwayAsync(personId);
        if (episodes.Count > 0)
        {
            var (teams, today) = (episodes.OfType<Guid>().ToList(), clock.Today);
            var managers = await db.TeamMembers.Where(m => teams.Contains(m.TeamId) && m.IsManager && m.FromDate <= today && (m.ToDate == null || m.ToDate > today)).Select(m => m.UserId).ToListAsync();
            owners.AddRange(managers.Count > 0 ? managers : [Guid.Empty]);
        }

        return [.. owners.Distinct()];
    }
}

/// <summary>Judges an opening: whether it was right. By someone who may, and not by whoever opened it.</summary>
[Scoped]
public sealed class JudgeBreakGlass(WaymarkDb db, Viewer viewer, TimeProvider time, Auditor audit)
{
    public async Task RunAsync(Guid openingId, bool? wasRight, string? words)
    {
        if (!viewer.May(Can.JudgeBreakGlass))
        {
            throw new RefusedException("You may not judge break-glass.");
        }

        var opening = await db.BreakGlasses.SingleOrDefaultAsync(b => b.Id == openingId) ?? throw new RefusedException("There is no such opening.");
        if (opening.UserId == viewer.UserId)
        {
            throw new RefusedException("You opened this record yourself. Someone else judges it.");
        }

        if (opening.JudgedOn is not null)
        {
            throw new RefusedException("This was judged already.");
        }

        var right = wasRight ?? throw new RefusedException("Choose whether it was right", "WasRight");
        if (!right && string.IsNullOrWhiteSpace(words))
        {
            throw new RefusedException("Enter what was not right and what follows", "Words");
        }

        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        (opening.JudgedOn, opening.JudgedById, opening.WasRight, opening.Judgement) = (now, viewer.UserId, right, words?.Trim());
        if (!right && opening.ExpiresOn > now)
        {
            opening.ExpiresOn = now;
        }

        audit.Record("judge-break-glass", opening, new { right }, opening.PersonId);
        await db.SaveChangesAsync();
    }
}

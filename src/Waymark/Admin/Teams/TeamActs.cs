using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.People;

namespace Waymark.Host.Admin.Teams;

/// <summary>Makes a team. Its key, made from the name, stays when the name changes: policy, extracts and measures use it.</summary>
[Scoped]
public sealed class AddTeam(WaymarkDb db, Auditor audit)
{
    public async Task<Team> RunAsync(string? name, string? key)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new RefusedException("Enter the name of the team", "Name");
        }

        var made = string.Join('-', (string.IsNullOrWhiteSpace(key) ? Names.Fold(name) : Names.Fold(key)).Split([' ', '-', '.', ',', '&', '/', '\''], StringSplitOptions.RemoveEmptyEntries));
        if (await db.Teams.AnyAsync(t => t.Key == made))
        {
            throw new RefusedException($"There is a team with the key “{made}” already. Give this one another", "Key");
        }

        var team = new Team { Key = made, Name = name.Trim() };
        db.Teams.Add(team);
        audit.Record("add-team", team, new { team.Key });
        await db.SaveChangesAsync();
        return team;
    }
}

/// <summary>Renames a team, closes it from a day, opens it again.</summary>
[Scoped]
public sealed class ChangeTeam(WaymarkDb db, Auditor audit)
{
    public async Task RunAsync(Guid teamId, string? name, DateOnly? closedDate)
    {
        var team = await db.Teams.SingleAsync(t => t.Id == teamId);
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new RefusedException("Enter the name of the team", "Name");
        }

        team.Name = name.Trim();
        team.ClosedDate = closedDate;
        audit.Record("change-team", team, new { closedDate });
        await db.SaveChangesAsync();
    }
}

/// <summary>Puts a user into a team from a day, and ends it.</summary>
[Scoped]
public sealed class PlaceInTeam(WaymarkDb db, Auditor audit, CareClock clock)
{
    public async Task RunAsync(Guid teamId, Guid? userId, bool isManager, DateOnly? fromDate)
    {
        if (userId is not { } user || !await db.Users.AnyAsync(u => u.Id == user && u.LeftOn == null))
        {
            throw new RefusedException("Choose a user", "UserId");
        }

        var from = fromDate ?? clock.Today;
        if (await db.TeamMembers.AnyAsync(m => m.TeamId == teamId && m.UserId == user && (m.ToDate == null || m.ToDate > from)))
        {
            throw new RefusedException("They are in this team already. End that first if they become, or stop being, its manager", "UserId");
        }

        var member = new TeamMember { TeamId = teamId, UserId = user, IsManager = isManager, FromDate = from };
        db.TeamMembers.Add(member);
        audit.Record("place-in-team", member, new { teamId, userId = user, isManager, from });
        await db.SaveChangesAsync();
    }

    /// <param name="toDate">The first day on which they are no longer in it; today when not given.</param>
    public async Task EndAsync(Guid teamId, Guid memberId, DateOnly? toDate)
    {
        var member = await db.TeamMembers.SingleOrDefaultAsync(m => m.Id == memberId && m.TeamId == teamId) ?? throw new RefusedException("They are not in this team");
        member.ToDate = TeamDates.End(member.FromDate, toDate ?? clock.Today);
        audit.Record("end-place-in-team", member, new { teamId, member.UserId, member.ToDate });
        await db.SaveChangesAsync();
    }
}

/// <summary>Gives a team a duty, everywhere or for some wards, from a day, and ends it.</summary>
[Scoped]
public sealed class GiveDuty(WaymarkDb db, Auditor audit, CareClock clock, Catalogue catalogue)
{
    public async Task RunAsync(Guid teamId, string? dutyKey, string? wards, DateOnly? fromDate)
    {
        if (dutyKey is null || !catalogue.Duties.ContainsKey(dutyKey))
        {
            throw new RefusedException("Choose a duty", "DutyKey");
        }

        var duty = new TeamDuty
        {
            TeamId = teamId,
            DutyKey = dutyKey,
            Wards = string.Join(',', (wards ?? "").Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)),
            FromDate = fromDate ?? clock.Today,
        };
        db.TeamDuties.Add(duty);
        audit.Record("give-duty", duty, new { teamId, dutyKey, duty.Wards, duty.FromDate });
        await db.SaveChangesAsync();
    }

    public async Task EndAsync(Guid teamId, Guid teamDutyId, DateOnly? toDate)
    {
        var duty = await db.TeamDuties.SingleOrDefaultAsync(d => d.Id == teamDutyId && d.TeamId == teamId) ?? throw new RefusedException("The team does not have that duty");
        duty.ToDate = TeamDates.End(duty.FromDate, toDate ?? clock.Today);
        audit.Record("end-duty", duty, new { teamId, duty.DutyKey, duty.ToDate });
        await db.SaveChangesAsync();
    }
}

internal static class TeamDates
{
    public static DateOnly End(DateOnly from, DateOnly to) => to >= from ? to : throw new RefusedException($"The end cannot be before the start, {Kernel.Ui.Format.Date(from)}", "ToDate");
}

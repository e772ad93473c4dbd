using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>What a restriction says, as typed.</summary>
public sealed record RestrictionDetails
{
    /// <summary><c>person</c>, <c>field:address</c>, <c>episode:</c> and its id.</summary>
    [Display(Name = "What is restricted")]
    public string? Scope { get; set; }

    public string? Reason { get; set; }

    [Display(Name = "Teams that may see it")]
    public List<Guid> TeamIds { get; set; } = [];

    /// <summary>User names or e-mail addresses, one a line.</summary>
    [Display(Name = "People who may see it")]
    public string? Users { get; set; }

    [Display(Name = "Hide even that it exists")]
    public bool HidesStub { get; set; }
}

/// <summary>Restricts a person, one field, or an episode. Who does it owns the restriction: break-glass reaches them.</summary>
[Scoped]
public sealed class RestrictRecord(WaymarkDb db, Viewer viewer, TimeProvider time, RecordAccess access, RestrictionRules rules, Auditor audit)
{
    /// <exception cref="RefusedException">What was typed cannot be taken, or the viewer may not see the record.</exception>
    public async Task<Restriction> RunAsync(Guid personId, RestrictionDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        (await access.SightOfPersonAsync(personId)).Demand();
        var reason = RestrictionRules.Reason(details.Reason);
        var (episodeId, field) = await rules.ScopeAsync(personId, details.Scope);
        if (await db.Restrictions.AnyAsync(r => r.PersonId == personId && r.EpisodeId == episodeId && r.Field == field && r.ToOn == null))
        {
            throw new RefusedException("This is restricted already: change that restriction instead", nameof(details.Scope));
        }

        var restriction = new Restriction
        {
            PersonId = personId, EpisodeId = episodeId, Field = field, HidesStub = details.HidesStub, Reason = reason, OwnerId = viewer.UserId,
            AllowedUserIds = Restriction.Join(await rules.UsersAsync(details.Users)), AllowedTeamIds = Restriction.Join(await rules.TeamsAsync(details.TeamIds)),
            FromOn = Instants.Truncate(time.GetUtcNow().UtcDateTime),
        };
        db.Restrictions.Add(restriction);
        audit.Record("restrict-record", restriction, new { episodeId, field, details.HidesStub, restriction.AllowedUserIds, restriction.AllowedTeamIds }, personId);
        await db.SaveChangesAsync();
        return restriction;
    }
}

/// <summary>Changes who stands within a restriction, hands it to another owner, or lifts it.</summary>
[Scoped]
public sealed class ChangeRestriction(WaymarkDb db, Viewer viewer, TimeProvider time, RecordAccess access, RestrictionRules rules, Auditor audit)
{
    /// <param name="owner">User name or e-mail of the owner from now on; empty leaves it.</param>
    public async Task RunAsync(Guid restrictionId, int version, RestrictionDetails details, string? owner = null)
    {
        ArgumentNullException.ThrowIfNull(details);
        var restriction = await InForceAsync(restrictionId, version);
        restriction.Reason = RestrictionRules.Reason(details.Reason);
        restriction.AllowedUserIds = Restriction.Join(await rules.UsersAsync(details.Users));
        restriction.AllowedTeamIds = Restriction.Join(await rules.TeamsAsync(details.TeamIds));
        restriction.HidesStub = details.HidesStub;
        restriction.OwnerId = string.IsNullOrWhiteSpace(owner) ? restriction.OwnerId : (await rules.UsersAsync(owner, "Owner"))[0];
        audit.Record("change-restriction", restriction, new { restriction.HidesStub, restriction.OwnerId, restriction.AllowedUserIds, restriction.AllowedTeamIds }, restriction.PersonId);
        await db.SaveChangesAsync();
    }

    public async Task LiftAsync(Guid restrictionId, int version, string? reason)
    {
        var why = RestrictionRules.Reason(reason, "LiftReason");
        var restriction = await InForceAsync(restrictionId, version);
        (restriction.ToOn, restriction.LiftedById, restriction.LiftedReason) = (Instants.Truncate(time.GetUtcNow().UtcDateTime), viewer.UserId, why);
        audit.Record("lift-restriction", restriction, null, restriction.PersonId);
        await db.SaveChangesAsync();
    }

    private async Task<Restriction> InForceAsync(Guid id, int version)
    {
        var restriction = await db.Restrictions.SingleOrDefaultAsync(r => r.Id == id) ?? throw new RefusedException("There is no such restriction.");
        (await access.SightOfPersonAsync(restriction.PersonId)).Demand();

        // Who stands outside a restriction does not let themselves in by changing it.
        if (!await access.IsWithinAsync(restriction))
        {
            throw new RefusedException("Only someone who may see what is restricted may change the restriction.");
        }

        db.Entry(restriction).Property(r => r.Version).OriginalValue = version;
        return restriction.ToOn is null ? restriction : throw new RefusedException("This restriction was lifted already.");
    }
}

/// <summary>Reads what was typed about a restriction.</summary>
[Scoped]
public sealed class RestrictionRules(WaymarkDb db, RecordAccess access)
{
    public static string Reason(string? reason, string field = nameof(RestrictionDetails.Reason)) => reason?.Trim() is { Length: > 0 } given ? given : throw new RefusedException("Enter the reason", field);

    internal async Task<(Guid? EpisodeId, string? Field)> ScopeAsync(Guid personId, string? scope)
    {
        switch (scope?.Split(':', 2))
        {
            case ["person"]:
                return (null, null);
            case ["field", var field] when RestrictedFields.All.ContainsKey(field):
                return (null, field);
            case ["episode", var id] when Guid.TryParse(id, out var episodeId) && await access.Visible(db.Episodes).AnyAsync(e => e.Id == episodeId && e.PersonId == personId):
                return (episodeId, null);
            default:
                throw new RefusedException("Choose what is restricted", nameof(RestrictionDetails.Scope));
        }
    }

    internal async Task<List<Guid>> TeamsAsync(List<Guid> ids) => await db.Teams.Where(t => ids.Contains(t.Id)).Select(t => t.Id).ToListAsync();

    /// <exception cref="RefusedException">A line is nobody's name; says which.</exception>
    internal async Task<List<Guid>> UsersAsync(string? lines, string field = nameof(RestrictionDetails.Users))
    {
        var found = new List<Guid>();
        foreach (var line in (lines ?? "").Split(['\n', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = line.ToUpperInvariant();
            var user = await db.Users.Where(u => u.CanSignIn && u.LeftOn == null && (u.NormalizedUserName == name || u.NormalizedEmail == name)).Select(u => (Guid?)u.Id).FirstOrDefaultAsync();
            found.Add(user ?? throw new RefusedException($"Nobody signs in as “{line}”. Enter user names or e-mail addresses, one a line", field));
        }

        return found;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Organisations;

namespace Waymark.Tests.Support;

/// <summary>Users who sign in, and their teams.</summary>
public static partial class Given
{
    /// <summary>
    /// A user with a role for the whole council and, with <paramref name="team"/>, a member of it since a year before the care clock's day.
    /// <c>site.Client(user.Id)</c> is signed in as them.
    /// </summary>
    /// <param name="roleKey">One of <see cref="Roles"/>; <c>null</c> for a user who may do nothing.</param>
    public static Task<User> UserAsync(TestSite site, string? roleKey, Team? team = null, string? name = null, bool isManager = false) => site.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var id = Guid.CreateVersion7();
        var userName = $"{roleKey ?? "user"}-{id:N}";
        var user = new User
        {
            Id = id,
            DisplayName = name ?? $"A {roleKey?.Replace('-', ' ') ?? "user"}",
            UserName = userName,
            NormalizedUserName = userName.ToUpperInvariant(),
            Email = $"{userName}@example.com",
            NormalizedEmail = $"{userName}@example.com".ToUpperInvariant(),
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        db.Users.Add(user);
        if (roleKey is not null)
        {
            db.RoleGrants.Add(new RoleGrant { UserId = user.Id, RoleKey = roleKey, Source = "local" });
        }

        if (team is not null)
        {
            db.TeamMembers.Add(new TeamMember { TeamId = team.Id, UserId = user.Id, IsManager = isManager, FromDate = services.GetRequiredService<CareClock>().Today.AddYears(-1) });
        }

        await db.SaveChangesAsync();
        return user;
    });

    /// <summary>The team of that key, made if it is not there, holding the duties everywhere.</summary>
    public static Task<Team> TeamAsync(TestSite site, string key, params string[] duties) => site.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var from = services.GetRequiredService<CareClock>().Today.AddYears(-3);
        var team = await db.Teams.SingleOrDefaultAsync(t => t.Key == key);
        if (team is null)
        {
            db.Teams.Add(team = new Team { Key = key, Name = key.Replace('-', ' ') });
        }

        db.TeamDuties.AddRange(duties.Select(d => new TeamDuty { TeamId = team.Id, DutyKey = d, FromDate = from }));
        await db.SaveChangesAsync();
        return team;
    });
}

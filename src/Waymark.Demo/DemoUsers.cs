using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Organisations;

namespace Waymark.Demo;

/// <summary>The people who may be picked at <c>/demo</c>, one for each role, and the workers and teams of the made-up county.</summary>
public static class DemoUsers
{
    public static readonly IReadOnlyList<DemoUser> All =
    [
        new("asha.patel", "Asha Patel", "front-door-adviser", "first-contact", false, "Take a call: New contact, then forward it."),
        new("sam.reed", "Sam Reed", "front-door-supervisor", "first-contact", true, "Screen what Asha passed on: My day."),
        new("jo.mensah", "Jo Mensah", "social-worker", "north-locality", false, "Complete an assessment that was given to you."),
        new("priya.nair", "Priya Nair", "team-manager", "north-locality", true, "Give the work out and approve it: Work list."),
        new("nina.okoro", "Nina Okoro", "social-worker", "safeguarding", false, "Triage a concern and make an enquiry: My day."),
        new("tom.ellis", "Tom Ellis", "safeguarding-lead", "safeguarding", true, "See the clock wall, approve an enquiry, restrict a record."),
        new("lee.wong", "Lee Wong", "analyst", null, false, "Open a measure and its rows: Measures."),
        new("chris.doyle", "Chris Doyle", "performance-lead", null, false, "Read the weekly pack and publish a figure."),
        new("alex.hart", "Alex Hart", "administrator", null, false, "Users, teams, policy, audit."),
        new("nia.rowe", "Nia Rowe", "dols-team", "dols", false, "Check a deprivation of liberty request and appoint assessors: Work list."),
        new("ellis.ward", "Ellis Ward", "dols-signatory", "dols", false, "Sign a decision on a deprivation of liberty: Work list."),
        new("bea.ives", "Bea Ives", "social-worker", "dols", false, "Complete an assessment you are appointed to: My day."),
        new("robin.hale", "Robin Hale", "managing-authority", "meadow-view", false, "A care home: ask for an authorisation and follow it."),
        new("rowan.lewis", "Rowan Lewis", "records-officer", null, false, "Retention, subject access, who looked at whom."),
    ];

    /// <summary>Team key, name, duties, workers beside the users above.</summary>
    private static readonly (string Key, string Name, string[] Duties, string[] Workers)[] Teams =
    [
        ("first-contact", "First Contact Team", ["first-contact", "front-door-supervision", "safeguarding-screen"], ["Dev Anand", "Mollie Grant"]),
        ("north-locality", "North Locality", ["locality-assessment"], ["Ade Bello", "Kate Morris", "Ines Duarte"]),
        ("south-locality", "South Locality", ["locality-assessment"], ["Owen Price", "Farah Aziz", "Tess Walker"]),
        ("safeguarding", "Safeguarding Team", ["safeguarding-triage", "safeguarding-enquiry"], ["Bea Lund", "Carl Osei"]),
        ("dols", "DoLS Team", ["dols"], ["Greta Field"]),
        ("meadow-view", "Meadow View care home", [], []),
        ("city-locality", "City Locality", ["locality-assessment"], ["Hugo Lane", "Mina Das", "Ruth Cole"]),
    ];

    /// <summary>Wards each locality team covers; between them, every ward of <see cref="DemoPeople.Wards"/>.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> WardsOf = new Dictionary<string, string[]>
    {
        ["north-locality"] = ["Northfield", "Heathbury", "Marlow Cross", "Stoneleigh"],
        ["south-locality"] = ["Southmead", "Valebridge", "Thornton", "Wellesby"],
        ["city-locality"] = ["Castlegate", "Riverside", "Eastgate", "Minster"],
    };

    internal static DemoStaff Make(WaymarkDb db, DateOnly from)
    {
        var teams = Teams.ToDictionary(t => t.Key, t => new Team { Key = t.Key, Name = t.Name });
        var workers = teams.Keys.ToDictionary(k => k, _ => new List<Guid>());
        db.AddRange(teams.Values);
        foreach (var (key, _, duties, names) in Teams)
        {
            foreach (var duty in duties)
            {
                db.Add(new TeamDuty { TeamId = teams[key].Id, DutyKey = duty, FromDate = from, Wards = string.Join(',', WardsOf.GetValueOrDefault(key, [])) });
            }

            foreach (var name in names)
            {
                var worker = NewUser(name.ToLowerInvariant().Replace(' ', '.'), name, canSignIn: false);
                db.Add(worker);
                db.Add(new TeamMember { TeamId = teams[key].Id, UserId = worker.Id, FromDate = from });
                workers[key].Add(worker.Id);
            }
        }

        var ids = new Dictionary<string, Guid>();
        foreach (var demo in All)
        {
            var user = NewUser(demo.UserName, demo.Name, canSignIn: true);
            ids[demo.UserName] = user.Id;
            db.Add(user);
            db.Add(new RoleGrant { UserId = user.Id, RoleKey = demo.RoleKey, Source = "local" });
            if (demo.TeamKey is { } team)
            {
                db.Add(new TeamMember { TeamId = teams[team].Id, UserId = user.Id, IsManager = demo.IsManager, FromDate = from });
                if (!demo.IsManager)
                {
                    workers[team].Add(user.Id);
                }
            }
        }

        return new DemoStaff(teams.ToDictionary(t => t.Key, t => t.Value.Id), workers, ids);
    }

    private static User NewUser(string userName, string name, bool canSignIn) => new()
    {
        UserName = userName,
        NormalizedUserName = userName.ToUpperInvariant(),
        DisplayName = name,
        CanSignIn = canSignIn,
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };
}

/// <param name="Note">What to try first, shown at the picker.</param>
public sealed record DemoUser(string UserName, string Name, string RoleKey, string? TeamKey, bool IsManager, string Note);

internal sealed record DemoStaff(IReadOnlyDictionary<string, Guid> Teams, IReadOnlyDictionary<string, List<Guid>> Workers, IReadOnlyDictionary<string, Guid> Users)
{
    public static string LocalityOf(string ward) => DemoUsers.WardsOf.First(w => w.Value.Contains(ward)).Key;
}

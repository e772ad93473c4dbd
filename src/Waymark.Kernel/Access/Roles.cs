using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>A named set of permissions; a council grants it to users, for the whole council or for one team. <see cref="Key"/> is stored, <see cref="Title"/> shown.</summary>
/// <param name="About">One sentence for whoever grants it.</param>
public sealed record Role(string Key, string Title, string About, IReadOnlySet<string> Permissions);

/// <summary>
/// The roles of the house and what each may do by default. A module's own permission says itself which of them hold it (<see cref="Permission.Roles"/>).
/// </summary>
public static class Roles
{
    public const string FrontDoorAdviser = "front-door-adviser";
    public const string FrontDoorSupervisor = "front-door-supervisor";
    public const string SocialWorker = "social-worker";
    public const string TeamManager = "team-manager";
    public const string Analyst = "analyst";
    public const string PerformanceLead = "performance-lead";
    public const string Administrator = "administrator";
    public const string RecordsOfficer = "records-officer";
    public const string Operator = "operator";
    public const string SafeguardingLead = "safeguarding-lead";
    public const string DolsTeam = "dols-team";
    public const string DolsSignatory = "dols-signatory";
    public const string ManagingAuthority = "managing-authority";

    private static readonly string[] Casework = [Can.ViewPeople, Can.EditPeople, Can.ViewWork, Can.DoWork, Can.WriteNotes, Can.AttachFiles, Can.ViewMeasures];

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<Role> All { get; } =
    [
        Named(FrontDoorAdviser, "Front door adviser", "Takes contacts, prioritises them and resolves what can be resolved.", [.. Casework, Can.TakeContacts]),
        Named(FrontDoorSupervisor, "Front door supervisor", "Screens what advisers pass on and gives it to a team.",
            [.. Casework, Can.TakeContacts, Can.ScreenContacts, Can.AllocateWork, Can.ApproveWork, Can.OpenMeasureRows, Can.SeeNamesInMeasures]),
        Named(SocialWorker, "Social worker", "Assesses, plans and reviews; writes the record.", Casework),
        Named(TeamManager, "Team manager", "Gives out the team's work, approves it and sees its lists by name.",
            [.. Casework, Can.AllocateWork, Can.ApproveWork, Can.CloseInBulk, Can.CorrectRecords, Can.OpenMeasureRows, Can.SeeNamesInMeasures, Can.RestrictRecords]),
        Named(SafeguardingLead, "Safeguarding lead", "Decides who may see restricted records and judges each break-glass.",
            [.. Casework, Can.AllocateWork, Can.ApproveWork, Can.OpenMeasureRows, Can.SeeNamesInMeasures, Can.RestrictRecords, Can.JudgeBreakGlass]),
        Named(DolsTeam, "DoLS team", "Receives requests for deprivation of liberty authorisations, prioritises them and appoints assessors.",
            [.. Casework, Can.AllocateWork, Can.OpenMeasureRows, Can.SeeNamesInMeasures]),
        Named(DolsSignatory, "DoLS signatory", "Signs decisions on deprivation of liberty for the supervisory body.", [Can.ViewPeople, Can.ViewWork, Can.WriteNotes, Can.ViewMeasures]),
        Named(ManagingAuthority, "Care home or hospital (DoLS)", "Asks for deprivation of liberty authorisations and sees its own requests, nothing else.", []),
        Named(Analyst, "Analyst", "Opens measures and their rows under pseudonyms; no names.", [Can.ViewMeasures, Can.OpenMeasureRows]),
        Named(PerformanceLead, "Performance lead", "Reads every measure, loads extracts and publishes figures.",
            [Can.ViewWork, Can.ViewMeasures, Can.OpenMeasureRows, Can.PublishFigures, Can.Import]),
        Named(Administrator, "Administrator", "Manages users, teams and the council's policy. Sees no records about people.",
            [Can.ManageUsers, Can.ManageTeams, Can.EditPolicy, Can.ReadAudit, Can.RunSystem, Can.ViewMeasures]),
        Named(RecordsOfficer, "Records officer", "Merges records, corrects them, answers subject access requests, disposes of what is due.",
            [Can.ViewPeople, Can.EditPeople, Can.MergePeople, Can.ViewWork, Can.CorrectRecords, Can.CloseInBulk, Can.AttachFiles, Can.ReadAudit, Can.DisposeRecords, Can.SubjectAccess, Can.RestrictRecords, Can.Import]),
        Named(Operator, "System operator", "Keeps the system running: health, messages, jobs, back-ups.", [Can.RunSystem]),
    ];

    public static Role? Find(string key) => All.FirstOrDefault(r => r.Key == key);

    private static Role Named(string key, string title, string about, IEnumerable<string> permissions) => new(key, title, about, permissions.ToHashSet(StringComparer.Ordinal));
}

/// <summary>What each role may do in this house: its own list and what the modules add.</summary>
[Singleton]
public sealed class RoleBook(Catalogue catalogue)
{
    private readonly Dictionary<string, IReadOnlySet<string>> permissions = Roles.All.ToDictionary(
        r => r.Key,
        r => (IReadOnlySet<string>)r.Permissions.Concat(catalogue.Permissions.Values.Where(p => p.Roles.Contains(r.Key)).Select(p => p.Key)).ToHashSet(StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>Empty for a role that this release does not know: an old grant gives nothing, and nothing fails.</summary>
    public IReadOnlySet<string> PermissionsOf(string roleKey) => permissions.GetValueOrDefault(roleKey) ?? new HashSet<string>();

    public IReadOnlySet<string> PermissionsOf(IEnumerable<string> roleKeys) => roleKeys.SelectMany(PermissionsOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>Keys of the roles that hold a permission.</summary>
    public IReadOnlyList<string> Holding(string permission) => [.. permissions.Where(p => p.Value.Contains(permission)).Select(p => p.Key)];
}

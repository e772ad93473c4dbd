namespace Waymark.Kernel.Access;

/// <summary>Something a role may do. Handlers name one by its key.</summary>
/// <param name="Key">Noun and verb: <c>work.allocate</c>.</param>
/// <param name="Title">As shown on the page that refuses someone: "Allocate work to a worker".</param>
/// <param name="Roles">Keys of the <see cref="Access.Roles"/> that hold it by default, beside what each role names itself. For a module's own permissions.</param>
public sealed record Permission(string Key, string Title, params IReadOnlyList<string> Roles);

/// <summary>The permission a page handler or endpoint asks for. On a page model it holds for every handler; on a handler it replaces the model's.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>Says that a handler or endpoint is for anyone, signed in or not. A handler with neither this nor <see cref="RequiresAttribute"/> is refused and fails a test.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicAttribute : Attribute;

/// <summary>For any signed-in user: change one's own password, see one's own day.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;

/// <summary>The kernel's own permissions. A module adds its own through <see cref="Modules.WaymarkModule.Permissions"/>.</summary>
public static class Can
{
    public const string ViewPeople = "people.view";
    public const string EditPeople = "people.edit";
    public const string MergePeople = "people.merge";
    public const string ViewWork = "work.view";
    public const string DoWork = "work.do";
    public const string AllocateWork = "work.allocate";
    public const string ApproveWork = "work.approve";
    public const string CloseInBulk = "work.close-in-bulk";
    public const string CorrectRecords = "records.correct";
    public const string WriteNotes = "notes.write";
    public const string AttachFiles = "attachments.add";
    public const string ViewMeasures = "measures.view";
    public const string OpenMeasureRows = "measures.rows";
    public const string SeeNamesInMeasures = "measures.names";
    public const string PublishFigures = "figures.publish";
    public const string Import = "imports.load";
    public const string EditPolicy = "policy.edit";
    public const string ManageUsers = "users.manage";
    public const string ManageTeams = "teams.manage";
    public const string ReadAudit = "audit.read";
    public const string JudgeBreakGlass = "break-glass.judge";
    public const string RestrictRecords = "records.restrict";
    public const string DisposeRecords = "records.dispose";
    public const string SubjectAccess = "records.subject-access";
    public const string RunSystem = "system.run";

    /// <summary>A contact is taken, prioritised, screened: front door and assessment use these across modules.</summary>
    public const string TakeContacts = "contacts.take";
    public const string ScreenContacts = "contacts.screen";
}

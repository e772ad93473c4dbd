using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>The titles of the kernel's own permissions, as a person reads them when refused.</summary>
public sealed class AccessPart : WaymarkModule
{
    public override string Name => "Access";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<SessionSeenWriter>();
        services.AddHostedService(p => p.GetRequiredService<SessionSeenWriter>());
    }

    public override IEnumerable<Permission> Permissions =>
    [
        new(Can.ViewPeople, "See people's records"),
        new(Can.EditPeople, "Change people's details"),
        new(Can.MergePeople, "Merge two records of one person"),
        new(Can.ViewWork, "See work lists and episodes"),
        new(Can.DoWork, "Do work: complete the forms of an episode"),
        new(Can.AllocateWork, "Allocate work to a worker or team"),
        new(Can.ApproveWork, "Approve others' work"),
        new(Can.CloseInBulk, "Close many episodes at once"),
        new(Can.CorrectRecords, "Correct records"),
        new(Can.WriteNotes, "Write case notes"),
        new(Can.AttachFiles, "Add and open files"),
        new(Can.ViewMeasures, "See measures"),
        new(Can.OpenMeasureRows, "Open the rows behind a measure"),
        new(Can.SeeNamesInMeasures, "See names in the rows behind a measure"),
        new(Can.PublishFigures, "Publish figures"),
        new(Can.Import, "Load extracts"),
        new(Can.EditPolicy, "Change the council's policy"),
        new(Can.ManageUsers, "Manage users and their roles"),
        new(Can.ManageTeams, "Manage teams and their duties"),
        new(Can.ReadAudit, "Read the audit"),
        new(Can.JudgeBreakGlass, "Judge break-glass"),
        new(Can.RestrictRecords, "Restrict records and fields"),
        new(Can.DisposeRecords, "Dispose of records"),
        new(Can.SubjectAccess, "Answer subject access requests"),
        new(Can.RunSystem, "Run the system"),
    ];
}

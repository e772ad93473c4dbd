using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.People;

/// <summary>An alert as typed. It must say why, when it is looked at again and when it ends (practice: secrecy and the law of records).</summary>
public sealed record AlertDetails
{
    public string? Kind { get; init; }
    public string? Text { get; init; }
    public string? Reason { get; init; }
    public DateOnly? ReviewDate { get; init; }
    public DateOnly? ExpiryDate { get; init; }
}

/// <summary>Puts an alert on a person's record.</summary>
[Scoped]
public sealed class AddAlert(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, CouncilPolicy policy, RecordAccess access)
{
    public async Task<PersonAlert> RunAsync(Guid personId, AlertDetails details)
    {
        PersonPartRules.MayEdit(viewer);
        (await access.SightOfPersonAsync(personId)).Demand();
        var kind = policy.ListAt("person.alert-kinds", clock.Today).FirstOrDefault(k => k.Key == details.Kind)?.Key ?? throw new RefusedException("Choose what kind of alert it is", nameof(details.Kind));
        var alert = new PersonAlert
        {
            PersonId = personId,
            Kind = kind,
            Text = PersonPartRules.Text(details.Text, "Enter what others must know", 300, nameof(details.Text)),
            Reason = PersonPartRules.Text(details.Reason, "Enter why the alert is needed", 1000, nameof(details.Reason)),
            ReviewDate = details.ReviewDate ?? throw new RefusedException("Enter when the alert is to be looked at again", nameof(details.ReviewDate)),
            ExpiryDate = details.ExpiryDate ?? throw new RefusedException("Enter when the alert ends", nameof(details.ExpiryDate)),
            AddedOn = clock.Now,
            AddedById = viewer.UserId,
        };
        if (alert.ReviewDate <= clock.Today)
        {
            throw new RefusedException("The day to look at it again must be in the future", nameof(details.ReviewDate));
        }

        if (alert.ExpiryDate < alert.ReviewDate)
        {
            throw new RefusedException("The alert must be looked at again before it ends", nameof(details.ExpiryDate));
        }

        db.Add(alert);
        audit.Record("add-alert", alert, new { alert.Kind, alert.ReviewDate, alert.ExpiryDate }, personId);
        await db.SaveChangesAsync();
        return alert;
    }
}

/// <summary>Takes an alert off: it no longer holds.</summary>
[Scoped]
public sealed class EndAlert(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, RecordAccess access)
{
    public async Task RunAsync(Guid alertId)
    {
        PersonPartRules.MayEdit(viewer);
        var alert = await db.PersonAlerts.FirstOrDefaultAsync(a => a.Id == alertId) ?? throw new RefusedException("The alert is not there any more");
        (await access.SightOfPersonAsync(alert.PersonId)).Demand();
        alert.EndedOn ??= clock.Now;
        audit.Record("end-alert", alert, null, alert.PersonId);
        await db.SaveChangesAsync();
    }
}

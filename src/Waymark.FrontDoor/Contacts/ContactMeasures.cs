using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Measures;

namespace Waymark.FrontDoor.Contacts;

/// <summary>FC-1: contacts, those forwarded, the share resolved. One rows-query, so that the three always agree.</summary>
public static class ContactMeasures
{
    /// <summary>A row for each contact. It is forwarded when any person it concerns is.</summary>
    private static readonly MeasureRows Contacts = new("contacts", MeasureKind.Flow, "contacts", db =>
        from contact in db.Set<Contact>().AsNoTracking()
        where contact.SavedOn != null
        select new MeasureRow
        {
            SubjectId = contact.Id.ToString(),
            From = contact.ReceivedDate,
            WorkerId = contact.HandlerId,
            PersonId = db.Set<ContactSubject>().Where(s => s.ContactId == contact.Id).OrderBy(s => s.Id).Select(s => s.PersonId).FirstOrDefault(),
            Hit = !db.Set<ContactSubject>().Any(s => s.ContactId == contact.Id && s.IsForwarded),
            Reason = contact.Channel,
        });

    private static readonly MeasureRows Forwarded = new("contacts-forwarded", MeasureKind.Flow, "contacts", db => Contacts.Query(db).Where(r => r.Hit == false));

    public static IReadOnlyList<Measure> All { get; } =
    [
        new()
        {
            Key = "contacts",
            Title = "Contacts",
            Unit = "items",
            Rows = Contacts,
            Fold = Fold.Count,
            Definition = "Contacts with adult social care received in the period, by telephone, e-mail, online, letter or in person.",
            Inventory = ["FC-1", "F-09"],
        },
        new()
        {
            Key = "contacts-forwarded",
            Title = "Contacts forwarded to a team",
            Unit = "items",
            Rows = Forwarded,
            Fold = Fold.Count,
            Definition = "Contacts received in the period that were passed to a locality or specialist team for at least one person.",
            Inventory = ["FC-1", "F-09"],
        },
        new()
        {
            Key = "contacts-resolved-percent",
            Title = "Contacts resolved without passing on",
            Unit = "%",
            Rows = Contacts,
            Fold = Fold.Percent,
            Definition = "Of the contacts received in the period, those passed to no team: 1 less forwarded over all.",
            MoreIsBetter = true,
            Inventory = ["FC-1", "F-09"],
        },
    ];
}

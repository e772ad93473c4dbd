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

    /// <summary>A row for each outcome of each person a contact concerns: the main one, and what else came of it.</summary>
    private static readonly MeasureRows Outcomes = new("contact-outcomes", MeasureKind.Flow, "contacts", db =>
        (from subject in db.Set<ContactSubject>().AsNoTracking()
         join contact in db.Set<Contact>() on subject.ContactId equals contact.Id
         where contact.SavedOn != null && subject.Outcome != null
         select new MeasureRow
         {
             SubjectId = subject.Id.ToString(), EpisodeId = subject.EpisodeId, PersonId = subject.PersonId, From = contact.ReceivedDate, WorkerId = contact.HandlerId, Reason = subject.Outcome,
         })
        .Concat(
            from further in db.Set<FurtherContactOutcome>().AsNoTracking()
            join subject in db.Set<ContactSubject>() on further.EpisodeId equals subject.EpisodeId
            join contact in db.Set<Contact>() on further.ContactId equals contact.Id
            select new MeasureRow
            {
                SubjectId = further.Id.ToString(), EpisodeId = subject.EpisodeId, PersonId = subject.PersonId, From = contact.ReceivedDate, WorkerId = contact.HandlerId, Reason = further.Outcome,
            }));

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
        new()
        {
            Key = "contact-outcomes",
            Title = "Outcomes of contacts",
            Unit = "items",
            Rows = Outcomes,
            Fold = Fold.Count,
            Definition = "What came of the contacts received in the period, for each person they concerned. A contact may have several outcomes, so this is more than the number of contacts. Cut it by reason.",
            Inventory = ["FC-1"],
        },
    ];
}

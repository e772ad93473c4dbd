using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Attachments;

/// <summary>Strikes a file from view, with a reason: it was put on the wrong record. It is kept for those who may read the audit, until disposal.</summary>
[Scoped]
public sealed class StrikeAttachment(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit)
{
    public async Task RunAsync(Guid attachmentId, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Enter why the document is struck from view", "Reason");
        }

        var attachment = await db.Attachments.FirstOrDefaultAsync(a => a.Id == attachmentId) ?? throw new RefusedException("The document is not there any more");
        if (attachment.AddedById != viewer.UserId && !viewer.May(Can.CorrectRecords))
        {
            throw new RefusedException("Only who attached it, or someone who may correct records, can strike a document");
        }

        if (attachment.StruckOn is not null)
        {
            throw new RefusedException("The document is struck from view already");
        }

        (attachment.StruckOn, attachment.StruckReason) = (clock.Now, reason.Trim());
        audit.Record("strike-attachment", attachment, null, attachment.PersonId);
        await db.SaveChangesAsync();
    }
}

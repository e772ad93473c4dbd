using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Text.Reading;

namespace Waymark.Assurance.Checker;

/// <summary>Takes documents in to be checked; one that cannot be read refuses them all.</summary>
[Scoped]
public sealed class CheckDraft(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit)
{
    public const int MostFiles = 10;

    public async Task<DraftCheck> RunAsync(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        if (files.Count == 0)
        {
            throw new RefusedException("Choose a document to check.", "Uploads");
        }

        if (files.Count > MostFiles)
        {
            throw new RefusedException($"Choose at most {MostFiles} documents at a time.", "Uploads");
        }

        var documents = new List<SourceDocument>();
        foreach (var (name, bytes) in files)
        {
            try
            {
                documents.Add(DocumentFile.Read(Path.GetFileName(name), bytes));
            }
            catch (UnreadableDocumentException e)
            {
                throw new RefusedException(e.Message, "Uploads");
            }
        }

        var check = new DraftCheck { Title = string.Join(", ", documents.Select(d => d.Name)), CheckedOn = clock.Now, CheckedById = viewer.UserId, Documents = DraftCheck.Pack(documents) };
        db.Add(check);
        audit.Record("check-draft", check, new { files = documents.Count });
        await db.SaveChangesAsync();
        return check;
    }
}

/// <summary>Keeps why a finding is right as it stands; an empty reason takes it back.</summary>
[Scoped]
public sealed class KeepFindingReason(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit)
{
    public const int Longest = 1000;

    public async Task RunAsync(string key, string? reason)
    {
        if (reason?.Trim().Length > Longest)
        {
            throw new RefusedException($"Keep the reason to {Longest} characters.", "Reason");
        }

        var kept = await db.Set<FindingReason>().SingleOrDefaultAsync(r => r.FindingKey == key);
        if (string.IsNullOrWhiteSpace(reason))
        {
            if (kept is not null)
            {
                db.Remove(kept);
                audit.Record("take-back-finding-reason", kept, new { key });
                await db.SaveChangesAsync();
            }

            return;
        }

        if (kept is null)
        {
            kept = new FindingReason { FindingKey = key, Reason = reason.Trim(), GivenOn = clock.Now, GivenById = viewer.UserId };
            db.Add(kept);
        }
        else
        {
            (kept.Reason, kept.GivenOn, kept.GivenById) = (reason.Trim(), clock.Now, viewer.UserId);
        }

        audit.Record("keep-finding-reason", kept, new { key });
        await db.SaveChangesAsync();
    }
}

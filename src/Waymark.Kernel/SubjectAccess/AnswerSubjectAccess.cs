using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.SubjectAccess;

/// <summary>One line of the redaction log.</summary>
public sealed record RedactionLine(string Key, string Section, string Why);

/// <param name="Path">A temporary file with the zip; the caller hands it on and deletes it.</param>
public sealed record AnsweredBundle(string Path, string Sha256, SubjectAccessAnswer Answer);

/// <summary>Makes the bundle for one person, without what is from or about others unless it was ticked, and writes the redaction log.</summary>
[Scoped]
public sealed class AnswerSubjectAccess(WaymarkDb db, Viewer viewer, TimeProvider time, DataFolder data, GatherRecord gather, SubjectBundle bundle, Auditor audit)
{
    /// <param name="released">Keys of entries from or about others that someone decided to give.</param>
    public async Task<AnsweredBundle> RunAsync(Guid personId, IReadOnlySet<string> released)
    {
        var all = await gather.RunAsync(personId);
        bool IsGiven(SubjectEntry e) => e.Withheld is null || (!e.IsClosed && released.Contains(e.Key));
        var given = all with { Sections = [.. all.Sections.Select(s => s with { Entries = [.. s.Entries.Where(IsGiven)] }).Where(s => s.Entries.Count > 0)] };
        var withheld = Lines(all, e => !IsGiven(e));
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var council = await db.Settings.Where(s => s.Key == Setting.Council).Select(s => s.Value).FirstOrDefaultAsync() is { } name ? $"{name} council" : "the council";
        var path = Path.Combine(data.Folder("bundles"), $"{Guid.CreateVersion7():N}.zip");
        try
        {
            var hash = await WriteAsync(path, given, withheld.Count, now, council);
            var answer = new SubjectAccessAnswer
            {
                PersonId = personId, AnsweredById = viewer.UserId, AnsweredOn = now, Entries = given.Entries.Count(), Sha256 = hash,
                Withheld = JsonSerializer.Serialize(withheld), Released = JsonSerializer.Serialize(Lines(all, e => e.Withheld is not null && IsGiven(e))),
            };
            db.Add(answer);
            audit.Record("answer-subject-access", answer, new { answer.Entries, withheld = withheld.Count, answer.Sha256 }, personId);
            await db.SaveChangesAsync();
            return new AnsweredBundle(path, hash, answer);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task<string> WriteAsync(string path, SubjectRecord given, int withheld, DateTime now, string council)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        await bundle.WriteAsync(file, given, withheld, now, council);
        file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
    }

    private static List<RedactionLine> Lines(SubjectRecord record, Func<SubjectEntry, bool> which) =>
        [.. record.Entries.Where(e => which(e.Entry)).Select(e => new RedactionLine(e.Entry.Key, e.Section.Title, e.Entry.Withheld ?? ""))];
}

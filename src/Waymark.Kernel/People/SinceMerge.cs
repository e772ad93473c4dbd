using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>Something written on a joint record since the merge: whose is it?</summary>
/// <param name="Id">The row to assign.</param>
/// <param name="GoesBack">It hangs on an episode that goes back, so it most likely belongs there.</param>
public sealed record WrittenSince(Guid Id, string Kind, string Title, DateTime On, bool GoesBack);

/// <summary>Reads what the worker who takes two records apart must decide.</summary>
[Scoped]
public sealed class SinceMerge(WaymarkDb db)
{
    public async Task<IReadOnlyList<WrittenSince>> ReadAsync(PersonMerge merge)
    {
        var moved = (await db.PersonMergeMoves.Where(m => m.MergeId == merge.Id && m.Kind == PersonMergeMoveKind.RowMoved).Select(m => m.RowId).ToListAsync()).Select(Key).ToHashSet();
        var notes = await db.NoteSubjects.Where(s => s.PersonId == merge.KeptId && s.StruckOn == null).Join(db.Notes, s => s.NoteId, n => n.Id, (s, n) => new
        {
            s.Id,
            n.Text,
            n.WrittenOn,
            Episodes = db.NoteSubjects.Where(o => o.NoteId == n.Id && o.EpisodeId != null).Select(o => o.EpisodeId!.Value).ToList(),
        }).Where(n => n.WrittenOn > merge.MergedOn).ToListAsync();
        var files = await db.Attachments.Where(a => a.PersonId == merge.KeptId && a.StruckOn == null && a.AddedOn > merge.MergedOn).Select(a => new { a.Id, a.FileName, a.AddedOn, a.EpisodeId }).ToListAsync();
        var episodes = await db.Episodes.Where(e => e.PersonId == merge.KeptId).Select(e => new { e.Id, e.Reference, e.Summary, e.ReceivedOn }).ToListAsync();
        return
        [
            .. notes.Where(n => !moved.Contains(Key(n.Id))).Select(n => new WrittenSince(n.Id, "Note", Short(n.Text), n.WrittenOn, n.Episodes.Exists(e => moved.Contains(Key(e)))))
                .Concat(files.Where(f => !moved.Contains(Key(f.Id))).Select(f => new WrittenSince(f.Id, "Document", f.FileName, f.AddedOn, f.EpisodeId is { } e && moved.Contains(Key(e)))))
                .Concat(episodes.Where(e => !moved.Contains(Key(e.Id)) && e.Id.CompareTo(merge.Id) > 0).Select(e => new WrittenSince(e.Id, "Work", $"{e.Reference} {e.Summary}".Trim(), e.ReceivedOn, false)))
                .OrderBy(w => w.On),
        ];
    }

    private static string Key(Guid id) => Key(id.ToString());

    private static string Key(string id) => id.ToLowerInvariant();

    private static string Short(string text) => text.Length <= 120 ? text : $"{text[..117].TrimEnd()}…";
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.People;

/// <summary>A merge: what it moved, and taking it apart again.</summary>
[LogsView, Requires(Can.ViewPeople)]
public sealed class UnmergeModel(WaymarkDb db, SinceMerge since, UnmergePeople unmerge, RecordAccess access, Viewer viewer) : PageModel, IShowsPeople
{
    public IEnumerable<Guid> ShownPeople => Merge is null ? [] : [Merge.KeptId, Merge.MergedId];

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>Rows written since that belong to the person whose record comes back.</summary>
    [BindProperty]
    public List<Guid> Theirs { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public PersonMerge Merge { get; private set; } = null!;
    public Person Kept { get; private set; } = null!;
    public Person Merged { get; private set; } = null!;
    public string By { get; private set; } = "";
    public IReadOnlyList<WrittenSince> Since { get; private set; } = [];
    public IReadOnlyList<(string Table, int Count)> Moved { get; private set; } = [];
    public bool MayUndo => Merge.UndoneOn is null && viewer.May(Can.MergePeople);

    public bool IsTheirs(WrittenSince row) => Request.HasFormContentType ? Theirs.Contains(row.Id) : row.GoesBack;

    public async Task<IActionResult> OnGetAsync() => await OpenAsync() ?? Page();

    [Requires(Can.MergePeople)]
    public async Task<IActionResult> OnPostAsync()
    {
        if (await OpenAsync() is { } instead)
        {
            return instead;
        }

        if (!await this.TryAsync(() => unmerge.RunAsync(Id, Reason, Theirs.ToHashSet())))
        {
            return Page();
        }

        this.Flash($"{Merged.Reference} stands by itself again.");
        return Redirect($"/people/{Merged.Reference}");
    }

    private async Task<IActionResult?> OpenAsync()
    {
        var merge = await db.PersonMerges.AsNoTracking().FirstOrDefaultAsync(m => m.Id == Id);
        if (merge is null || !(await access.SightOfPersonAsync(merge.KeptId)).IsFull || !(await access.SightOfPersonAsync(merge.MergedId)).IsFull)
        {
            return NotFound();
        }

        Merge = merge;
        Kept = await db.People.AsNoTracking().FirstAsync(p => p.Id == merge.KeptId);
        Merged = await db.People.AsNoTracking().FirstAsync(p => p.Id == merge.MergedId);
        By = await db.Users.Where(u => u.Id == merge.ById).Select(u => u.DisplayName).FirstOrDefaultAsync() ?? "Waymark";
        Since = MayUndo ? await since.ReadAsync(merge) : [];
        Moved = [.. (await db.PersonMergeMoves.Where(m => m.MergeId == Id && m.Kind == PersonMergeMoveKind.RowMoved).GroupBy(m => m.Table).Select(g => new { g.Key, Count = g.Count() }).OrderBy(g => g.Key).ToListAsync()).Select(g => (g.Key, g.Count))];
        return null;
    }
}

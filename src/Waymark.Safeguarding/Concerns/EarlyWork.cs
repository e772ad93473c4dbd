using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.Safeguarding.Concerns;

/// <summary>SG-7: enquiry work that is written down while it is still a concern. Which kinds of note are such work the policy list <c>safeguarding.enquiry-work</c> says.</summary>
[Scoped]
public sealed class EarlyWork(WaymarkDb db, CouncilPolicy policy, CareClock clock)
{
    public const string List = "safeguarding.enquiry-work";

    /// <summary>Notes of such a kind on those concerns. Struck and corrected ones do not count.</summary>
    public IQueryable<Note> On(IQueryable<Episode> concerns)
    {
        var kinds = policy.ListAt(List, clock.Today).Select(k => k.Key).ToList();
        return db.Notes.AsNoTracking().Where(n => kinds.Contains(n.Kind) && n.CorrectedById == null
            && db.NoteSubjects.Any(s => s.NoteId == n.Id && s.StruckOn == null && concerns.Any(e => e.Id == s.EpisodeId && (e.ClosedOn == null || n.WrittenOn < e.ClosedOn))));
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>A figure with its restatements and who did what, for staff.</summary>
public sealed record FigureView(PublishedFigure Figure, string PublishedBy, IReadOnlyList<(FigureRestatement Restated, string By)> Restatements)
{
    public FigureRestatement? Latest => Restatements.Count == 0 ? null : Restatements[^1].Restated;
}

/// <summary>Published figures for staff; those of a measure that needs a permission only for those who hold it.</summary>
[Scoped]
public sealed class ReadFigures(WaymarkDb db, Catalogue catalogue, Viewer viewer)
{
    public IQueryable<PublishedFigure> Visible
    {
        get
        {
            var barred = catalogue.Measures.Values.Concat(catalogue.FormerMeasures.Values).Where(m => m.Permission is not null && !viewer.May(m.Permission)).Select(m => m.Key).ToList();
            return db.PublishedFigures.AsNoTracking().Where(f => !EF.Parameter(barred).Contains(f.MeasureKey));
        }
    }

    public async Task<FigureView?> FindAsync(Guid id, CancellationToken cancellation = default) =>
        await Visible.FirstOrDefaultAsync(f => f.Id == id, cancellation) is { } figure ? (await WithHistoryAsync([figure], cancellation))[0] : null;

    public async Task<IReadOnlyList<FigureView>> WithHistoryAsync(List<PublishedFigure> figures, CancellationToken cancellation = default)
    {
        var ids = figures.Select(f => f.Id).ToList();
        var restated = await db.FigureRestatements.AsNoTracking().Where(r => EF.Parameter(ids).Contains(r.FigureId)).OrderBy(r => r.RestatedOn).ToListAsync(cancellation);
        var userIds = figures.Select(f => f.PublishedById).Concat(restated.Select(r => r.RestatedById)).Distinct().ToList();
        var names = await db.Users.Where(u => EF.Parameter(userIds).Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        string NameOf(Guid id) => id == Viewer.SystemId ? "Waymark" : names.GetValueOrDefault(id, "someone who has left");
        return [.. figures.Select(f => new FigureView(f, NameOf(f.PublishedById), [.. restated.Where(r => r.FigureId == f.Id).Select(r => (r, NameOf(r.RestatedById)))]))];
    }
}

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Access;

/// <summary>
/// Ids of the records that restrictions and the viewer's own declarations keep from one viewer at one instant. Most viewers have a handful or none: those are read once a
/// request, so that the statements of a page need not ask again for every row. Where there are many, a statement asks the tables itself.
/// </summary>
internal sealed class BarredRecords
{
    /// <summary>More ids than this are not carried into statements.</summary>
    public const int Few = 300;

    private readonly List<Entry>? few;
    private readonly IQueryable<Entry> all;

    private BarredRecords(List<Entry>? few, IQueryable<Entry> all) => (this.few, this.all) = (few, all);

    /// <param name="bars">Restrictions that the viewer stands behind.</param>
    // Read without await: rules are put together in the middle of queries, and the statement returns a few ids.
    public static BarredRecords Read(WaymarkDb db, Guid me, Expression<Func<Restriction, bool>> bars)
    {
        var declared = db.DeclaredInterests.Where(d => d.UserId == me && d.EndedOn == null);
        var all = db.Restrictions.Where(bars)
            .Where(r => r.Field != null || r.EpisodeId != null || r.HidesStub || !db.Episodes.Any(e => e.PersonId == r.PersonId && e.WorkerId == me && e.ClosedDate == null))
            .Select(r => new Entry
            {
                Kind = r.Field != null ? BarredBy.Field
                    : r.EpisodeId != null ? (r.HidesStub ? BarredBy.HiddenEpisode : BarredBy.StubOfEpisode)
                    : r.HidesStub ? BarredBy.HiddenPerson : BarredBy.StubOfPerson,
                Id = r.Field != null ? r.PersonId : r.EpisodeId ?? r.PersonId,
                Field = r.Field,
            })
            .Concat(declared.Select(d => new Entry { Kind = BarredBy.DeclaredPerson, Id = d.PersonId, Field = null }))
            .Concat(declared.Join(db.EpisodeParties, d => (Guid?)d.PersonId, p => p.PersonId, (_, p) => new Entry { Kind = BarredBy.DeclaredEpisode, Id = p.EpisodeId, Field = null }));
        var first = all.Take(Few + 1).ToList();
        return new BarredRecords(first.Count > Few ? null : first, all);
    }

    /// <summary>True for an id that none of <paramref name="kinds"/> bars.</summary>
    public Expression<Func<Guid, bool>> None(params BarredBy[] kinds)
    {
        if (few is null)
        {
            var ids = all.Where(e => kinds.Contains(e.Kind)).Select(e => e.Id);
            return id => !ids.Contains(id);
        }

        List<Guid> these = [.. few.Where(e => kinds.Contains(e.Kind)).Select(e => e.Id).Distinct()];
        return these.Count == 0 ? _ => true : id => !EF.Parameter(these).Contains(id);
    }

    /// <summary>True where it is known without asking that nothing keeps this person from the viewer.</summary>
    public bool IsClear(Guid personId) => few is not null && !few.Exists(e => e.Id == personId && e.Kind is (BarredBy.DeclaredPerson or BarredBy.HiddenPerson or BarredBy.StubOfPerson));

    /// <summary>Fields withheld from the viewer, by person; of others than <paramref name="people"/> too where they are known already.</summary>
    public async Task<ILookup<Guid, string>> FieldsOfAsync(IReadOnlyCollection<Guid> people) =>
        (few ?? await all.Where(e => e.Kind == BarredBy.Field && EF.Parameter(people).Contains(e.Id)).ToListAsync()).Where(e => e.Field is not null).ToLookup(e => e.Id, e => e.Field!);

    private sealed record Entry
    {
        public required BarredBy Kind { get; init; }
        public required Guid Id { get; init; }
        public required string? Field { get; init; }
    }
}

/// <summary>What keeps a record from the viewer, and whether even its stub.</summary>
internal enum BarredBy { DeclaredPerson, DeclaredEpisode, HiddenPerson, StubOfPerson, HiddenEpisode, StubOfEpisode, Field }

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Access;

/// <summary>
/// Who sees which record: the one place that pages, lists, CSV, API, search, timeline and pack ask. Considers restrictions (person, episode, field), the permission a
/// pathway asks for, declared interests, break-glass and merged records. The system sees all; who is not signed in sees nothing. Idea 7 of the kernel.
/// </summary>
[Scoped]
public sealed class RecordAccess(WaymarkDb db, Viewer viewer, Catalogue catalogue, TimeProvider time)
{
    private readonly HashSet<Guid> seen = [];
    private RecordRules? rules;

    private RecordRules Rules => rules ??= new RecordRules(db, viewer, catalogue.Pathways.Values, Instants.Truncate(time.GetUtcNow().UtcDateTime));

    /// <summary>
    /// True for a person whom some restriction or the viewer's own declaration may keep from the viewer, whole or in part. Never false where the rules would bar; cheap,
    /// so that a search asks it with its rows and asks the rules themselves only of the few for whom it is true.
    /// </summary>
    internal Expression<Func<Person, bool>> Guarded
    {
        get
        {
            var me = viewer.UserId;
            return viewer.IsSystem ? _ => false : p => db.Restrictions.Any(r => r.PersonId == p.Id) || db.DeclaredInterests.Any(d => d.PersonId == p.Id && d.UserId == me);
        }
    }

    /// <summary>Those people the viewer may see, in the same statement.</summary>
    public IQueryable<Person> Visible(IQueryable<Person> people)
    {
        Expression<Func<Person, Guid>> own = p => p.Id;
        Expression<Func<Person, Guid>> kept = p => p.MergedIntoId!.Value;
        Expression<Func<Person, bool>> standing = p => p.MergedIntoId == null;
        return viewer.IsSystem ? people : viewer.IsSignedIn ? people.Where(own.Then(Rules.SeesPerson)).Where(standing.Or(kept.Then(Rules.SeesPerson))) : people.Where(_ => false);
    }

    /// <summary>Those episodes the viewer may see, in the same statement.</summary>
    public IQueryable<Episode> Visible(IQueryable<Episode> episodes) =>
        viewer.IsSystem ? episodes : viewer.IsSignedIn ? episodes.Where(Rules.SeesEpisode) : episodes.Where(_ => false);

    /// <summary>Those episodes of which the viewer may know at least that they are there: seen, or as a stub.</summary>
    public IQueryable<Episode> Known(IQueryable<Episode> episodes) =>
        viewer.IsSystem ? episodes : viewer.IsSignedIn ? episodes.Where(Rules.SeesEpisode.Or(Rules.HidesEpisode.Not())) : episodes.Where(_ => false);

    /// <summary>Those rows (spans, notes, care events …) whose person and episode the viewer may see, in the same statement. A row without either is visible.</summary>
    /// <param name="person">The row's person, or <c>null</c> when rows have none.</param>
    /// <param name="episode">The row's episode, or <c>null</c> when rows have none.</param>
    public IQueryable<T> Visible<T>(IQueryable<T> rows, Expression<Func<T, Guid?>>? person, Expression<Func<T, Guid?>>? episode = null)
    {
        if (viewer.IsSystem)
        {
            return rows;
        }

        if (!viewer.IsSignedIn)
        {
            return rows.Where(_ => false);
        }

        rows = person is null ? rows : rows.Where(person.Then(PersonRule(Rules.SeesPerson, whenNone: true)));
        return episode is null ? rows : rows.Where(episode.Then(EpisodeRule(Rules.SeesEpisode, whenNone: true)));
    }

    /// <summary>
    /// The rows the viewer may see and the count of those they may not: two statements, whatever the number of rows.
    /// </summary>
    /// <param name="page">Orders and cuts the visible rows to the page shown; <c>null</c> for all.</param>
    /// <param name="countEverything">
    /// True where a total is shown to everyone anyway (a measure's rows), so that the parts add up; false elsewhere: what hides even its stub is then not counted.
    /// </param>
    public async Task<ShownRows<T>> RowsForAsync<T>(
        IQueryable<T> rows, Expression<Func<T, Guid?>>? person, Expression<Func<T, Guid?>>? episode = null, Func<IQueryable<T>, IQueryable<T>>? page = null, bool countEverything = false)
    {
        var visible = Visible(rows, person, episode);
        var shown = await (page is null ? visible : page(visible)).ToListAsync();
        if (page is null && viewer.IsSystem)
        {
            return new ShownRows<T>(shown, shown.Count, 0);
        }

        if (viewer.IsSystem || !viewer.IsSignedIn)
        {
            return new ShownRows<T>(shown, await visible.CountAsync(), 0);
        }

        var counts = await rows.GroupBy(Level(person, episode)).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        int Of(SightLevel level) => counts.Where(c => c.Key == (int)level).Sum(c => c.Count);
        return new ShownRows<T>(shown, Of(SightLevel.Full), Of(SightLevel.Stub) + (countEverything ? Of(SightLevel.Hidden) : 0));
    }

    /// <summary>How many rows of each key the viewer may see, and how many they may not: one statement.</summary>
    /// <param name="by">What the visible rows are counted by.</param>
    public async Task<(IReadOnlyDictionary<TKey, int> Visible, int Restricted)> CountByAsync<T, TKey>(
        IQueryable<T> rows, Expression<Func<T, Guid?>>? person, Expression<Func<T, Guid?>>? episode, Expression<Func<T, TKey>> by) where TKey : notnull
    {
        var counts = viewer.IsSystem || !viewer.IsSignedIn
            ? await Visible(rows, person, episode).GroupBy(by).Select(g => new { Level = (int)SightLevel.Full, g.Key, Count = g.Count() }).ToListAsync()
            : await rows.GroupBy(Level(person, episode).Into(by, (_, level, key) => new { Level = level, Key = key })).Select(g => new { g.Key.Level, g.Key.Key, Count = g.Count() }).ToListAsync();
        return (counts.Where(c => c.Level == (int)SightLevel.Full).ToDictionary(c => c.Key, c => c.Count), counts.Where(c => c.Level == (int)SightLevel.Stub).Sum(c => c.Count));
    }

    /// <summary>The same for rows already read: one statement.</summary>
    public async Task<ShownRows<T>> RowsForAsync<T>(IReadOnlyList<T> rows, Func<T, Guid?> person, Func<T, Guid?>? episode = null, bool countEverything = false)
    {
        if (viewer.IsSystem || rows.Count == 0)
        {
            return new ShownRows<T>(rows, rows.Count, 0);
        }

        if (!viewer.IsSignedIn)
        {
            return new ShownRows<T>([], 0, 0);
        }

        if (Rules.SeesPerson.Is(true) && (episode is null || Rules.SeesEpisode.Is(true)))
        {
            return new ShownRows<T>(rows, rows.Count, 0);
        }

        var people = rows.Select(person).OfType<Guid>().Distinct().ToList();
        var episodes = episode is null ? [] : rows.Select(episode).OfType<Guid>().Distinct().ToList();
        Expression<Func<Person, Guid>> personId = p => p.Id;
        Expression<Func<Episode, Guid>> episodeId = e => e.Id;
        var barred = await db.People.Where(p => EF.Parameter(people).Contains(p.Id)).Where(personId.Then(Rules.SeesPerson).Not())
            .Select(personId.Into(personId.Then(Rules.HidesPerson), (_, id, hides) => new Barred { Id = id, IsHidden = hides }))
            .Concat(db.Episodes.Where(e => EF.Parameter(episodes).Contains(e.Id)).Where(Rules.SeesEpisode.Not())
                .Select(episodeId.Into(Rules.HidesEpisode, (_, id, hides) => new Barred { Id = id, IsHidden = hides })))
            .ToDictionaryAsync(b => b.Id, b => b.IsHidden);
        bool? HiddenBy(Guid? id) => id is { } key && barred.TryGetValue(key, out var isHidden) ? isHidden : null;
        var visible = new List<T>(rows.Count);
        var restricted = 0;
        foreach (var row in rows)
        {
            var (byPerson, byEpisode) = (HiddenBy(person(row)), episode is null ? null : HiddenBy(episode(row)));
            if (byPerson is null && byEpisode is null)
            {
                visible.Add(row);
            }
            else if (countEverything || (byPerson != true && byEpisode != true))
            {
                restricted++;
            }
        }

        return new ShownRows<T>(visible, visible.Count, restricted);
    }

    /// <summary>What the viewer may know of a person already read: most often no statement.</summary>
    public async Task<RecordSight> SightOfPersonAsync(Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return viewer is { IsSignedIn: true, IsSystem: false } && person is { MergedIntoId: null, DisposedOn: null } && Rules.IsClear(person.Id)
            ? RecordSight.Full
            : await SightOfPersonAsync(person.Id);
    }

    /// <summary>What the viewer may know of one person; follows a merged record to the one that stands, and gives the stricter of both.</summary>
    public async Task<RecordSight> SightOfPersonAsync(Guid personId)
    {
        if (viewer.IsSystem)
        {
            return RecordSight.Full;
        }

        if (!viewer.IsSignedIn)
        {
            return RecordSight.Hidden;
        }

        Expression<Func<Person, Guid>> id = p => p.Id;
        var found = await db.People.Where(p => p.Id == personId).Select(id.Into(id.Then(Rules.SeesPerson), (p, own, sees) => new
        {
            p.MergedIntoId,
            p.DisposedOn,
            Sees = sees,
            IsDeclared = db.DeclaredInterests.Any(d => d.UserId == viewer.UserId && d.PersonId == own && d.EndedOn == null),
            Barring = db.Restrictions.Where(Rules.BarsViewer).Where(r => r.PersonId == own && r.EpisodeId == null && r.Field == null)
                .Select(r => new { r.HidesStub, Owner = db.Users.Where(u => u.Id == r.OwnerId).Select(u => u.DisplayName).FirstOrDefault() }).ToList(),
        })).FirstOrDefaultAsync();
        if (found is null or { DisposedOn: not null })
        {
            return RecordSight.Hidden;
        }

        var sight = found.Sees ? RecordSight.Full
            : found.Barring.Any(b => b.HidesStub) ? RecordSight.Hidden
            : found.IsDeclared ? RecordSight.Declared
            : Stub("A restricted record exists.", found.Barring.Select(b => b.Owner).FirstOrDefault());
        return found.MergedIntoId is { } keptId ? sight.OrWorse(await SightOfPersonAsync(keptId)) : sight;
    }

    /// <summary>This request has read the episode through <see cref="Visible(IQueryable{Episode})"/>: its parts need not ask again.</summary>
    internal void HasSeen(Episode episode) => seen.Add(episode.Id);

    /// <summary>What the viewer may know of one episode.</summary>
    public async Task<RecordSight> SightOfEpisodeAsync(Guid episodeId)
    {
        if (viewer.IsSystem || seen.Contains(episodeId))
        {
            return RecordSight.Full;
        }

        if (!viewer.IsSignedIn)
        {
            return RecordSight.Hidden;
        }

        var found = await db.Episodes.Where(e => e.Id == episodeId).Select(Rules.SeesEpisode.Into(Rules.HidesEpisode, (e, sees, hides) => new
        {
            e.PersonId,
            e.PathwayKey,
            Sees = sees,
            Hides = hides,
            Owner = db.Restrictions.Where(Rules.BarsViewer).Where(r => r.EpisodeId == e.Id).Select(r => db.Users.Where(u => u.Id == r.OwnerId).Select(u => u.DisplayName).FirstOrDefault()).FirstOrDefault(),
            Team = db.Teams.Where(t => t.Id == e.TeamId).Select(t => t.Name).FirstOrDefault(),
            IsDeclared = db.DeclaredInterests.Any(d => d.UserId == viewer.UserId && d.EndedOn == null
                && (d.PersonId == e.PersonId || db.EpisodeParties.Any(p => p.EpisodeId == e.Id && p.PersonId == d.PersonId))),
        })).FirstOrDefaultAsync();
        if (found is null || (!found.Sees && found.Hides))
        {
            return RecordSight.Hidden;
        }

        if (found.Sees)
        {
            return RecordSight.Full;
        }

        if (found.IsDeclared)
        {
            return RecordSight.Declared;
        }

        // A restriction on the whole person says no more of the episode than of the person.
        var ofPerson = found.PersonId is { } person ? await SightOfPersonAsync(person) : RecordSight.Full;
        return ofPerson.IsFull ? Stub($"A restricted record exists: {catalogue.Pathways.GetValueOrDefault(found.PathwayKey)?.Title.ToLowerInvariant() ?? "work"}.", found.Owner ?? found.Team) : ofPerson;
    }

    /// <summary>Which fields of the person are withheld from the viewer.</summary>
    public async Task<FieldSight> FieldsOfAsync(Guid personId) => (await FieldsOfAsync([personId])).GetValueOrDefault(personId, FieldSight.All);

    /// <summary>The same for the people of a list, in one statement. A person with nothing withheld is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, FieldSight>> FieldsOfAsync(IReadOnlyCollection<Guid> personIds)
    {
        if (viewer.IsSystem || personIds.Count == 0)
        {
            return new Dictionary<Guid, FieldSight>();
        }

        var withheld = await Rules.FieldsOfAsync(personIds);
        return personIds.Distinct().Where(withheld.Contains).ToDictionary(id => id, id => new FieldSight(withheld[id].ToHashSet(StringComparer.Ordinal)));
    }

    /// <summary>Those people of whom the viewer may see the field: a search by telephone or postcode must not find a person whose one is withheld.</summary>
    /// <param name="field">A key of <see cref="RestrictedFields"/>.</param>
    public IQueryable<Person> Showing(IQueryable<Person> people, string field)
    {
        var bars = Rules.BarsViewer;
        return viewer.IsSystem ? people : people.Where(p => !db.Restrictions.Where(bars).Any(r => r.PersonId == p.Id && r.Field == field));
    }

    /// <summary>Whether the viewer stands within a restriction: as owner, named, of a named team, by break-glass, or as the system.</summary>
    public async Task<bool> IsWithinAsync(Restriction restriction)
    {
        ArgumentNullException.ThrowIfNull(restriction);
        return viewer.IsSystem || !await db.Restrictions.Where(Rules.BarsViewer).AnyAsync(r => r.Id == restriction.Id);
    }

    /// <summary>Owners of the restrictions on a person, their fields and episodes that the viewer stands behind and break-glass would open.</summary>
    internal Task<List<Guid>> BarringOwnersAsync(Guid personId) =>
        db.Restrictions.Where(Rules.BarsViewer).Where(r => r.PersonId == personId && !r.HidesStub).Select(r => r.OwnerId).Distinct().ToListAsync();

    /// <summary>Teams (or none) of the person's episodes that only the permission of their pathway closes to the viewer.</summary>
    internal async Task<List<Guid?>> ClosedByPathwayAsync(Guid personId)
    {
        var episodes = await db.Episodes.Where(e => e.PersonId == personId).Where(Rules.SeesEpisode.Not()).Where(Rules.HidesEpisode.Not())
            .Where(e => !db.Restrictions.Any(r => r.EpisodeId == e.Id && r.ToOn == null)).Select(e => new { e.PathwayKey, e.TeamId }).ToListAsync();
        return [.. episodes.Where(e => catalogue.Pathways.GetValueOrDefault(e.PathwayKey)?.Permission is { } needed && !viewer.May(needed)).Select(e => e.TeamId)];
    }

    private static RecordSight Stub(string what, string? speakTo) => new(SightLevel.Stub, $"{what} Speak to {speakTo ?? "the safeguarding team"}.");

    private Expression<Func<T, int>> Level<T>(Expression<Func<T, Guid?>>? person, Expression<Func<T, Guid?>>? episode)
    {
        Expression<Func<T, bool>> sees = _ => true;
        Expression<Func<T, bool>> hides = _ => false;
        if (person is not null)
        {
            sees = sees.And(person.Then(PersonRule(Rules.SeesPerson, whenNone: true)));
            hides = hides.Or(person.Then(PersonRule(Rules.HidesPerson, whenNone: false)));
        }

        if (episode is not null)
        {
            sees = sees.And(episode.Then(EpisodeRule(Rules.SeesEpisode, whenNone: true)));
            hides = hides.Or(episode.Then(EpisodeRule(Rules.HidesEpisode, whenNone: false)));
        }

        return sees.Is(true) ? _ => (int)SightLevel.Full : sees.Into(hides, (_, isSeen, isHidden) => isSeen ? (int)SightLevel.Full : isHidden ? (int)SightLevel.Hidden : (int)SightLevel.Stub);
    }

    private static Expression<Func<Guid?, bool>> PersonRule(Expression<Func<Guid, bool>> rule, bool whenNone)
    {
        Expression<Func<Guid?, Guid>> value = id => id!.Value;
        return rule.Is(whenNone) ? Expressions.Always<Guid?>(whenNone) : whenNone ? ((Expression<Func<Guid?, bool>>)(id => id == null)).Or(value.Then(rule)) : ((Expression<Func<Guid?, bool>>)(id => id != null)).And(value.Then(rule));
    }

    private Expression<Func<Guid?, bool>> EpisodeRule(Expression<Func<Episode, bool>> rule, bool whenNone)
    {
        var those = whenNone ? rule.Not() : rule;
        return those.Is(false) ? Expressions.Always<Guid?>(whenNone) : whenNone ? id => id == null || !db.Episodes.Where(those).Any(e => e.Id == id) : id => db.Episodes.Where(those).Any(e => e.Id == id);
    }

    private sealed record Barred
    {
        public required Guid Id { get; init; }
        public required bool IsHidden { get; init; }
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.People;

/// <summary>What a story is read of: one person, without the episodes the viewer may not see.</summary>
/// <param name="Seen">Episodes the viewer sees: id to reference and pathway.</param>
/// <param name="Hidden">Episodes of the person that the viewer does not.</param>
public sealed record TimelineScope(Guid PersonId, IReadOnlyDictionary<Guid, (string Reference, string PathwayKey)> Seen, IReadOnlyList<Guid> Hidden);

/// <summary>Reads a person's story across everything: one statement for a page of it.</summary>
[Scoped]
public sealed class TimelineReader(WaymarkDb db, CareClock clock, Catalogue catalogue, FormCatalogue forms, CouncilPolicy policy)
{
    private const string Struck = "\u0001struck";

    // PostgreSQL takes a column of bare NULLs for text and will not join it to one of ids; a parameter has a type.
    private readonly Guid none = Guid.Empty;
    private readonly DateTime unknown = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public async Task<TimelinePage> ReadAsync(TimelineScope scope, TimelineKind? kind, int page, int size)
    {
        page = Math.Clamp(page, 1, 1000);
        var sources = new Dictionary<TimelineKind, Func<IQueryable<Row>>>
        {
            [TimelineKind.Note] = () => Notes(scope),
            [TimelineKind.Work] = () => Opened(scope).Concat(Closed(scope)),
            [TimelineKind.Stage] = () => Stages(scope),
            [TimelineKind.Form] = () => Forms(scope),
            [TimelineKind.CareEvent] = () => CareEvents(scope),
            [TimelineKind.Document] = () => Documents(scope),
            [TimelineKind.Merge] = () => Merges(scope),
        };
        var all = sources.Where(s => kind is null || s.Key == kind).Select(s => s.Value()).Aggregate((a, b) => a.Concat(b));
        var rows = await all.OrderByDescending(r => r.Day).ThenByDescending(r => r.At).ThenBy(r => r.Kind).ThenBy(r => r.Title).Skip((page - 1) * size).Take(size + 1)
            .Select(r => new { Row = r, By = db.Users.Where(u => u.Id == r.ById).Select(u => u.DisplayName).FirstOrDefault() }).ToListAsync();
        return new TimelinePage([.. rows.Take(size).Select(r => Entry(r.Row, r.By, scope))], page, rows.Count > size);
    }

    private IQueryable<Row> Notes(TimelineScope scope) =>
        from s in db.NoteSubjects
        where s.PersonId == scope.PersonId
        join n in db.Notes on s.NoteId equals n.Id
        where n.CorrectedById == null && !db.NoteSubjects.Any(o => o.NoteId == n.Id && o.EpisodeId != null && scope.Hidden.Contains(o.EpisodeId.Value))
        select new Row
        {
            Kind = (int)TimelineKind.Note, Day = n.HappenedDate, At = n.HappenedOn, Id = n.Id, EpisodeId = none, ById = n.AuthorId,
            Title = s.StruckOn != null ? Struck : n.Kind, Text = s.StruckOn != null ? s.StruckReason : n.Text,
        };

    private IQueryable<Row> Opened(TimelineScope scope)
    {
        var seen = scope.Seen.Keys.ToList();
        return db.Episodes.Where(e => seen.Contains(e.Id)).Select(e => new Row
        {
            Kind = (int)TimelineKind.Work, Day = e.ReceivedDate, At = e.ReceivedOn, Id = e.Id, EpisodeId = e.Id, ById = none, Title = "", Text = e.Summary,
        });
    }

    private IQueryable<Row> Closed(TimelineScope scope)
    {
        var seen = scope.Seen.Keys.ToList();
        return db.Episodes.Where(e => seen.Contains(e.Id) && e.ClosedDate != null).Select(e => new Row
        {
            Kind = (int)TimelineKind.Work, Day = e.ClosedDate!.Value, At = e.ClosedOn ?? e.ReceivedOn, Id = e.Id, EpisodeId = e.Id, ById = none, Title = e.Departure ?? "closed", Text = e.ExitReason,
        });
    }

    /// <summary>Each stay in a stage but the first, which is the opening.</summary>
    private IQueryable<Row> Stages(TimelineScope scope)
    {
        var seen = scope.Seen.Keys.ToList();
        return db.StageSpans.Where(s => seen.Contains(s.EpisodeId) && s.SupersededOn == null
            && db.StageSpans.Any(o => o.EpisodeId == s.EpisodeId && o.SupersededOn == null && o.Id < s.Id && o.VisitId != s.VisitId)
            && !db.StageSpans.Any(o => o.EpisodeId == s.EpisodeId && o.SupersededOn == null && o.Id < s.Id && o.VisitId == s.VisitId)).Select(s => new Row
            {
                Kind = (int)TimelineKind.Stage, Day = s.FromDate, At = s.FromOn, Id = s.EpisodeId, EpisodeId = s.EpisodeId, ById = s.ById ?? none, Title = s.StageKey, Text = null,
            });
    }

    private IQueryable<Row> Forms(TimelineScope scope)
    {
        var seen = scope.Seen.Keys.ToList();
        return db.FormRevisions.Where(r => (r.EpisodeId != null && seen.Contains(r.EpisodeId.Value)) || (r.EpisodeId == null && r.PersonId == scope.PersonId)).Select(r => new Row
        {
            Kind = (int)TimelineKind.Form, Day = r.CompletedDate, At = r.CompletedOn, Id = r.Id, EpisodeId = r.EpisodeId ?? none, ById = r.CompletedById, Title = r.FormKey, Text = null,
        });
    }

    private IQueryable<Row> CareEvents(TimelineScope scope) =>
        db.CareEvents.Where(e => e.PersonId == scope.PersonId && (e.EpisodeId == null || !scope.Hidden.Contains(e.EpisodeId.Value))).Select(e => new Row
        {
            Kind = (int)TimelineKind.CareEvent, Day = e.StartDate, At = unknown, Id = none, EpisodeId = e.EpisodeId ?? none, ById = none,
            Title = e.Kind == CareEventKind.Request ? "Request" : e.Kind == CareEventKind.Assessment ? "Assessment" : e.Kind == CareEventKind.Service ? "Service" : "Review",
            Text = e.ServiceType ?? e.AssessmentType ?? e.Outcome ?? e.RouteOfAccess,
        });

    private IQueryable<Row> Documents(TimelineScope scope) =>
        db.Attachments.Where(a => a.PersonId == scope.PersonId && a.StruckOn == null && (a.EpisodeId == null || !scope.Hidden.Contains(a.EpisodeId.Value))).Select(a => new Row
        {
            Kind = (int)TimelineKind.Document, Day = a.AddedDate, At = a.AddedOn, Id = a.Id, EpisodeId = a.EpisodeId ?? none, ById = a.AddedById, Title = a.FileName, Text = null,
        });

    private IQueryable<Row> Merges(TimelineScope scope) =>
        db.PersonMerges.Where(m => m.KeptId == scope.PersonId || m.MergedId == scope.PersonId).Select(m => new Row
        {
            Kind = (int)TimelineKind.Merge, Day = m.MergedDate, At = m.MergedOn, Id = m.Id, EpisodeId = none, ById = m.ById,
            Title = m.UndoneOn == null ? "Two records made one" : "Two records made one, and taken apart again", Text = m.Reason,
        });

    private TimelineEntry Entry(Row row, string? by, TimelineScope scope)
    {
        var kind = (TimelineKind)row.Kind;
        var episode = scope.Seen.TryGetValue(row.EpisodeId, out var found) ? found : default;
        var pathway = episode.PathwayKey is { } key ? catalogue.Pathways.GetValueOrDefault(key) : null;
        var work = $"{pathway?.Title ?? episode.PathwayKey} {episode.Reference}";
        return new TimelineEntry
        {
            Kind = kind,
            Day = row.Day,
            At = row.At == unknown ? null : row.At,
            By = row.ById == none && row.Kind != (int)TimelineKind.Note ? null : by ?? "Waymark",
            Text = row.Title == Struck ? null : row.Text,
            Title = kind switch
            {
                TimelineKind.Note when row.Title == Struck => $"A note was struck from view: {row.Text}",
                TimelineKind.Note => policy.TitleOf("note.kinds", row.Title, clock.Today),
                TimelineKind.Work when row.Title.Length == 0 => $"{work} opened",
                TimelineKind.Work => $"{work} closed: {Pathways.Departures.Title(row.Title).ToLowerInvariant()}",
                TimelineKind.Stage => $"{work}: {pathway?.Stages.FirstOrDefault(s => s.Key == row.Title)?.Title ?? row.Title}",
                TimelineKind.Form => $"{forms.Find(row.Title)?.Title ?? row.Title} completed",
                _ => row.Title,
            },
            Href = kind switch
            {
                TimelineKind.Note when row.Title != Struck => $"/notes/{row.Id}",
                TimelineKind.Document => $"/attachments/{row.Id}",
                TimelineKind.Merge => $"/people/merges/{row.Id}",
                _ => episode.Reference is { } reference ? $"/work/{reference}" : null,
            },
        };
    }

    private sealed record Row
    {
        public required int Kind { get; init; }
        public required DateOnly Day { get; init; }
        public required DateTime At { get; init; }
        public required Guid Id { get; init; }
        public required Guid EpisodeId { get; init; }
        public required Guid ById { get; init; }
        public required string Title { get; init; }
        public required string? Text { get; init; }
    }
}

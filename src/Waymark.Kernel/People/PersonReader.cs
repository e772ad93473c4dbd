using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.People;

/// <summary>Someone who matters to the person, as the head of the record names them.</summary>
public sealed record KeyPerson(Guid RelationshipId, string Reference, string Name, string Kind, string? Phone, bool IsKey);

/// <summary>An open episode, as "Now" shows it.</summary>
public sealed record OpenWork(Guid Id, string Reference, string Title, string Stage, string? Worker, string? Team, DateOnly ReceivedDate, string? Clock, DateOnly? DueDate, bool IsBreached);

/// <summary>All that a person's page shows but the story.</summary>
public sealed record PersonView
{
    public required Person Person { get; init; }
    public required FieldSight Fields { get; init; }
    public required IReadOnlyList<PersonAlert> Alerts { get; init; }
    public required IReadOnlyList<KeyPerson> KeyPeople { get; init; }
    public required IReadOnlyList<PersonName> OtherNames { get; init; }
    public required IReadOnlyList<OpenWork> Open { get; init; }
    public required IReadOnlyList<CareEvent> Services { get; init; }
    public required int Closed { get; init; }

    /// <summary>Episodes the viewer may know to exist and not see.</summary>
    public required int Restricted { get; init; }

    /// <summary>Someone's sight of the record, or of a field of it, is restricted.</summary>
    public required bool IsRestricted { get; init; }
    public required DateOnly? NextReview { get; init; }
    public required TimelineScope Scope { get; init; }
}

/// <summary>Reads a person's page in a fixed number of statements, whatever the person's story.</summary>
[Scoped]
public sealed class PersonReader(WaymarkDb db, CareClock clock, Catalogue catalogue, RecordAccess access)
{
    /// <summary>Kind and words of a review, in pathways' keys and open items' kinds.</summary>
    private const string Review = "review";

    public async Task<PersonView> ReadAsync(Person person)
    {
        var id = person.Id;
        var now = clock.Now;
        var today = clock.Today;

        // Who is protected is not named in the record of another either.
        var related = access.Visible(db.PersonRelationships.Where(r => r.OtherPersonId == id && r.ToDate == null && r.PersonId != id), r => r.PersonId);
        var parts = await db.People.Where(p => p.Id == id).Select(p => new
        {
            Alerts = db.PersonAlerts.Where(a => a.PersonId == p.Id && a.EndedOn == null && a.ExpiryDate >= today).ToList(),
            Names = db.PersonNames.Where(n => n.PersonId == p.Id && n.Kind != PersonNameKind.Current).ToList(),
            KeyPeople = related.Where(r => r.OtherPersonId == p.Id).Select(r => new
            {
                r.Id,
                r.Kind,
                r.IsKeyPerson,
                r.PersonId,
                Reference = db.People.Where(o => o.Id == r.PersonId).Select(o => o.Reference).FirstOrDefault(),
                Name = db.People.Where(o => o.Id == r.PersonId).Select(o => (o.PreferredName ?? o.GivenName) + " " + o.FamilyName).FirstOrDefault(),
                Phone = db.People.Where(o => o.Id == r.PersonId).Select(o => o.Phone).FirstOrDefault(),
            }).ToList(),
            Services = db.CareEvents.Where(e => e.PersonId == p.Id && e.Kind == CareEventKind.Service && e.EndDate == null).ToList(),
            IsRestricted = db.Restrictions.Any(r => r.PersonId == p.Id && r.EpisodeId == null && (r.ToOn == null || r.ToOn > now)),
        }).AsNoTracking().FirstAsync();
        var sights = await access.FieldsOfAsync([id, .. parts.KeyPeople.Select(k => k.PersonId)]);
        var fields = sights.GetValueOrDefault(id, FieldSight.All);
        var mine = db.Episodes.Where(e => e.PersonId == id).Select(e => e.Id).Concat(db.EpisodeParties.Where(p => p.PersonId == id).Select(p => p.EpisodeId));
        var episodes = await db.Episodes.Where(e => mine.Contains(e.Id)).OrderBy(e => e.ReceivedOn).Select(e => new EpisodeRow
        {
            Id = e.Id,
            Reference = e.Reference,
            PathwayKey = e.PathwayKey,
            PersonId = e.PersonId,
            Kind = e.Kind,
            StageKey = e.StageKey,
            ReceivedDate = e.ReceivedDate,
            ClosedDate = e.ClosedDate,
            Worker = db.Users.Where(u => u.Id == e.WorkerId).Select(u => u.DisplayName).FirstOrDefault(),
            Team = db.Teams.Where(t => t.Id == e.TeamId).Select(t => t.Name).FirstOrDefault(),
            Clocks = db.EpisodeClocks.Where(c => c.EpisodeId == e.Id && c.StoppedOn == null && c.DueDate != null).Select(c => new ClockRow { Key = c.ClockKey, DueOn = c.DueOn, DueDate = c.DueDate!.Value }).ToList(),
        }).ToListAsync();
        var seen = await access.RowsForAsync(episodes, e => e.PersonId, e => e.Id);
        var hidden = episodes.Select(e => e.Id).Except(seen.Rows.Select(e => e.Id)).ToList();
        var keyPeople = fields.Shows(RestrictedFields.Relationships) ? parts.KeyPeople.Where(k => k.Reference is not null) : [];
        return new PersonView
        {
            Person = person,
            Fields = fields,
            Alerts = [.. parts.Alerts.OrderBy(a => a.AddedOn)],
            OtherNames = [.. parts.Names.OrderBy(n => n.Kind).Where(n => n.Kind != PersonNameKind.Former || fields.Shows(RestrictedFields.FormerNames))],
            KeyPeople =
            [
                .. keyPeople.OrderByDescending(k => k.IsKeyPerson).Select(k => new KeyPerson(
                    k.Id, k.Reference!, (k.Name ?? "").Trim(), k.Kind, sights.GetValueOrDefault(k.PersonId, FieldSight.All).Show(RestrictedFields.Phone, k.Phone), k.IsKeyPerson)),
            ],
            Services = [.. parts.Services.OrderBy(e => e.StartDate).Where(e => e.EpisodeId is not { } episode || !hidden.Contains(episode))],
            Open = [.. seen.Rows.Where(e => e.ClosedDate is null).Select(e => Open(e, now))],
            Closed = seen.Rows.Count(e => e.ClosedDate is not null),
            Restricted = seen.Restricted,
            IsRestricted = parts.IsRestricted,
            NextReview = seen.Rows.Where(e => e.ClosedDate is null && ((e.Kind ?? "").Contains(Review, StringComparison.Ordinal) || e.PathwayKey.Contains(Review, StringComparison.Ordinal)))
                .SelectMany(e => e.Clocks).Select(c => (DateOnly?)c.DueDate).Min(),
            Scope = new TimelineScope(id, seen.Rows.ToDictionary(e => e.Id, e => (e.Reference, e.PathwayKey)), hidden),
        };
    }

    private OpenWork Open(EpisodeRow episode, DateTime now)
    {
        var pathway = catalogue.Pathways.GetValueOrDefault(episode.PathwayKey);
        var next = episode.Clocks.OrderBy(c => c.DueOn).FirstOrDefault();
        return new OpenWork(
            episode.Id, episode.Reference, pathway?.Title ?? episode.PathwayKey, pathway?.Stages.FirstOrDefault(s => s.Key == episode.StageKey)?.Title ?? episode.StageKey,
            episode.Worker, episode.Team, episode.ReceivedDate, next is null ? null : pathway?.Clocks.FirstOrDefault(c => c.Key == next.Key)?.Title ?? next.Key, next?.DueDate, next?.DueOn < now);
    }

    private sealed record EpisodeRow
    {
        public required Guid Id { get; init; }
        public required string Reference { get; init; }
        public required string PathwayKey { get; init; }
        public required Guid? PersonId { get; init; }
        public required string? Kind { get; init; }
        public required string StageKey { get; init; }
        public required DateOnly ReceivedDate { get; init; }
        public required DateOnly? ClosedDate { get; init; }
        public required string? Worker { get; init; }
        public required string? Team { get; init; }
        public required List<ClockRow> Clocks { get; init; }
    }

    private sealed record ClockRow
    {
        public required string Key { get; init; }
        public required DateTime? DueOn { get; init; }
        public required DateOnly DueDate { get; init; }
    }
}

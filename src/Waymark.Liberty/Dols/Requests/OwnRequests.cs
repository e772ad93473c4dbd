using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Ui;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>A request as the managing authority that made it sees it: what it wrote, and where it stands. Nothing of the council's own record.</summary>
public sealed record OwnRequest(Episode Episode, DolsCase Case)
{
    public string Reference => Episode.Reference;
    public string Name => $"{Case.GivenName} {Case.FamilyName}";
    public DateOnly Received => Case.ReceivedDate;

    public string State => Case switch
    {
        { Status: DolsStatus.WrongBody } => "Sent back: we are not the supervisory body",
        { AuthorisationEndedDate: { } ended } => $"Authorisation ended {Format.ShortDate(ended)}",
        { Status: DolsStatus.Granted, AuthorisedUntilDate: { } until } => $"Granted until {Format.ShortDate(until)}",
        { Status: { } status } => Choices.Text(status),
        _ when Episode.ClosedDate is not null => "Closed",
        _ => Episode.StageKey switch
        {
            DolsPathway.Check => "Received, being looked at",
            DolsPathway.Allocate => "Waiting for assessors",
            DolsPathway.Assess => "Being assessed",
            _ => "With the signatory",
        },
    };
}

/// <summary>
/// Reads the requests of the viewer's own care home or hospital and no other's. The rules of who sees records do not open episodes to these users at all; this is their
/// only window.
/// </summary>
[Scoped]
public sealed class OwnRequests(WaymarkDb db, Viewer viewer)
{
    public async Task<IReadOnlyList<OwnRequest>> ListAsync() => [.. (await Query().OrderByDescending(r => r.Case.ReceivedDate).Take(200).ToListAsync()).Select(r => new OwnRequest(r.Episode, r.Case))];

    public async Task<OwnRequest?> FindAsync(string reference) => await Query().FirstOrDefaultAsync(r => r.Episode.Reference == reference) is { } found ? new OwnRequest(found.Episode, found.Case) : null;

    private IQueryable<Pair> Query()
    {
        var teams = viewer.TeamIds.ToList();
        return from made in db.Set<DolsCase>().AsNoTracking()
               where made.AuthorityId != null && db.Teams.Any(t => teams.Contains(t.Id) && t.OrganisationId == made.AuthorityId)
               join episode in db.Episodes.AsNoTracking() on made.EpisodeId equals episode.Id
               select new Pair { Case = made, Episode = episode };
    }

    private sealed class Pair
    {
        public required DolsCase Case { get; init; }
        public required Episode Episode { get; init; }
    }
}

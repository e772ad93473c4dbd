using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>What is known of an episode when it opens.</summary>
public sealed record NewEpisode
{
    public required string PathwayKey { get; init; }
    public Guid? PersonId { get; init; }

    /// <summary>When the council received it; now when null. Clocks of receipt start here.</summary>
    public DateTime? ReceivedOn { get; init; }

    /// <summary>When it joined its first list; when it was received, if null. An episode that another one opened joins now, though it was received earlier.</summary>
    public DateTime? EnteredOn { get; init; }

    /// <summary>The stage it starts in; the pathway's first when null.</summary>
    public string? StageKey { get; init; }
    public string? Kind { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? WorkerId { get; init; }
    public string? Priority { get; init; }
    public string? PriorityReason { get; init; }
    public string? Risk { get; init; }
    public string? Summary { get; init; }
    public IReadOnlyList<NewParty> Parties { get; init; } = [];

    /// <summary>The episode that leads to this one, joined by a link.</summary>
    public Guid? OpenedFromId { get; init; }

    /// <summary>The person is known to have died before the contact and it is recorded all the same (about their affairs, or the death itself).</summary>
    public bool DespiteDeath { get; init; }
}

/// <summary>See <see cref="EpisodeParty"/>.</summary>
public sealed record NewParty(string Role, Guid? PersonId = null, Guid? OrganisationId = null, string? Name = null, string? Relation = null, string? Detail = null);

/// <summary>Opens an episode on a pathway: its reference, first stage and span, the team by duty and ward, clocks, parties, tasks.</summary>
[Scoped]
public sealed class OpenEpisode(WaymarkDb db, CareClock clock, Catalogue catalogue, References references, StageMover mover, Auditor audit)
{
    public const string SubjectRole = "subject";
    public const string OpenedLink = "opened";

    /// <exception cref="RefusedException">Received in the future, before the person was born or after they died; no such person.</exception>
    public async Task<Episode> RunAsync(NewEpisode request)
    {
        var episode = await AddAsync(request);
        await db.SaveChangesAsync();
        return episode;
    }

    /// <summary>The same in another act's unit of work, which saves it.</summary>
    public async Task<Episode> AddAsync(NewEpisode request)
    {
        var pathway = catalogue.Pathway(request.PathwayKey);
        var receivedOn = request.ReceivedOn ?? clock.Now;
        var received = CareClock.LondonDate(receivedOn);
        if (receivedOn > clock.Now)
        {
            throw new RefusedException($"It cannot have been received on {Format.DateTime(receivedOn)}, which is yet to come. Give the day and time at which it arrived.", "ReceivedOn");
        }

        var person = request.PersonId is { } id ? await db.People.FindAsync(id) ?? throw new RefusedException("There is no such person. Search again.", "PersonId") : null;
        if (person?.BirthDate > received)
        {
            throw new RefusedException($"{person.DisplayName} was born on {Format.Date(person.BirthDate.Value)}, after it was received. Check the dates.", "ReceivedOn");
        }

        if (person?.DeathDate is { } death && death < received && !request.DespiteDeath)
        {
            throw new RefusedException(
                $"{person.DisplayName} died on {Format.Date(death)}, before this was received. Check that it is the right person; if it is about their death or their affairs, say so and record it all the same.", "DespiteDeath");
        }

        var episode = new Episode
        {
            Reference = await references.NextAsync(pathway.ReferencePrefix, received.Year),
            PathwayKey = pathway.Key,
            Kind = request.Kind,
            PersonId = person?.Id,
            ReceivedOn = receivedOn,
            ReceivedDate = received,
            StageKey = request.StageKey ?? pathway.First.Key,
            TeamId = request.TeamId,
            WorkerId = request.WorkerId,
            Priority = request.Priority,
            PriorityReason = request.PriorityReason,
            Risk = request.Risk,
            Summary = request.Summary,
        };
        db.Episodes.Add(episode);
        AddParties(episode, request);
        await mover.OpenAsync(episode, pathway, person, request.EnteredOn ?? receivedOn);
        audit.Record("open-episode", episode, new { episode.PathwayKey, episode.TeamId, from = request.OpenedFromId }, episode.PersonId);
        return episode;
    }

    private void AddParties(Episode episode, NewEpisode request)
    {
        if (episode.PersonId is not null)
        {
            db.EpisodeParties.Add(new EpisodeParty { EpisodeId = episode.Id, PersonId = episode.PersonId, Role = SubjectRole });
        }

        db.EpisodeParties.AddRange(request.Parties.Select(p => new EpisodeParty
        {
            EpisodeId = episode.Id,
            PersonId = p.PersonId,
            OrganisationId = p.OrganisationId,
            Role = p.Role,
            Name = p.Name,
            Relation = p.Relation,
            Detail = p.Detail,
        }));
        if (request.OpenedFromId is { } from)
        {
            db.EpisodeLinks.Add(new EpisodeLink { FromEpisodeId = from, ToEpisodeId = episode.Id, Kind = OpenedLink });
        }
    }
}

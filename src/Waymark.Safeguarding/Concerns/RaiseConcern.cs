using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Safeguarding.Concerns;

/// <summary>What is known of a concern when it arrives, whichever form told it.</summary>
public sealed record NewConcern
{
    public required ConcernChannel Channel { get; init; }
    public required ConcernSource Source { get; init; }
    public Guid? PersonId { get; init; }
    public required DateTime ReceivedOn { get; init; }
    public required DateTime RaisedOn { get; init; }
    public required DateTime IdentifiedOn { get; init; }
    public DateOnly? HappenedDate { get; init; }
    public TimeOnly? HappenedTime { get; init; }
    public string? ReferrerName { get; init; }
    public string? ReferrerOrganisation { get; init; }
    public string? ReferrerRelation { get; init; }
    public string? ReferrerContact { get; init; }
    public bool IsAnonymous { get; init; }
    public bool IsWhistleblower { get; init; }
    public bool KeepsReferrerSecret { get; init; }
    public IReadOnlyList<AbuseType> Abuse { get; init; } = [];
    public RiskSource? RiskSource { get; init; }
    public string? RiskSourceName { get; init; }
    public RiskLocation? Location { get; init; }
    public string? PlaceName { get; init; }
    public YesNoUnknown InThisArea { get; init; } = YesNoUnknown.NotKnown;
    public OutcomesAsked? OutcomesAsked { get; init; }
    public CapacityAnswer? Capacity { get; init; }
    public bool IsOrganisational { get; init; }
    public string? ImmediateProtection { get; init; }
    public Guid? SentKey { get; init; }
    public string? MatrixResult { get; init; }
    public string? MatrixVersion { get; init; }
    public string? MatrixAnswers { get; init; }
}

/// <summary>A concern arrives (SG-1): opened at the emergency screen with its clocks running from receipt, its parties by role, and the record that measures read.</summary>
[Scoped]
public sealed class RaiseConcern(WaymarkDb db, OpenEpisode open, ClockKeeper clocks, Catalogue catalogue, Auditor audit)
{
    // Roles of parties.
    public const string Referrer = "referrer";
    public const string RiskSourceRole = "alleged-source";
    public const string Place = "place";

    /// <summary>In the caller's unit of work, which saves it.</summary>
    public async Task<Episode> AddAsync(NewConcern concern)
    {
        ArgumentNullException.ThrowIfNull(concern);
        var pathway = catalogue.Pathway(ConcernPathway.PathwayKey);
        var episode = await open.AddAsync(new NewEpisode
        {
            PathwayKey = pathway.Key,
            PersonId = concern.PersonId,
            ReceivedOn = concern.ReceivedOn,
            DespiteDeath = true,
            Parties = [.. Parties(concern)],
        });
        clocks.Promoted(episode, pathway, [(ConcernPathway.Identified, concern.IdentifiedOn), (ConcernPathway.Raised, concern.RaisedOn)]);
        var record = Record(concern, episode.Id);
        db.Add(record);
        db.AddRange(concern.Abuse.Distinct().Select(type => new SafeguardingRisk { EpisodeId = episode.Id, Type = type, Source = concern.RiskSource, Location = concern.Location }));
        audit.Record("raise-concern", episode, new { record = record.Id, concern.Channel, concern.Source }, episode.PersonId);
        return episode;
    }

    private static ConcernRecord Record(NewConcern concern, Guid episodeId) => new()
    {
        EpisodeId = episodeId,
        Channel = concern.Channel,
        Source = concern.Source,
        SentKey = concern.SentKey,
        SourceName = concern.ReferrerOrganisation,
        IsAnonymous = concern.IsAnonymous,
        IsWhistleblower = concern.IsWhistleblower,
        KeepsReferrerSecret = concern.KeepsReferrerSecret,
        HappenedDate = concern.HappenedDate,
        HappenedOn = concern is { HappenedDate: { } day, HappenedTime: { } time } ? CareClock.FromLondon(day, time) : null,
        IdentifiedOn = concern.IdentifiedOn,
        RaisedOn = concern.RaisedOn,
        RaisedDate = CareClock.LondonDate(concern.RaisedOn),
        Location = concern.Location,
        RiskSource = concern.RiskSource,
        InThisArea = concern.InThisArea,
        OutcomesAsked = concern.OutcomesAsked,
        Capacity = concern.Capacity,
        IsOrganisational = concern.IsOrganisational,
        ImmediateProtection = concern.ImmediateProtection,
        MatrixResult = concern.MatrixResult,
        MatrixVersion = concern.MatrixVersion,
        MatrixAnswers = concern.MatrixAnswers,
    };

    private static IEnumerable<NewParty> Parties(NewConcern concern)
    {
        if (concern.ReferrerName is not null || concern.ReferrerOrganisation is not null)
        {
            yield return new NewParty(Referrer, Name: concern.ReferrerName ?? concern.ReferrerOrganisation, Relation: concern.ReferrerRelation ?? concern.ReferrerOrganisation, Detail: concern.ReferrerContact);
        }

        if (concern.RiskSourceName is { } source)
        {
            yield return new NewParty(RiskSourceRole, Name: source);
        }

        if (concern.PlaceName is { } place)
        {
            yield return new NewParty(Place, Name: place);
        }
    }
}

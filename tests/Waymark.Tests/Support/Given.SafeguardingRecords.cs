using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Tests.Support;

/// <summary>Concerns and enquiries as records, with their spans and clocks, on any past day: what measures read.</summary>
public static partial class Given
{
    /// <param name="outcome">The exit taken two days later; null is undecided.</param>
    public static Episode AddConcern(this WaymarkDb db, Person? person, DateOnly raised, ConcernSource source, string? outcome, Action<ConcernRecord>? but = null, Episode? enquiry = null)
    {
        DateOnly? decided = outcome is null ? null : raised.AddDays(2);
        var episode = Episode(ConcernPathway.PathwayKey, "SGC", null, person, raised, ConcernPathway.Triage, decided);
        var record = new ConcernRecord
        {
            EpisodeId = episode.Id,
            Channel = ConcernChannel.Professional,
            Source = source,
            IdentifiedOn = Noon(raised),
            RaisedOn = Noon(raised),
            RaisedDate = raised,
            InThisArea = YesNoUnknown.Yes,
            Outcome = outcome,
            DecidedDate = decided,
        };
        but?.Invoke(record);
        db.AddRange(episode, record, Stay(episode, ConcernPathway.Screen, raised, raised), Stay(episode, ConcernPathway.Triage, raised, decided));
        if (enquiry is not null)
        {
            db.Add(new EpisodeLink { FromEpisodeId = episode.Id, ToEpisodeId = enquiry.Id, Kind = OpenEpisode.OpenedLink });
        }

        return episode;
    }

    public static Episode AddEnquiry(this WaymarkDb db, Person? person, DateOnly started, DateOnly? concluded, bool isSection42 = true, Action<EnquiryRecord>? but = null)
    {
        var episode = Episode(EnquiryPathway.PathwayKey, "SGE", isSection42 ? EnquiryPathway.Section42Kind : EnquiryPathway.OtherKind, person, started, EnquiryPathway.Enquire, concluded);
        var record = new EnquiryRecord { EpisodeId = episode.Id, IsSection42 = isSection42, StartedDate = started, ConcludedDate = concluded, InterimProtection = null };
        but?.Invoke(record);
        db.AddRange(episode, record, Stay(episode, EnquiryPathway.Allocate, started, started.AddDays(1)), Stay(episode, EnquiryPathway.Enquire, started.AddDays(1), concluded));
        foreach (var (key, weeks) in new[] { (EnquiryPathway.ClinicClock, 6), (EnquiryPathway.AgedClock, 12) })
        {
            db.Add(new EpisodeClock
            {
                EpisodeId = episode.Id, ClockKey = key, StartedOn = Noon(started), DueOn = WorkingCalendar.EndOf(started.AddDays(7 * weeks)), DueDate = started.AddDays(7 * weeks), Limit = $"{weeks} weeks",
                StoppedOn = concluded is { } end ? Noon(end) : null, StoppedDate = concluded, IsThreshold = true,
            });
        }

        return episode;
    }

    private static Episode Episode(string pathway, string prefix, string? kind, Person? person, DateOnly received, string stage, DateOnly? closed) => new()
    {
        Reference = $"{prefix}-{received.Year}-{Guid.NewGuid():N}",
        PathwayKey = pathway,
        Kind = kind,
        PersonId = person?.Id,
        ReceivedOn = Noon(received),
        ReceivedDate = received,
        StageKey = stage,
        ClosedOn = closed is { } end ? Noon(end) : null,
        ClosedDate = closed,
    };

    private static StageSpan Stay(Episode episode, string stage, DateOnly from, DateOnly? to) => new()
    {
        EpisodeId = episode.Id, PersonId = episode.PersonId, PathwayKey = episode.PathwayKey, StageKey = stage, VisitId = Guid.CreateVersion7(), VisitDate = from,
        FromOn = Noon(from), FromDate = from, ToOn = to is { } end ? Noon(end) : null, ToDate = to, EndReason = to is null ? null : Departures.MovedOn,
    };

    private static DateTime Noon(DateOnly day) => CareClock.FromLondon(day, new TimeOnly(12, 0));
}

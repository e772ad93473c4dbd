using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Benchmarks;

/// <summary>Ten years of concerns and the enquiries of one in five, one in fifty of either still open: 65,000 concerns at full size.</summary>
public static class SafeguardingData
{
    private static readonly DateOnly Last = new(2024, 7, 30);

    public static async Task MakeAsync(Ground ground, int seed)
    {
        var random = new Random(seed);
        var count = ground.Scaled(65_000);
        var people = await Data.PeopleAsync(ground, count / 2, seed);
        var teams = Enumerable.Range(1, 4).Select(i => new Team { Key = $"team-{i}", Name = $"Team {i}" }).ToList();
        var (episodes, spans, clocks) = (new List<Episode>(), new List<StageSpan>(), new List<EpisodeClock>());
        var (concerns, enquiries, risks, links) = (new List<ConcernRecord>(), new List<EnquiryRecord>(), new List<SafeguardingRisk>(), new List<EpisodeLink>());

        Episode Open(string pathway, string prefix, Guid person, DateOnly from, DateOnly? to, string[] stages, params (string Key, int Days, bool Flags)[] running)
        {
            var episode = new Episode
            {
                Reference = $"{prefix}-{from.Year}-{episodes.Count:000000}", PathwayKey = pathway, PersonId = person, ReceivedOn = At(from), ReceivedDate = from, StageKey = stages[^1],
                TeamId = teams[random.Next(teams.Count)].Id, ClosedOn = to is { } end ? At(end) : null, ClosedDate = to,
            };
            episodes.Add(episode);
            for (var i = 0; i < stages.Length; i++)
            {
                DateOnly? until = i + 1 < stages.Length ? from : to;
                spans.Add(new StageSpan
                {
                    EpisodeId = episode.Id, PersonId = person, PathwayKey = pathway, StageKey = stages[i], VisitId = Guid.CreateVersion7(), VisitDate = from, TeamId = episode.TeamId,
                    FromOn = At(from), FromDate = from, ToOn = until is { } stop ? At(stop) : null, ToDate = until, EndReason = until is null ? null : "moved-on",
                });
            }

            clocks.AddRange(running.Select(c => new EpisodeClock
            {
                EpisodeId = episode.Id, ClockKey = c.Key, StartedOn = At(from), DueOn = At(from.AddDays(c.Days)), DueDate = from.AddDays(c.Days), Limit = $"{c.Days} days", IsThreshold = c.Flags,
                StoppedOn = to is { } closed ? At(closed) : null, StoppedDate = to,
            }));
            return episode;
        }

        for (var i = 0; i < count; i++)
        {
            var raised = Last.AddDays(-random.Next(3650));
            var isOpen = random.Next(50) == 0;
            DateOnly? decided = isOpen ? null : raised.AddDays(1 + random.Next(4));
            var person = people[random.Next(people.Count)].Id;
            var concern = Open(ConcernPathway.PathwayKey, "SGC", person, raised, decided, [ConcernPathway.Screen, ConcernPathway.Triage], (ConcernPathway.ScreenClock, 0, false), (ConcernPathway.TriageClock, 2, false));
            var goes = !isOpen && i % 5 == 0;
            concerns.Add(new ConcernRecord
            {
                EpisodeId = concern.Id, Channel = ConcernChannel.Professional, Source = (ConcernSource)random.Next(17), IdentifiedOn = At(raised), RaisedOn = At(raised), RaisedDate = raised,
                InThisArea = YesNoUnknown.Yes, Outcome = isOpen ? null : goes ? ConcernPathway.Section42 : ConcernPathway.Advice, DecidedDate = decided,
            });
            if (goes)
            {
                var started = decided!.Value;
                DateOnly? concluded = random.Next(50) == 0 ? null : started.AddDays(5 + random.Next(150));
                var enquiry = Open(EnquiryPathway.PathwayKey, "SGE", person, started, concluded, [EnquiryPathway.Allocate, EnquiryPathway.Enquire], (EnquiryPathway.EnquiryClock, 28, false), (EnquiryPathway.AgedClock, 84, true));
                var isKnown = random.Next(4) > 0;
                enquiries.Add(new EnquiryRecord
                {
                    EpisodeId = enquiry.Id, IsSection42 = random.Next(8) > 0, StartedDate = started, ConcludedDate = concluded, InterimProtection = null, Capacity = (CapacityAnswer)random.Next(4),
                    SupportedBy = (SupportedBy)random.Next(4), RiskAssessment = isKnown ? RiskAssessmentOutcome.IdentifiedAction : RiskAssessmentOutcome.NoRiskNoAction,
                    RiskOutcome = isKnown ? (RiskOutcome)random.Next(3) : null, AskedAtClose = OutcomesAsked.Expressed, Achieved = (OutcomesAchieved)random.Next(3), HealthConditions = "Dementia",
                });
                var first = random.Next(11);
                risks.Add(new SafeguardingRisk { EpisodeId = enquiry.Id, Type = (AbuseType)first, Source = (RiskSource)random.Next(3), Location = (RiskLocation)random.Next(9) });
                risks.Add(new SafeguardingRisk { EpisodeId = enquiry.Id, Type = (AbuseType)((first + 1) % 11), Source = (RiskSource)random.Next(3), Location = (RiskLocation)random.Next(9) });
                links.Add(new EpisodeLink { FromEpisodeId = concern.Id, ToEpisodeId = enquiry.Id, Kind = OpenEpisode.OpenedLink });
            }
        }

        await ground.InDbAsync(async db =>
        {
            db.AddRange(teams);
            await db.SaveChangesAsync();
            var writer = new BulkWriter(db);
            await writer.WriteAsync(episodes);
            await writer.WriteAsync(spans);
            await writer.WriteAsync(clocks);
            await writer.WriteAsync(concerns);
            await writer.WriteAsync(enquiries);
            await writer.WriteAsync(risks);
            return await writer.WriteAsync(links);
        });
        await ground.AnalyseAsync();
    }

    private static DateTime At(DateOnly day) => CareClock.FromLondon(day, new TimeOnly(9, 0));
}

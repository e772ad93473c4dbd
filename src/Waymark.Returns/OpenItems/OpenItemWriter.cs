using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;

namespace Waymark.Returns.OpenItems;

/// <summary>Writes a plan into episodes, spans, due dates and reported facts, and keeps what it did for an undo. Saves nothing itself but for ids it needs.</summary>
internal sealed class OpenItemWriter(WaymarkDb db, OpenItemImport import)
{
    public const string PlanFact = "has-support-plan";
    public const string DueClock = "due";

    private readonly List<(OpenItemEffect Effect, List<StageSpan> Written)> effects = [];

    public async Task WriteAsync(OpenItemPlan plan)
    {
        var who = await OpenItemParties.LoadAsync(db, import, plan);
        var last = await db.ReferenceCounters.FirstOrDefaultAsync(c => c.Prefix == Prefix && c.Year == import.AsAt.Year);
        if (last is null)
        {
            db.Add(last = new ReferenceCounter { Prefix = Prefix, Year = import.AsAt.Year, Last = 0 });
        }

        foreach (var item in plan.New)
        {
            last.Last++;
            var episode = NewEpisode(item, who.PersonFor(item), $"{Prefix}-{import.AsAt.Year}-{last.Last:000000}");
            db.Add(episode);
            Apply(item, episode, [], null, who, null);
        }

        await ChangeAsync(plan, who);
        await db.SaveChangesAsync();
        foreach (var (effect, written) in effects)
        {
            effect.Written = Join(written.Select(s => s.Id));
        }

        db.AddRange(effects.Select(e => e.Effect));
    }

    private const string Prefix = "OI";

    private async Task ChangeAsync(OpenItemPlan plan, OpenItemParties who)
    {
        Guid[] ids = [.. plan.Known.Select(k => k.State.EpisodeId), .. plan.Vanished.Select(v => v.EpisodeId)];
        var episodes = await db.Episodes.Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id);
        var spans = (await db.StageSpans.Where(s => ids.Contains(s.EpisodeId) && s.SupersededOn == null).OrderBy(s => s.FromDate).ThenBy(s => s.Id).ToListAsync()).ToLookup(s => s.EpisodeId);
        var clocks = await db.EpisodeClocks.Where(c => ids.Contains(c.EpisodeId) && c.ClockKey == DueClock).ToDictionaryAsync(c => c.EpisodeId);
        foreach (var (item, state) in plan.Known)
        {
            var episode = episodes[state.EpisodeId];
            var before = JsonSerializer.Serialize(EpisodeBefore.Of(episode, clocks.GetValueOrDefault(episode.Id)?.DueDate));
            episode.PersonId = who.PersonFor(item);
            Apply(item, episode, [.. spans[episode.Id]], before, who, clocks.GetValueOrDefault(episode.Id));
        }

        foreach (var gone in plan.Vanished)
        {
            var episode = episodes[gone.EpisodeId];
            var effect = new OpenItemEffect
            {
                ImportId = import.Id,
                EpisodeId = episode.Id,
                Before = JsonSerializer.Serialize(EpisodeBefore.Of(episode, clocks.GetValueOrDefault(episode.Id)?.DueDate)),
            };
            if (spans[episode.Id].LastOrDefault(s => s.ToDate is null) is { } open)
            {
                Timeline.End(open, Max(import.AsAt, open.FromDate), Departures.Vanished);
                effect.Ended = open.Id;
            }

            Close(episode, import.AsAt, Departures.Vanished, clocks.GetValueOrDefault(episode.Id));
            effects.Add((effect, []));
        }
    }

    private void Apply(OpenItem item, Episode episode, List<StageSpan> known, string? before, OpenItemParties who, EpisodeClock? due)
    {
        var now = new Attributes(who.TeamFor(item), who.WorkerFor(item), item.Priority, item.PriorityReason, item.Risk);
        var should = Timeline.For(item, episode, known, import.AsAt, now);
        var effect = new OpenItemEffect { ImportId = import.Id, EpisodeId = episode.Id, Before = before };
        var written = new List<StageSpan>();
        var superseded = new List<long>();
        var kept = known.ToDictionary(k => (k.FromDate, k.StageKey));
        foreach (var span in should)
        {
            if (kept.Remove((span.FromDate, span.StageKey), out var stands) && Timeline.Same(stands, span) && (stands.ToDate is null || stands.ToDate == span.ToDate))
            {
                if (stands.ToDate is null && span.ToDate is not null)
                {
                    Timeline.End(stands, span.ToDate.Value, span.EndReason);
                    effect.Ended = stands.Id;
                }

                continue;
            }

            if (stands is not null)
            {
                kept[(stands.FromDate, stands.StageKey)] = stands;
            }

            written.Add(span);
        }

        foreach (var span in kept.Values)
        {
            span.SupersededOn = Timeline.Instant(import.AsAt);
            superseded.Add(span.Id);
        }

        effect.Superseded = Join(superseded);
        db.AddRange(written);
        effects.Add((effect, written));
        Update(episode, item, now, should[^1]);
        SetDue(episode, item, due);
        who.ReportPlan(item);
    }

    private void SetDue(Episode episode, OpenItem item, EpisodeClock? due)
    {
        var dueOn = item.Due is { } date ? Timeline.Instant(date.AddDays(1)).AddMicroseconds(-1) : (DateTime?)null;
        if (due is null && dueOn is not null)
        {
            db.Add(due = new EpisodeClock { EpisodeId = episode.Id, ClockKey = DueClock, StartedOn = episode.ReceivedOn, Limit = "as the extract gives it" });
        }

        if (due is not null)
        {
            (due.DueOn, due.DueDate, due.StoppedOn, due.StoppedDate) = (dueOn, item.Due, episode.ClosedOn, episode.ClosedDate);
        }
    }

    private static void Update(Episode episode, OpenItem item, Attributes now, StageSpan last)
    {
        episode.StageKey = last.StageKey;
        (episode.TeamId, episode.WorkerId, episode.Priority, episode.PriorityReason, episode.Risk) = (last.TeamId, last.WorkerId, now.Priority, now.PriorityReason, now.Risk);
        (episode.LastContactDate, episode.NextContactDueDate) = (item.LastContact, item.NextContactDue);
        (episode.ClosedOn, episode.ClosedDate, episode.Departure) = (last.ToOn, last.ToDate, last.EndReason);
    }

    private static void Close(Episode episode, DateOnly day, string departure, EpisodeClock? due)
    {
        (episode.ClosedOn, episode.ClosedDate, episode.Departure) = (Timeline.Instant(day), day, departure);
        if (due is not null)
        {
            (due.StoppedOn, due.StoppedDate) = (episode.ClosedOn, episode.ClosedDate);
        }
    }

    private static Episode NewEpisode(OpenItem item, Guid personId, string reference) => new()
    {
        Reference = reference,
        PathwayKey = item.Kind.PathwayKey,
        Kind = item.Kind.Key,
        PersonId = personId,
        ReceivedOn = Timeline.Instant(item.ReferralReceived),
        ReceivedDate = item.ReferralReceived,
        StageKey = item.Kind.WaitingStage,
        Summary = $"{item.Kind.Title} {item.Reference}",
        Source = OpenItemStore.Source,
        SourceReference = item.Key,
    };

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;

    private static string Join(IEnumerable<long> ids) => string.Join(',', ids.Select(i => i.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>The columns of an episode a load may change, as they were.</summary>
internal sealed record EpisodeBefore(
    string StageKey, Guid? TeamId, Guid? WorkerId, string? Priority, string? PriorityReason, string? Risk, DateOnly? LastContact, DateOnly? NextContact,
    DateTime? ClosedOn, DateOnly? ClosedDate, string? Departure, DateOnly? Due, Guid? PersonId)
{
    public static EpisodeBefore Of(Episode e, DateOnly? due) => new(
        e.StageKey, e.TeamId, e.WorkerId, e.Priority, e.PriorityReason, e.Risk, e.LastContactDate, e.NextContactDueDate, e.ClosedOn, e.ClosedDate, e.Departure, due, e.PersonId);

    public void PutBack(Episode e)
    {
        (e.StageKey, e.TeamId, e.WorkerId, e.Priority, e.PriorityReason, e.Risk) = (StageKey, TeamId, WorkerId, Priority, PriorityReason, Risk);
        (e.LastContactDate, e.NextContactDueDate, e.ClosedOn, e.ClosedDate, e.Departure) = (LastContact, NextContact, ClosedOn, ClosedDate, Departure);
        e.PersonId = PersonId;
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways;

/// <summary>What a span should have said. What is null stays as it was; <see cref="NoWorker"/> takes the worker off.</summary>
public sealed record SpanCorrection
{
    public required long SpanId { get; init; }
    public required string? Reason { get; init; }

    /// <summary>When it really began: the span before then ends there.</summary>
    public DateTime? FromOn { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? WorkerId { get; init; }
    public bool NoWorker { get; init; }
    public string? Priority { get; init; }
    public string? Risk { get; init; }
}

/// <summary>
/// Corrects what the record says of a past stretch. The wrong span is superseded, never edited: lists as at past days then show the corrected truth, and the old one
/// can still be read. A begin that moves supersedes the span before it too, and the rest of its stay, whose wait is counted from the new day.
/// </summary>
[Scoped]
public sealed class CorrectSpan(WaymarkDb db, CareClock clock, EpisodeDesk desk, Auditor audit)
{
    /// <exception cref="RefusedException">No such span or superseded already; no reason; a begin that would pass a neighbour.</exception>
    public async Task RunAsync(SpanCorrection correction)
    {
        var reason = Words.Needed(correction.Reason, "Say why the record was wrong.");
        var wrong = await db.StageSpans.FirstOrDefaultAsync(s => s.Id == correction.SpanId && s.SupersededOn == null)
            ?? throw new RefusedException("There is no such entry, or it has been corrected already. Look at the history again.");
        var taken = await desk.TakeAnyAsync(wrong.EpisodeId);
        desk.Check(taken, Can.CorrectRecords);
        var line = await db.StageSpans.Where(s => s.EpisodeId == wrong.EpisodeId && s.SupersededOn == null).OrderBy(s => s.FromOn).ThenBy(s => s.Id).ToListAsync();
        var at = line.IndexOf(wrong);
        var before = at > 0 && line[at - 1].ToOn == wrong.FromOn ? line[at - 1] : null;
        var from = correction.FromOn ?? wrong.FromOn;
        CheckBegin(from, wrong, before);

        var replacements = new List<(StageSpan Old, StageSpan New)>();
        if (from != wrong.FromOn && before is not null)
        {
            replacements.Add((before, Copy(before, toOn: from)));
        }

        var opensVisit = before is null || before.VisitId != wrong.VisitId;
        var visitDate = opensVisit ? CareClock.LondonDate(from) : wrong.VisitDate;
        replacements.Add((wrong, Copy(wrong, from, wrong.ToOn, visitDate, correction)));
        replacements.AddRange(line.Skip(at + 1).Where(s => s.VisitId == wrong.VisitId && visitDate != s.VisitDate).Select(s => (s, Copy(s, s.FromOn, s.ToOn, visitDate))));
        await SaveAsync(taken.Episode, replacements, reason);
    }

    private void CheckBegin(DateTime from, StageSpan wrong, StageSpan? before)
    {
        if (from > clock.Now || from > wrong.ToOn)
        {
            throw new RefusedException($"It cannot have begun after it ended{(wrong.ToOn is { } to ? $", on {Format.DateTime(to)}" : "; that is yet to come")}.", "FromOn");
        }

        if (from < before?.FromOn)
        {
            throw new RefusedException($"What came before began on {Format.DateTime(before.FromOn)}. Correct that first.", "FromOn");
        }
    }

    private async Task SaveAsync(Episode episode, List<(StageSpan Old, StageSpan New)> replacements, string reason)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        foreach (var (old, _) in replacements)
        {
            old.SupersededOn = clock.Now;
        }

        // First out, then in: only one open span of an episode may stand at a time.
        await desk.SaveAsync(episode);
        db.StageSpans.AddRange(replacements.Select(r => r.New));
        await db.SaveChangesAsync();
        foreach (var (old, replacement) in replacements)
        {
            old.SupersededById = replacement.Id;
        }

        if (replacements.Select(r => r.New).FirstOrDefault(s => s.ToOn is null) is { } open)
        {
            (episode.TeamId, episode.WorkerId, episode.Priority, episode.Risk) = (open.TeamId, open.WorkerId, open.Priority, open.Risk);
        }

        audit.Record("correct-span", episode, new { spans = replacements.Select(r => new { old = r.Old.Id, now = r.New.Id }), reason }, episode.PersonId);
        await db.SaveChangesAsync();
        if (transaction is not null)
        {
            await transaction.CommitAsync();
        }
    }

    private static StageSpan Copy(StageSpan s, DateTime toOn) => Copy(s, s.FromOn, toOn, s.VisitDate);

    private static StageSpan Copy(StageSpan s, DateTime from, DateTime? to, DateOnly visitDate, SpanCorrection? correction = null) => new()
    {
        EpisodeId = s.EpisodeId,
        PersonId = s.PersonId,
        PathwayKey = s.PathwayKey,
        StageKey = s.StageKey,
        VisitId = s.VisitId,
        VisitDate = visitDate,
        TeamId = correction?.TeamId ?? s.TeamId,
        WorkerId = correction?.NoWorker == true ? null : correction?.WorkerId ?? s.WorkerId,
        Priority = correction?.Priority ?? s.Priority,
        PriorityReason = s.PriorityReason,
        Risk = correction?.Risk ?? s.Risk,
        IsPaused = s.IsPaused,
        FromOn = from,
        FromDate = CareClock.LondonDate(from),
        ToOn = to,
        ToDate = to is { } end ? CareClock.LondonDate(end) : null,
        EndReason = s.EndReason,
        ById = s.ById,
        EndedById = s.EndedById,
    };
}

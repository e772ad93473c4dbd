using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.OpenItems;

/// <summary>Takes the newest load back: what it wrote goes, what it superseded or ended stands again. One transaction.</summary>
[Scoped]
public sealed class UndoOpenItems(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit)
{
    public async Task RunAsync(Guid importId)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var import = await db.Set<OpenItemImport>().FirstOrDefaultAsync(i => i.Id == importId) ?? throw new RefusedException("There is no such load here.");
        if (import.State != OpenItemImportState.Loaded)
        {
            throw new RefusedException($"{import.FileName} is not loaded, so there is nothing to undo.");
        }

        var later = await db.Set<OpenItemImport>().Where(i => i.State == OpenItemImportState.Loaded && i.LoadedOn > import.LoadedOn).OrderByDescending(i => i.LoadedOn).FirstOrDefaultAsync();
        if (later is not null)
        {
            throw new RefusedException($"{later.FileName} was loaded after it. Undo the newest load first.");
        }

        var effects = await db.Set<OpenItemEffect>().Where(e => e.ImportId == importId).ToListAsync();
        await PutSpansBackAsync(effects);
        await PutEpisodesBackAsync(effects);
        await PutFactsBackAsync(importId);
        await RemovePeopleAsync(import);
        db.RemoveRange(effects);
        (import.State, import.UndoneOn, import.UndoneById) = (OpenItemImportState.Undone, clock.Now, viewer.IsSystem ? null : viewer.UserId);
        audit.Record("undo-open-items", import, new { episodes = effects.Count });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task PutSpansBackAsync(List<OpenItemEffect> effects)
    {
        var written = effects.SelectMany(e => Ids(e.Written)).ToHashSet();
        var superseded = effects.SelectMany(e => Ids(e.Superseded)).ToHashSet();
        var ended = effects.Where(e => e.Ended is not null).Select(e => e.Ended!.Value).ToHashSet();
        var episodes = effects.Select(e => e.EpisodeId).ToList();
        foreach (var span in await db.StageSpans.Where(s => episodes.Contains(s.EpisodeId)).ToListAsync())
        {
            if (written.Contains(span.Id))
            {
                db.Remove(span);
            }
            else if (superseded.Contains(span.Id))
            {
                span.SupersededOn = null;
            }
            else if (ended.Contains(span.Id))
            {
                (span.ToDate, span.ToOn, span.EndReason) = (null, null, null);
            }
        }
    }

    private async Task PutEpisodesBackAsync(List<OpenItemEffect> effects)
    {
        var before = effects.ToDictionary(e => e.EpisodeId, e => e.Before);
        var ids = before.Keys.ToList();
        var clocks = (await db.EpisodeClocks.Where(c => ids.Contains(c.EpisodeId) && c.ClockKey == OpenItemWriter.DueClock).ToListAsync()).ToDictionary(c => c.EpisodeId);
        var worked = (await db.NoteSubjects.Where(n => n.EpisodeId != null && ids.Contains(n.EpisodeId.Value)).Select(n => n.EpisodeId!.Value)
            .Union(db.Attachments.Where(a => a.EpisodeId != null && ids.Contains(a.EpisodeId.Value)).Select(a => a.EpisodeId!.Value))
            .Union(db.Drafts.Where(d => d.EpisodeId != null && ids.Contains(d.EpisodeId.Value)).Select(d => d.EpisodeId!.Value)).ToListAsync()).ToHashSet();
        foreach (var episode in await db.Episodes.Where(e => ids.Contains(e.Id)).ToListAsync())
        {
            clocks.TryGetValue(episode.Id, out var due);
            if (before[episode.Id] is { } json)
            {
                var was = JsonSerializer.Deserialize<EpisodeBefore>(json)!;
                was.PutBack(episode);
                if (due is not null)
                {
                    (due.DueDate, due.StoppedOn, due.StoppedDate) = (was.Due, episode.ClosedOn, episode.ClosedDate);
                    due.DueOn = was.Due is { } day ? Timeline.Instant(day.AddDays(1)).AddMicroseconds(-1) : null;
                }

                continue;
            }

            if (worked.Contains(episode.Id))
            {
                throw new RefusedException($"Somebody has written on {episode.Reference} since it was loaded, and that would be lost. Move the note first, or load a newer file instead.");
            }

            if (due is not null)
            {
                db.Remove(due);
            }

            db.Remove(episode);
        }
    }

    private async Task PutFactsBackAsync(Guid importId)
    {
        foreach (var fact in await db.ReportedFacts.Where(f => f.ImportId == importId || f.EndedByImportId == importId).ToListAsync())
        {
            if (fact.ImportId == importId)
            {
                db.Remove(fact);
            }
            else
            {
                (fact.ToDate, fact.EndedByImportId) = (null, null);
            }
        }
    }

    private async Task RemovePeopleAsync(OpenItemImport import)
    {
        var source = import.Id.ToString();
        var people = await db.People.Where(p => p.Source == source
            && !db.NoteSubjects.Any(n => n.PersonId == p.Id) && !db.Attachments.Any(a => a.PersonId == p.Id)
            && !db.Episodes.Any(e => e.PersonId == p.Id && e.Source != OpenItemStore.Source)).ToListAsync();
        db.RemoveRange(people);
    }

    private static IEnumerable<long> Ids(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(i => long.Parse(i, CultureInfo.InvariantCulture));
}

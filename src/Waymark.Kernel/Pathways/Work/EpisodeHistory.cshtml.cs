using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>What happened to an episode: its stretches, contacts and approvals, newest first; and the correction of a stretch that was written wrongly.</summary>
[Requires(Can.ViewWork)]
[LogsView]
public sealed class EpisodeHistoryPage(EpisodeReader reader, WaymarkDb db, Viewer viewer, CorrectSpan correct) : PageModel, IShowsPeople
{
    [BindProperty]
    public SpanCorrectionInput Input { get; set; } = new();

    public EpisodeView View { get; private set; } = null!;
    public IReadOnlyList<HistoryLine> Lines { get; private set; } = [];
    public IReadOnlyList<Choice> Spans { get; private set; } = [];
    public IReadOnlyList<Choice> Teams { get; private set; } = [];
    public bool MayCorrect => viewer.MayFor(View.Episode.TeamId, Can.CorrectRecords);
    public IEnumerable<Guid> ShownPeople => View?.Person is { } person ? [person.Id] : [];

    public async Task<IActionResult> OnGetAsync(string reference) => await ReadAsync(reference) ? Page() : NotFound();

    [Requires(Can.CorrectRecords)]
    public async Task<IActionResult> OnPostCorrectAsync(string reference)
    {
        if (await this.TryAsync(() => correct.RunAsync(new SpanCorrection
        {
            SpanId = Input.SpanId ?? throw new RefusedException("Choose the entry to correct.", "SpanId"),
            FromOn = Input.FromDate is { } day ? CareClock.FromLondon(day, Time()) : null,
            TeamId = Input.TeamId,
            Reason = Input.Reason,
        })))
        {
            this.Flash("Corrected. The entry that was wrong is kept and struck through.");
            return LocalRedirect($"/work/{reference}/history");
        }

        return await ReadAsync(reference) ? Page() : NotFound();
    }

    private TimeOnly Time() => string.IsNullOrWhiteSpace(Input.FromTime) ? new TimeOnly(9, 0)
        : TimeOnly.TryParse(Input.FromTime, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time
        : throw new RefusedException("Give the time as 14:30.", "FromTime");

    private async Task<bool> ReadAsync(string reference)
    {
        if ((await reader.ReadAsync(reference)).View is not { } view)
        {
            return false;
        }

        View = view;
        var id = view.Episode.Id;
        var spans = await (
            from s in db.StageSpans.AsNoTracking()
            where s.EpisodeId == id
            orderby s.FromOn descending, s.Id descending
            select new
            {
                Span = s,
                Team = db.Teams.Where(t => t.Id == s.TeamId).Select(t => t.Name).FirstOrDefault(),
                Worker = db.Users.Where(u => u.Id == s.WorkerId).Select(u => u.DisplayName).FirstOrDefault(),
                By = db.Users.Where(u => u.Id == s.ById).Select(u => u.DisplayName).FirstOrDefault(),
            }).Take(200).ToListAsync();
        var contacts = await db.WaitingContacts.AsNoTracking().Where(c => c.EpisodeId == id)
            .Select(c => new { Contact = c, By = db.Users.Where(u => u.Id == c.ById).Select(u => u.DisplayName).FirstOrDefault() }).Take(200).ToListAsync();
        var approvals = await db.Approvals.AsNoTracking().Where(a => a.EpisodeId == id && a.DecidedOn != null)
            .Select(a => new { Approval = a, By = db.Users.Where(u => u.Id == a.DecidedById).Select(u => u.DisplayName).FirstOrDefault() }).Take(200).ToListAsync();
        string Stage(string key) => view.Pathway.Stages.FirstOrDefault(s => s.Key == key)?.Title ?? key;
        Lines =
        [
            .. spans.Select(s => new HistoryLine(s.Span.FromOn, Stage(s.Span.StageKey), "Stage", s.By ?? "Waymark", Words(s.Span, s.Team, s.Worker), s.Span.SupersededOn is not null))
                .Concat(contacts.Select(c => new HistoryLine(c.Contact.RecordedOn, c.Contact.Reached ? "Contact while waiting" : "Tried to reach them", "Contact", c.By ?? "Waymark",
                    $"{Format.Date(c.Contact.ContactDate)}. {c.Contact.Words} {(c.Contact.NextDueDate is { } next ? $"Next {Format.Date(next)}." : "")}", false)))
                .Concat(approvals.Select(a => new HistoryLine(a.Approval.DecidedOn!.Value, a.Approval.IsApproved == true ? "Approved" : "Returned", "Approval", a.By ?? "Waymark", a.Approval.Words ?? "", false)))
                .OrderByDescending(l => l.On),
        ];
        Spans = [.. spans.Where(s => s.Span.SupersededOn is null).Select(s => new Choice(s.Span.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{Stage(s.Span.StageKey)} from {Format.DateTime(s.Span.FromOn)}"))];
        Teams = MayCorrect ? await db.Teams.OrderBy(t => t.Name).Select(t => new Choice(t.Id.ToString(), t.Name, null)).ToListAsync() : [];
        return true;
    }

    private static string Words(StageSpan span, string? team, string? worker)
    {
        string?[] parts =
        [
            team ?? "No team", worker ?? "unallocated",
            span.Priority is null ? null : $"priority {span.Priority}{(span.PriorityReason is null ? "" : $" ({span.PriorityReason})")}",
            span.Risk is null ? null : $"risk {span.Risk}",
            span.IsPaused ? "paused" : null,
            span.ToOn is { } to ? $"until {Format.DateTime(to)}{(span.EndReason is { } reason ? $": {Departures.Title(reason)}" : "")}" : "still so",
            span.SupersededOn is { } corrected ? $"corrected on {Format.DateTime(corrected)}" : null,
        ];
        return string.Join(", ", parts.OfType<string>()) + ".";
    }
}

public sealed record HistoryLine(DateTime On, string Title, string Kind, string By, string Text, bool IsSuperseded);

public sealed class SpanCorrectionInput
{
    public long? SpanId { get; set; }
    public DateOnly? FromDate { get; set; }
    public string? FromTime { get; set; }
    public Guid? TeamId { get; set; }
    public string? Reason { get; set; }
}

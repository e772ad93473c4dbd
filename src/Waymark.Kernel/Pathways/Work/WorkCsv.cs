using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>The work list as CSV: the same rows, in the same order, under the same address. Taking it away is written to the audit.</summary>
public sealed class WorkCsv : IEndpoints
{
    private static readonly string[] Heads =
    [
        "reference", "person_reference", "person", "work", "stage", "priority", "priority_reason", "waiting_since", "days", "due", "risk", "last_contact", "next_contact_due",
        "team", "worker", "paused", "waiting_for_approval", "as_at",
    ];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/work/rows.csv", SendAsync).Requires(Can.ViewWork);

    private static async Task<IResult> SendAsync(HttpContext context, WorkListReader reader, WorkRows rows, Catalogue catalogue, CouncilPolicy policy, Auditor audit, WaymarkDb db)
    {
        var filter = WorkFilter.From(context.Request.Query);
        var day = rows.DayOf(filter);
        var (all, details, teams, workers) = await reader.ReadAllAsync(filter);
        var words = new WorkWords(catalogue, policy.ListAt(SetPriority.List, day), policy.ListAt(SetRisk.List, day), day);
        var teamNames = teams.ToDictionary(t => t.Id, t => t.Name);
        audit.Record("export-work-list", "WorkList", filter.ToQuery(), new { rows = all.Count });
        await db.SaveChangesAsync();
        var csv = MeasureCsv.Of(Heads, all.Select(r => (IReadOnlyList<object?>)
        [
            r.Reference, r.PersonReference, r.PersonName, words.What(r), words.Stage(r), words.Priority(r.Priority), r.PriorityReason, r.Since, day.DayNumber - r.Since.DayNumber,
            details.GetValueOrDefault(r.EpisodeId)?.DueDate, words.Risk(r.Risk), r.LastContactDate, r.NextContactDueDate,
            r.TeamId is { } team ? teamNames.GetValueOrDefault(team) : null, r.WorkerId is { } worker ? workers.GetValueOrDefault(worker) : null,
            r.IsPaused, details.GetValueOrDefault(r.EpisodeId)?.AwaitsApproval ?? false, day,
        ]));
        return Results.File(csv, "text/csv; charset=utf-8", $"work-list-{day:yyyy-MM-dd}.csv");
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;
using Waymark.Liberty.Dols.Safeguards;

namespace Waymark.Liberty.Dols.National;

/// <summary>
/// The national collection: one row for each application active in a financial year, from receipt until it is formally not granted or the granted authorisation ends
/// (<c>standards.md</c> 4.1). People are under their council number or a pseudonym; the collection asks for no names.
/// </summary>
public sealed class NationalReturn : IEndpoints
{
    public static readonly string[] Heads =
    [
        "case_reference", "la_code", "person_reference", "birth_year", "age", "gender", "ethnicity", "disability_group", "religion", "sexual_orientation",
        "location_type", "cqc_location_id", "funding_source", "date_received", "application_type", "urgent_start", "urgent_end", "urgent_extended_days",
        "status", "date_completed", "fully_assessed", "reason_not_granted", "authorisation_start", "authorisation_planned_end", "authorisation_end", "reason_ended", "conditions",
        "review", "representative", "imca_39a", "imca_39c", "imca_39d", "section_21a_challenge",
    ];

    /// <summary>Setting of the council's code in national returns; empty until the council enters it.</summary>
    public const string CouncilCode = "council.code";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/dols/return.csv", SendAsync).Requires(LibertyCan.Return);

    /// <param name="year">The year in which the financial year begins: 2023 for April 2023 to March 2024.</param>
    private static async Task<IResult> SendAsync(int? year, WaymarkDb db, RecordAccess access, CareClock clock, Auditor audit)
    {
        var from = new DateOnly(year is > 2000 and < 2200 ? year.Value : clock.Today.AddMonths(-3).Year, 4, 1);
        var rows = await RowsAsync(db, access, from);
        audit.Record("export-dols-return", "DolsCase", $"{from.Year}", new { rows = rows.Count });
        await db.SaveChangesAsync();
        return Results.File(MeasureCsv.Of(Heads, rows), "text/csv; charset=utf-8", $"dols-return-{from.Year}-{(from.Year + 1) % 100:00}.csv");
    }

    public static async Task<IReadOnlyList<IReadOnlyList<object?>>> RowsAsync(WaymarkDb db, RecordAccess access, DateOnly from)
    {
        var until = from.AddYears(1);
        var code = await db.Settings.Where(s => s.Key == CouncilCode).Select(s => s.Value).FirstOrDefaultAsync() ?? "";
        var active = db.Set<DolsCase>().AsNoTracking().Where(c => c.ReceivedDate < until && c.Status != DolsStatus.WrongBody
            && (c.CompletedDate == null || c.CompletedDate >= from || (c.Status == DolsStatus.Granted && (c.AuthorisationEndedDate == null || c.AuthorisationEndedDate >= from))));
        var rows = await (
            from made in access.Visible(active, c => c.PersonId, c => c.EpisodeId)
            join episode in db.Episodes.AsNoTracking() on made.EpisodeId equals episode.Id
            where episode.Departure != Kernel.Pathways.Departures.Duplicate
            join person in db.People.AsNoTracking() on made.PersonId equals person.Id into people
            from person in people.DefaultIfEmpty()
            orderby made.ReceivedDate, episode.Reference
            select new
            {
                Made = made,
                episode.Reference,
                Person = person,
                IsPaid = db.Set<DolsRepresentative>().Where(r => r.EpisodeId == made.EpisodeId).OrderByDescending(r => r.FromDate).Select(r => (bool?)r.IsPaid).FirstOrDefault(),
                Advocates = db.Set<DolsAdvocate>().Where(a => a.EpisodeId == made.EpisodeId).Select(a => a.Section).ToList(),
                WasReviewed = db.EpisodeLinks.Any(l => l.FromEpisodeId == made.EpisodeId && db.Episodes.Any(e => e.Id == l.ToEpisodeId && e.PathwayKey == Reviews.DolsReviewPathway.PathwayKey)),
            }).ToListAsync();
        return [.. rows.Select(r => (IReadOnlyList<object?>)
        [
            r.Reference, code, r.Person?.CouncilId ?? r.Person?.Reference, (r.Person?.BirthDate ?? r.Made.BirthDate)?.Year, (r.Person?.BirthDate ?? r.Made.BirthDate) is { } born ? Names.Age(born, r.Made.ReceivedDate) : null,
            r.Person?.Sex.ToString(), r.Person?.Ethnicity, Words(r.Made.Disability), r.Made.Religion, r.Made.Orientation,
            Words(r.Made.Place), r.Made.CqcLocation, Words(r.Made.Funding), r.Made.ReceivedDate,
            r.Made.Kind switch { RequestKind.Urgent => "Urgent with standard", RequestKind.Further => "Further", _ => "Standard only" },
            r.Made.UrgentGivenOn is { } given ? CareClock.LondonDate(given) : null, r.Made.UrgentUntilDate, r.Made.UrgentExtendedDays,
            r.Made.Status is null ? "Not yet signed off" : Words(r.Made.Status), r.Made.CompletedDate, r.Made.WasFullyAssessed, Words(r.Made.NotGranted),
            r.Made.AuthorisedFromDate, r.Made.AuthorisedUntilDate, r.Made.AuthorisationEndedDate, Words(r.Made.EndReason), r.Made.HasConditions,
            r.WasReviewed, r.IsPaid switch { true => "paid", false => "unpaid", null => "" },
            r.Advocates.Contains(AdvocateSection.S39A), r.Advocates.Contains(AdvocateSection.S39C), r.Advocates.Contains(AdvocateSection.S39D), r.Made.ChallengedDate,
        ])];
    }

    private static string Words(Enum? value) => value is null ? "" : Choices.Text(value);
}

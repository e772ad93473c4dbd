using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.AgedCases;

/// <summary>The agenda makes itself.</summary>
[LogsView, Requires(SafeguardingCan.Enquire)]
public sealed class AgedCasesPage(AgedCaseReader reader, CareClock clock, Catalogue catalogue, CouncilPolicy policy) : PageModel, IShowsPeople
{
    /// <summary>As at the end of a past day; now when left out.</summary>
    [BindProperty(SupportsGet = true)]
    public DateOnly? At { get; set; }

    public AgedCaseAgenda Agenda { get; private set; } = null!;
    public DateOnly Today => clock.Today;

    /// <summary>The two marks, in the words of the policy on the day shown.</summary>
    public string Meeting => policy.LimitAt("safeguarding.clinic", Agenda.At)?.Words ?? "the mark";
    public string Aged => policy.LimitAt("safeguarding.aged", Agenda.At)?.Words ?? "the second mark";
    public IEnumerable<Guid> ShownPeople => Agenda?.Cases.Select(c => c.Person?.Id).OfType<Guid>() ?? [];

    public async Task OnGetAsync() => Agenda = await reader.ReadAsync(At is { } at && at < clock.Today ? at : clock.Today);

    /// <summary>The work list behind a number, as at the day shown.</summary>
    public string ListOf(string? clockKey) => $"/work?pathway={EnquiryPathway.PathwayKey}{(clockKey is null ? "" : $"&clock={clockKey}&due=overdue")}{(Agenda.At == clock.Today ? "" : $"&at={Agenda.At:yyyy-MM-dd}")}";

    public string StageOf(AgedCase item) => catalogue.Pathway(EnquiryPathway.PathwayKey).StageAt(item.Episode.StageKey).Title;

    /// <summary>"7 weeks", "6 weeks and 3 days".</summary>
    public static string Age(DateOnly from, DateOnly to)
    {
        var (weeks, days) = Math.DivRem(to.DayNumber - from.DayNumber, 7);
        return Kernel.Ui.Format.Plural(weeks, "week") + (days == 0 ? "" : $" and {Kernel.Ui.Format.Plural(days, "day")}");
    }
}

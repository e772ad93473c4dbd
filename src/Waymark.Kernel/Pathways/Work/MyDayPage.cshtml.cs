using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>My day: what must I do, and what is slipping?</summary>
[SignedIn]
public sealed class MyDayPage(MyDayReader reader, Catalogue catalogue, CouncilPolicy policy, CareClock clock, Viewer viewer) : PageModel
{
    public MyDay Day { get; private set; } = null!;
    public string Name => viewer.DisplayName;
    public WorkWords Say { get; private set; } = null!;

    public const int MostAlerts = 20;

    public Task OnGetAsync() => ReadAsync();

    /// <summary>The owner has seen that a clock ran out, and acts on it.</summary>
    public async Task<IActionResult> OnPostAcknowledgeAsync(Guid alert, [FromServices] AcknowledgeAlert acknowledge)
    {
        if (await this.TryAsync(() => acknowledge.RunAsync(alert)))
        {
            this.Flash("Acknowledged. It stays overdue until it is done.");
            return LocalRedirect("/my-day");
        }

        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        Day = await reader.ReadAsync();
        Say = new WorkWords(catalogue, policy.ListAt(SetPriority.List, clock.Today), policy.ListAt(SetRisk.List, clock.Today), clock.Today);
    }

    /// <summary>The clock or the task that is due.</summary>
    public string What(DayLine line)
    {
        var pathway = catalogue.Pathway(line.PathwayKey);
        return pathway.Clocks.FirstOrDefault(c => c.Key == line.What)?.Title
            ?? pathway.Stages.SelectMany(s => s.Tasks).FirstOrDefault(t => t.Key == line.What)?.Title
            ?? (pathway.Stages.FirstOrDefault(s => s.Key == line.What) is { } stage ? $"{stage.Title}, after" : "Due");
    }

    public string Stage(DayLine line) => catalogue.Pathway(line.PathwayKey).Stages.FirstOrDefault(s => s.Key == line.StageKey)?.Title ?? line.StageKey;

    public string Person(DayLine line) => line.BirthDate is { } born ? $"{line.Who}, {Format.Age(born, Day.Today)}" : line.Who;

    public string Closing(string departure) => policy.TitleOf(ProposeBulkClosure.List, departure, clock.Today);
}

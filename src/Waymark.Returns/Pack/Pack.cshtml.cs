using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Ui;

namespace Waymark.Returns.Pack;

/// <summary>AW-6: the weekly performance pack of one list, on any day.</summary>
[Requires(Can.ViewMeasures)]
public sealed class PackPage(BuildPack build, AddPackAction add, EndPackAction end, CareClock clock, Viewer viewer) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? List { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? At { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    [BindProperty]
    public DateOnly? Due { get; set; }

    public WeeklyPack? Pack { get; private set; }
    public IReadOnlyList<Choice> Lists { get; private set; } = [];
    public bool MayAct => viewer.May(Can.AllocateWork);
    public DateTime ComputedOn => clock.Now;
    public string Title => Lists.FirstOrDefault(l => l.Value == List)?.Text ?? "";
    public string CsvUrl => $"/pack.csv?list={Uri.EscapeDataString(Pack!.List.Key)}&at={Pack.AsAt:yyyy-MM-dd}";

    public string OverdueCaption => Pack!.Overdue.Count < Pack.OverdueContacts - Pack.OverdueRestricted
        ? $"The {Pack.Overdue.Count} most overdue of {Format.Count(Pack.OverdueContacts)}"
        : Format.Plural(Pack.OverdueContacts, "contact is", "contacts are") + " overdue";

    public async Task OnGetAsync() => await ShowAsync();

    [Requires(Can.AllocateWork)]
    public async Task<IActionResult> OnPostActionAsync()
    {
        if (await this.TryAsync(() => add.RunAsync(ListKey(), Text, Owner, Due)))
        {
            this.Flash("The action is noted and comes back next week.");
            return Redirect($"/pack?list={Uri.EscapeDataString(List!)}#actions");
        }

        await ShowAsync();
        return Page();
    }

    private string ListKey() => string.IsNullOrWhiteSpace(List) ? throw new RefusedException("Choose the list that the action is about.", nameof(List)) : build.ListFor(List).Key;

    [Requires(Can.AllocateWork)]
    public async Task<IActionResult> OnPostEndAsync(Guid id, bool done, string? outcome)
    {
        if (await this.TryAsync(() => end.RunAsync(id, done, outcome)))
        {
            return Redirect($"/pack?list={Uri.EscapeDataString(List ?? "")}#actions");
        }

        await ShowAsync();
        return Page();
    }

    public static string ColourOf(string risk) => risk switch { "red" => "red", "amber" => "yellow", "green" => "green", _ => "grey" };

    public string ColourOf(PackAction action) => action.State switch
    {
        PackActionState.Done => "green",
        PackActionState.Dropped => "grey",
        _ => action.DueDate < clock.Today ? "red" : "blue",
    };

    public string StateOf(PackAction action) => action.State switch
    {
        PackActionState.Done => "Done",
        PackActionState.Dropped => "Dropped",
        _ => action.DueDate < clock.Today ? "Overdue" : "Open",
    };

    /// <summary>More waiting is worse.</summary>
    public static string? Tone(PackLine line) => line.Change?.Direction switch { ChangeDirection.Up => "bad", ChangeDirection.Down => "good", _ => null };

    /// <summary>"a Care Act assessment" heads the page as "Care Act assessment".</summary>
    private static string Heading(QueueMeasures list)
    {
        var noun = list.Noun.StartsWith("a ", StringComparison.Ordinal) ? list.Noun[2..] : list.Noun;
        return char.ToUpperInvariant(noun[0]) + noun[1..];
    }

    private async Task ShowAsync()
    {
        var lists = await build.ListsAsync();
        if (lists.Count == 0)
        {
            return;
        }

        var list = lists.FirstOrDefault(l => l.Key == List) ?? lists[0];
        List = list.Key;
        Lists = [.. lists.Select(l => new Choice(l.Key, Heading(l)))];
        var day = At ?? await build.UsualDayAsync(list);
        if (!await this.TryAsync(async () => Pack = await build.RunAsync(list, day)))
        {
            Pack ??= await build.RunAsync(list, await build.UsualDayAsync(list));
        }

        At = Pack!.AsAt;
    }
}

/// <summary>The pack as a spreadsheet reads it: one row for each number.</summary>
[Requires(Can.ViewMeasures)]
public sealed class PackCsv(BuildPack build) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string? list, DateOnly? at)
    {
        var lists = await build.ListsAsync();
        if ((lists.FirstOrDefault(l => l.Key == list) ?? (lists.Count > 0 ? lists[0] : null)) is not { } chosen)
        {
            return NotFound();
        }

        var pack = await build.RunAsync(chosen, at ?? await build.UsualDayAsync(chosen));
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        await PackTable.WriteAsync(pack, text);
        return File(System.Text.Encoding.UTF8.GetPreamble().Concat(System.Text.Encoding.UTF8.GetBytes(text.ToString())).ToArray(), "text/csv", $"pack-{pack.List.Key}-{pack.AsAt:yyyy-MM-dd}.csv");
    }
}

/// <summary>The pack's numbers as rows of section, what, value, a week ago and unit.</summary>
public static class PackTable
{
    public static async Task WriteAsync(WeeklyPack pack, TextWriter text)
    {
        await using var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var row in Rows(pack).Prepend(["list", "asAt", "section", "what", "value", "weekAgo", "unit"]))
        {
            foreach (var field in row)
            {
                csv.WriteField(field);
            }

            await csv.NextRecordAsync();
        }
    }

    public static IEnumerable<string?[]> Rows(WeeklyPack pack)
    {
        string?[] Row(string section, string what, object? value, object? before = null, string? unit = "items") =>
            [pack.List.Key, pack.AsAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), section, what, Text(value), Text(before), unit];

        foreach (var line in pack.Lines)
        {
            yield return Row("week", line.Now.Title, line.Now.Value, line.Before.Value, line.Now.Unit);
        }

        foreach (var (section, moves) in new[] { ("waiting", pack.Waiting), ("allocated", pack.Working) })
        {
            yield return Row(section, "At the start", moves.Opening);
            yield return Row(section, "Arrived", moves.Arrivals);
            foreach (var departed in moves.Departures)
            {
                yield return Row(section, departed.Title, -departed.Count);
            }

            yield return Row(section, "At the end", moves.Closing);
        }

        foreach (var team in pack.Teams)
        {
            yield return Row("team waiting", team.Name, team.Waiting, team.WaitingBefore);
            yield return Row("team longest wait", team.Name, team.Longest, null, "days");
            yield return Row("team allocated", team.Name, team.Allocated);
            yield return Row("team overdue contacts", team.Name, team.OverdueContacts);
        }

        yield return Row("contacts", "Overdue", pack.OverdueContacts);
        yield return Row("contacts", "No next contact set", pack.WithoutContactDate);
        foreach (var action in pack.Actions)
        {
            yield return Row("action", $"{action.Text} ({action.Owner}, due {action.DueDate:yyyy-MM-dd})", action.State, null, null);
        }
    }

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Messages;

/// <summary>What was sent, waits, failed, or is in doubt. Whoever runs the system sees to whom and about what kind of thing, not the text.</summary>
[Requires(Can.RunSystem)]
public sealed class MessageListPage(WaymarkDb db, MessageCarriers carriers, ResolveMessage resolve) : PageModel
{
    public const int PageSize = 50;

    [BindProperty(SupportsGet = true)]
    public MessageState? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int PageNumber { get; set; } = 1;

    [BindProperty]
    public Guid Id { get; set; }

    public bool IsDemo { get; private set; }
    public bool DemoSends => carriers.DemoSends;

    /// <summary>The people of a demo are made up, and the page is where one looks at what would have been sent.</summary>
    public bool ShowsText => IsDemo;
    public IReadOnlyList<string> Carriers => [.. carriers.All.Select(c => c.Name)];
    public IReadOnlyDictionary<MessageState, int> Counts { get; private set; } = new Dictionary<MessageState, int>();
    public IReadOnlyList<OutboxMessage> Rows { get; private set; } = [];
    public int Total => State is { } state ? Counts.GetValueOrDefault(state) : Counts.Values.Sum();

    public static string Colour(MessageState state) => state switch
    {
        MessageState.Sent => "green",
        MessageState.InDoubt => "orange",
        MessageState.Failed => "red",
        MessageState.Claimed => "blue",
        _ => "grey",
    };

    public int CountOf(string state) => Counts.GetValueOrDefault(Enum.Parse<MessageState>(state));

    public Task OnGetAsync() => ReadAsync();

    public Task<IActionResult> OnPostAgainAsync() => ActAsync(() => resolve.SendAgainAsync(Id), "It is sent again with the same Message-ID");

    public Task<IActionResult> OnPostArrivedAsync() => ActAsync(() => resolve.CloseAsync(Id, arrived: true), "Marked as sent");

    public Task<IActionResult> OnPostGiveUpAsync() => ActAsync(() => resolve.CloseAsync(Id, arrived: false), "Marked as failed");

    private async Task<IActionResult> ActAsync(Func<Task> act, string done)
    {
        if (await this.TryAsync(act))
        {
            this.Flash(done);
            return Redirect("/admin/messages?state=InDoubt");
        }

        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        IsDemo = await db.Settings.AnyAsync(s => s.Key == Setting.Demo && s.Value == "true");
        Counts = await db.Outbox.GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        PageNumber = Math.Max(1, PageNumber);
        var those = State is { } state ? db.Outbox.Where(m => m.State == state) : db.Outbox;
        Rows = await those.AsNoTracking().OrderByDescending(m => m.QueuedOn).ThenByDescending(m => m.Id).Skip((PageNumber - 1) * PageSize).Take(PageSize).ToListAsync();
    }
}

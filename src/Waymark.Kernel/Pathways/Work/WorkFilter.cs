using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>What the work list shows. It stands in the address and nowhere else, so that "back" and a shared link show the same.</summary>
public sealed record WorkFilter
{
    public const string Mine = "mine";
    public const string Me = "me";
    public const string Nobody = "none";

    public string? Pathway { get; init; }
    public string? Stage { get; init; }

    /// <summary>See <see cref="Episode.Kind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The key of a team, <c>mine</c>, or <c>none</c>.</summary>
    public string? Team { get; init; }

    /// <summary>The id of a user, <c>me</c>, or <c>none</c> for unallocated.</summary>
    public string? Worker { get; init; }
    public string? Priority { get; init; }
    public string? Risk { get; init; }

    /// <summary>The key of a clock that runs; with <see cref="Due"/>, of that clock alone.</summary>
    public string? Clock { get; init; }

    /// <summary>
    /// <c>overdue</c>, <c>today</c> or <c>week</c>: of the clocks that can be breached, or of <see cref="Clock"/>. <c>since</c> is overdue since the working day before,
    /// <c>backlog</c> for longer.
    /// </summary>
    public string? Due { get; init; }
    public string? Ward { get; init; }

    /// <summary>Any of <see cref="Flags.All"/>; a row has each that is chosen.</summary>
    public IReadOnlyList<string> Flag { get; init; } = [];

    /// <summary><c>wait</c> or <c>contact</c>; by priority and then wait when null.</summary>
    public string? Sort { get; init; }

    /// <summary>The list as it was at the end of this past day; null for now.</summary>
    public DateOnly? At { get; init; }
    public int Page { get; init; } = 1;

    public int Set => new[] { Pathway, Stage, Kind, Team, Worker, Priority, Risk, Clock, Due, Ward }.Count(v => v is not null) + Flag.Count + (At is null ? 0 : 1);

    /// <summary>Reads an address. What it does not know it leaves out; a day that is none gives the list of now.</summary>
    public static WorkFilter From(IQueryCollection query)
    {
        string? Text(string name) => query[name].LastOrDefault() is { Length: > 0 } text ? text.Trim() : null;
        return new WorkFilter
        {
            Pathway = Text("pathway"),
            Stage = Text("stage"),
            Kind = Text("kind"),
            Team = Text("team"),
            Worker = Text("worker"),
            Priority = Text("priority"),
            Risk = Text("risk"),
            Clock = Text("clock"),
            Due = Text("due"),
            Ward = Text("ward"),
            Flag = [.. query["flag"].Where(f => Flags.All.ContainsKey(f ?? "")).Select(f => f!).Distinct()],
            Sort = Text("sort"),
            At = ReadDay(Text("at")),
            Page = int.TryParse(Text("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
        };
    }

    /// <summary>The filter as an address asks it, without the page: "?team=mine&amp;due=overdue"; empty when nothing is set.</summary>
    public string ToQuery()
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in Pairs())
        {
            query.Add(name, value);
        }

        return query.ToQueryString().Value ?? "";
    }

    /// <summary>The parts that are set, as fields of a form.</summary>
    public IEnumerable<(string Name, string Value)> Pairs()
    {
        (string, string?)[] all =
        [
            ("pathway", Pathway), ("stage", Stage), ("kind", Kind), ("team", Team), ("worker", Worker), ("priority", Priority), ("risk", Risk), ("clock", Clock), ("due", Due), ("ward", Ward),
            .. Flag.Select(f => ("flag", (string?)f)),
            ("sort", Sort), ("at", At?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];
        return all.Where(p => p.Item2 is not null).Select(p => (p.Item1, p.Item2!));
    }

    private static DateOnly? ReadDay(string? text)
    {
        string[] shapes = ["yyyy-MM-dd", "d/M/yyyy", "d MMMM yyyy", "d MMM yyyy"];
        return DateOnly.TryParseExact(text, shapes, CultureInfo.GetCultureInfo("en-GB"), DateTimeStyles.None, out var day) ? day : null;
    }
}

/// <summary>What may be the matter with an item.</summary>
public static class Flags
{
    public const string Contact = "contact";
    public const string Paused = "paused";
    public const string Approval = "approval";
    public const string After = "after";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Contact] = "Contact overdue",
        [Paused] = "Paused",
        [Approval] = "Waiting for approval",
        [After] = "To look at after acting",
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Waymark.Kernel.Measures;

/// <summary>The address of a measure as it is looked at: day, cut and cuts within, so that "back" and a shared link show the same.</summary>
public sealed record MeasureAddress(string Key, DateOnly? At, string? Cut, IReadOnlyList<CutValue> Within)
{
    /// <summary>Reads <c>in=ward:North</c> values; one that is no cut is left out.</summary>
    public static IReadOnlyList<CutValue> Parse(IEnumerable<string?> texts) =>
        [.. texts.Select(t => t?.Split(':', 2)).Where(p => p is { Length: 2 } && Measures.Cut.All.Any(c => c.Key == p[0])).Select(p => new CutValue(p![0], p[1]))];

    public string Page => Url("");
    public string Rows => Url("/rows");
    public string Publish => Url("/publish");

    public string Csv(string path, string handler) => Url(path, ("handler", handler));

    public MeasureAddress With(CutValue cut) => this with { Within = [.. Within, cut] };
    public MeasureAddress Without(CutValue cut) => this with { Within = [.. Within.Where(w => w != cut)] };

    private string Url(string path, params (string Name, string Value)[] more)
    {
        var query = new QueryBuilder();
        if (At is { } day)
        {
            query.Add("at", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        if (Cut is not null)
        {
            query.Add("cut", Cut);
        }

        foreach (var cut in Within)
        {
            query.Add("in", $"{cut.Cut}:{cut.Value}");
        }

        foreach (var (name, value) in more)
        {
            query.Add(name, value);
        }

        return $"/measures/{Key}{path}{query.ToQueryString()}";
    }
}

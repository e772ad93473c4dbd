using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Browser.Support;

/// <summary>Every page that answers GET, from the endpoint table, with an address to look at it by.</summary>
public static class SitePages
{
    /// <summary>An address for each route that has parameters, from the demo county. A new such route needs its line here, or a test fails.</summary>
    private static readonly Dictionary<string, Func<SampleWork, string>> Samples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/drafts/{id:guid}"] = s => $"/drafts/{s.Draft}",
        ["/error/{code:int?}"] = _ => "/error/404",
        ["/forms/{id:guid}/beside/{otherId:guid}"] = s => $"/forms/{s.Revision}/beside/{s.EarlierRevision}",
        ["/forms/{id:guid}/history"] = s => $"/forms/{s.Revision}/history",
        ["/forms/{id:guid}/print"] = s => $"/forms/{s.Revision}/print",
        ["/people/{reference}"] = s => $"/people/{s.Person}",
        ["/work/{reference}"] = s => $"/work/{s.OpenEpisode}",
    };

    /// <summary>Route and address; the address is <c>null</c> where the route has parameters and no sample.</summary>
    public static IReadOnlyList<(string Route, string? Address)> All(BrowserSite site)
    {
        var pages = new List<(string, string?)>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page || !page.HandlerMethods.Any(h => h.HttpMethod.Equals("GET", StringComparison.OrdinalIgnoreCase) && h.Name is null) && page.HandlerMethods.Count > 0)
            {
                continue;
            }

            var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var address = endpoint.RoutePattern.Parameters.Count == 0 ? route : Samples.TryGetValue(route, out var sample) ? sample(site.Work) : null;
            pages.Add((route, address));
        }

        return [.. pages.OrderBy(p => p.Item1, StringComparer.Ordinal)];
    }
}

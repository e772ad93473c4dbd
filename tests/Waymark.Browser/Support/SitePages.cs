using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;

namespace Waymark.Browser.Support;

/// <summary>Every page that answers GET, from the endpoint table, with an address to look at it by.</summary>
public static class SitePages
{
    /// <summary>An address for each route that has parameters, from the demo county. A new such route needs its line here, or a test fails.</summary>
    private static readonly Dictionary<string, Func<WaymarkDb, Task<string>>> Samples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/error/{code:int?}"] = _ => Task.FromResult("/error/404"),
        ["/people/{reference}"] = async db => $"/people/{await db.People.OrderBy(p => p.Reference).Select(p => p.Reference).FirstAsync()}",
        ["/work/{reference}"] = async db => $"/work/{await db.Episodes.OrderBy(e => e.Reference).Select(e => e.Reference).FirstAsync()}",
    };

    /// <summary>Route and address; the address is <c>null</c> where the route has parameters and no sample.</summary>
    public static async Task<IReadOnlyList<(string Route, string? Address)>> AllAsync(BrowserSite site)
    {
        var pages = new List<(string, string?)>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page || !page.HandlerMethods.Any(h => h.HttpMethod.Equals("GET", StringComparison.OrdinalIgnoreCase) && h.Name is null) && page.HandlerMethods.Count > 0)
            {
                continue;
            }

            var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var address = endpoint.RoutePattern.Parameters.Count == 0 ? route : Samples.TryGetValue(route, out var sample) ? await site.InDbAsync(sample) : null;
            pages.Add((route, address));
        }

        return [.. pages.OrderBy(p => p.Item1, StringComparer.Ordinal)];
    }
}

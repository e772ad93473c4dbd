using Waymark.Kernel.Modules;

namespace Waymark.Host.Layout;

/// <summary>The addresses that this site answers, from its endpoint table: so that no link is shown to a page that is not there.</summary>
[Singleton]
public sealed class PageList(IEnumerable<EndpointDataSource> sources)
{
    private HashSet<string>? addresses;

    /// <param name="address">Root-relative and without parameters: <c>/people</c>.</param>
    public bool Has(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        addresses ??= [.. sources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText?.Trim('/').ToLowerInvariant())];
        return addresses.Contains(address.Split('?')[0].ToLowerInvariant());
    }
}

using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;

namespace Waymark.Host.Hosting;

/// <summary>What stands before the site's own work: whom it believes, by which names it answers, what it logs of a request.</summary>
internal static class Serving
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<HostFilteringOptions>().Configure<SiteSettings>((filter, settings) => filter.AllowedHosts = settings.Hosts.Split(';'));
        services.AddOptions<ForwardedHeadersOptions>().Configure<SiteSettings>((forwarded, settings) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in settings.Proxies)
            {
                forwarded.KnownIPNetworks.Add(proxy);
            }
        });
    }

    public static void Use(WebApplication app)
    {
        if (app.Services.GetRequiredService<SiteSettings>().Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<RequestLog>();
        app.UseHsts();
    }
}

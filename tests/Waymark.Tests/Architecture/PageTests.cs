using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Architecture;

public sealed class PageTests
{
    // Two views of one path hide each other without an error: each project's views share one name space, from "/".
    [Fact]
    public void ViewPaths_AreUniqueOverTheHouse()
    {
        var paths = House.Assemblies.SelectMany(a => a.GetCustomAttributes<RazorCompiledItemAttribute>().Select(i => (i.Identifier, Assembly: a.GetName().Name))).ToList();

        paths.Count.ShouldBeGreaterThan(20);
        paths.Where(p => !p.Identifier.EndsWith("/_ViewImports.cshtml", StringComparison.Ordinal))
            .GroupBy(p => p.Identifier, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(" and ", g.Select(p => p.Assembly))}").ShouldBeEmpty();
    }

    [Fact]
    public void ViewStart_StandsInTheHostOnly() =>
        SourceTree.Files("src", "_ViewStart.cshtml").Select(f => f.Path).ShouldBe(["src/Waymark/_ViewStart.cshtml"]);

    [Fact]
    public async Task Handlers_EachNamesAPermissionOrIsPublic()
    {
        await using var site = await TestSite.StartAsync();
        var handlers = 0;
        var unruled = new List<string>();
        foreach (var endpoint in Endpoints(site))
        {
            if (await PageAsync(site, endpoint) is not { } page)
            {
                handlers++;
                unruled.AddRange(AccessRule.From(endpoint.Metadata) is null ? [endpoint.DisplayName!] : []);
                continue;
            }

            foreach (var handler in page.HandlerMethods)
            {
                handlers++;
                var rule = AccessRule.From(handler.MethodInfo.GetCustomAttributes(inherit: true)) ?? AccessRule.From(page.ModelTypeInfo!.GetCustomAttributes(inherit: true));
                unruled.AddRange(rule is null ? [$"{page.DisplayName} {handler.MethodInfo.Name}"] : []);
            }

            if (page.HandlerMethods.Count == 0 && AccessRule.From(page.ModelTypeInfo!.GetCustomAttributes(inherit: true)) is null)
            {
                unruled.Add(page.DisplayName!);
            }
        }

        handlers.ShouldBeGreaterThan(30);
        unruled.ShouldBeEmpty("put [Requires(Can.X)], [SignedIn] or [Public] on the handler or its page model, or .Requires(Can.X), .ForSignedIn() or .AllowPublic() on the endpoint");
    }

    [Fact]
    public async Task Permissions_ThatHandlersName_AreThoseOfTheCatalogue()
    {
        await using var site = await TestSite.StartAsync();
        var known = site.Services.GetRequiredService<Catalogue>().Permissions;
        var unknown = House.Assemblies.SelectMany(a => a.GetTypes())
            .SelectMany(t => t.GetCustomAttributes<RequiresAttribute>(false)
                .Concat(t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).SelectMany(m => m.GetCustomAttributes<RequiresAttribute>(false)))
                .Select(r => (Type: t.Name, r.Permission)))
            .Concat(Endpoints(site).SelectMany(e => e.Metadata.GetOrderedMetadata<RequiresAttribute>().Select(r => (Type: e.DisplayName!, r.Permission))))
            .Where(u => !known.ContainsKey(u.Permission));

        unknown.ShouldBeEmpty();
    }

    internal static IEnumerable<RouteEndpoint> Endpoints(TestSite site) =>
        site.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    internal static async Task<CompiledPageActionDescriptor?> PageAsync(TestSite site, RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page
            ? await site.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata)
            : null;
}

using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Kernel.Modules;

/// <summary>Registers the class as itself, once a request. For use cases and readers.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ScopedAttribute : Attribute;

/// <summary>Registers the class as itself, once a process.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SingletonAttribute : Attribute;

/// <summary>Endpoints of a slice that are not pages. Found by its class; each endpoint names a permission or is public, as pages do.</summary>
public interface IEndpoints
{
    static abstract void Map(IEndpointRouteBuilder routes);
}

/// <summary>Finds what the assemblies of the house hold: modules, services, endpoints, verbs, jobs. One scan, at start.</summary>
public static class Registration
{
    public static IReadOnlyList<WaymarkModule> FindModules(IEnumerable<Assembly> assemblies) =>
        [.. Concrete<WaymarkModule>(assemblies).Select(t => (WaymarkModule)Activator.CreateInstance(t)!)];

    public static IServiceCollection AddHouse(this IServiceCollection services, IReadOnlyList<Assembly> assemblies)
    {
        var catalogue = new Catalogue(FindModules(assemblies));
        services.AddSingleton(catalogue);
        foreach (var type in assemblies.SelectMany(a => a.GetTypes()))
        {
            if (type.IsDefined(typeof(ScopedAttribute), false))
            {
                services.AddScoped(type);
            }
            else if (type.IsDefined(typeof(SingletonAttribute), false))
            {
                services.AddSingleton(type);
            }
        }

        foreach (var job in Concrete<Jobs.Job>(assemblies))
        {
            services.AddSingleton(typeof(Jobs.Job), job);
        }

        foreach (var module in catalogue.Modules)
        {
            module.ConfigureServices(services);
        }

        return services;
    }

    public static void MapHouse(this IEndpointRouteBuilder routes, IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IEndpoints))))
        {
            type.GetMethod(nameof(IEndpoints.Map), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [routes]);
        }
    }

    public static IEnumerable<Type> Concrete<T>(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(T)));
}

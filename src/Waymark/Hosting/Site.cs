using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Waymark.Host.Layout;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Modules;
using Waymark.Returns.Analysts;

namespace Waymark.Host.Hosting;

/// <summary>Composes the services and the web site.</summary>
public static class Site
{
    /// <param name="mayMakeDemo">Where no database stands, a demo county is made.</param>
    public static async Task ServeAsync(string dataFolder, SiteSettings settings, bool mayMakeDemo, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(settings.Urls);
        Logs.Add(builder.Logging, toStandardError: false);
        Telemetry.Add(builder.Services);
        AddServices(builder.Services, DatabaseChoice.From(dataFolder), settings);
        builder.Services.AddHostedService<JobRunner>();
        await using var app = builder.Build();
        if (await PrepareDatabaseAsync(app.Services) && mayMakeDemo)
        {
            await DemoStart.MarkDueAsync(app.Services);
        }

        await DemoStart.MakeIfDueAsync(app.Services);
        Configure(app);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new RefusedException($"Another program is already at {settings.Urls}. End it, or choose another port: --port 5081.");
        }

        await using (var scope = app.Services.CreateAsyncScope())
        {
            var about = await app.Services.GetRequiredService<SiteFacts>().ReadAsync(scope.ServiceProvider.GetRequiredService<WaymarkDb>());
            Console.WriteLine(Greeting.Of(app.Urls.First(), about.IsDemo, settings.Sides));
        }

        await app.WaitForShutdownAsync(cancellation);
    }

    /// <summary>The services of the command line, without a web site.</summary>
    /// <param name="quiet">Says itself what goes wrong; nothing is logged.</param>
    public static ServiceProvider ServicesFor(DatabaseChoice choice, bool quiet = false)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging =>
        {
            if (!quiet)
            {
                Logs.Add(logging, toStandardError: true);
            }
        });
        AddServices(services, choice);
        return services.BuildServiceProvider();
    }

    public static void AddServices(IServiceCollection services, DatabaseChoice choice, SiteSettings? settings = null)
    {
        services.AddSingleton(settings ?? SiteSettings.From(_ => null));
        services.AddSingleton(choice);
        services.AddSingleton(new DataFolder(choice.DataFolder));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(p => new CareClock(p.GetRequiredService<TimeProvider>()));
        services.AddDbContext<WaymarkDb>(choice.Configure);
        services.AddScoped<Viewer>();
        services.AddScoped<Auditor>();
        services.AddHouse(House.Assemblies);
        services.AddRazorPages(options => options.RootDirectory = "/").ConfigureApplicationPartManager(AddPages);
        services.AddAntiforgery();
        Serving.Add(services);
    }

    /// <summary>The pages of the house and no others, whoever started it: the site itself, a test, a benchmark.</summary>
    private static void AddPages(ApplicationPartManager parts)
    {
        parts.ApplicationParts.Clear();
        foreach (var assembly in House.Assemblies)
        {
            foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(assembly).GetApplicationParts(assembly))
            {
                parts.ApplicationParts.Add(part);
            }
        }
    }

    public static void Configure(WebApplication app)
    {
        Serving.Use(app);
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseAssets();
        app.UseRouting();
        app.Use(RequestLog.KeepRouteAsync);
        app.UseSides(app.Services.GetRequiredService<SiteSettings>().Sides);
        app.UseAuthentication();
        app.UsePermissionGate();
        app.UseAntiforgery();
        app.MapRazorPages();
        app.MapHouse(House.Assemblies);
    }

    /// <summary>Brings the database to this version's tables and reads its care clock.</summary>
    /// <returns>True when no database stood there.</returns>
    public static async Task<bool> PrepareDatabaseAsync(IServiceProvider services)
    {
        var choice = services.GetRequiredService<DatabaseChoice>();
        Directory.CreateDirectory(choice.DataFolder);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        var isNew = await Schema.BringUpToDateAsync(db, choice, Console.Error.WriteLine);
        await EnsureViewsAsync(scope.ServiceProvider.GetRequiredService<AnalystViews>(), choice);
        await scope.ServiceProvider.GetRequiredService<FigureDefinitions>().CheckAsync();
        services.GetRequiredService<CareClock>().Offset = await CareClockOffsetAsync(db);
        return isNew;
    }

    /// <summary>Several nodes start at once: one makes the views, the others find them made.</summary>
    private static async Task EnsureViewsAsync(AnalystViews views, DatabaseChoice choice)
    {
        if (!await views.AreCurrentAsync())
        {
            await using var @lock = await StartLock.TakeAsync(choice, Schema.TimeOut, Console.Error.WriteLine);
            await views.EnsureAsync();
        }
    }

    internal static async Task<TimeSpan> CareClockOffsetAsync(WaymarkDb db)
    {
        var offset = await db.Settings.Where(s => s.Key == CareClock.OffsetSetting).Select(s => s.Value).SingleOrDefaultAsync();
        return offset is null ? TimeSpan.Zero : TimeSpan.FromTicks(long.Parse(offset, System.Globalization.CultureInfo.InvariantCulture));
    }
}

using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Hosting;

/// <summary>Composes the services and the web site.</summary>
public static class Site
{
    public static async Task ServeAsync(string dataFolder, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        var choice = DatabaseChoice.From(dataFolder);
        AddServices(builder.Services, choice);
        builder.WebHost.UseUrls("http://127.0.0.1:5080");
        var app = builder.Build();
        await PrepareDatabaseAsync(app.Services);
        Configure(app);
        await app.RunAsync(cancellation);
    }

    /// <summary>The services of the command line, without a web site.</summary>
    public static ServiceProvider ServicesFor(DatabaseChoice choice)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        AddServices(services, choice);
        return services.BuildServiceProvider();
    }

    public static void AddServices(IServiceCollection services, DatabaseChoice choice)
    {
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
        app.UseSecurityHeaders();
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseAssets();
        app.UseRouting();
        app.UseAuthentication();
        app.UsePermissionGate();
        app.UseAntiforgery();
        app.MapRazorPages();
        app.MapHouse(House.Assemblies);
    }

    /// <summary>Migrates under the start-up lock and reads the care clock's offset.</summary>
    public static async Task PrepareDatabaseAsync(IServiceProvider services)
    {
        var choice = services.GetRequiredService<DatabaseChoice>();
        Directory.CreateDirectory(choice.DataFolder);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        if ((await db.Database.GetPendingMigrationsAsync()).Any())
        {
            Migrations.Initial.Schema = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, db.GetService<IDesignTimeModel>().Model.GetRelationalModel());
            await db.Database.MigrateAsync();
        }

        var offset = await db.Settings.Where(s => s.Key == CareClock.OffsetSetting).Select(s => s.Value).FirstOrDefaultAsync();
        services.GetRequiredService<CareClock>().Offset = offset is null ? TimeSpan.Zero : TimeSpan.FromTicks(long.Parse(offset, System.Globalization.CultureInfo.InvariantCulture));
    }
}

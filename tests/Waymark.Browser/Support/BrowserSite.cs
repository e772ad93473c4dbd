using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Waymark.Demo;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Returns.OpenItems;
using Xunit;

[assembly: AssemblyFixture(typeof(Waymark.Browser.Support.BrowserSite))]

namespace Waymark.Browser.Support;

/// <summary>
/// The whole site on a free port of loopback over a fresh SQLite database with a small demo county, and a Chromium to look at it with. One for the assembly: take it as a constructor
/// parameter of the test class. The browser is the machine's own (<c>WAYMARK_CHROMIUM</c>, else <c>/usr/bin/chromium</c>).
/// </summary>
public sealed class BrowserSite : IAsyncLifetime
{
    private const int Scale = 400;
    private readonly string folder = Directory.CreateTempSubdirectory("waymark-browser-").FullName;
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public string Address { get; private set; } = "";
    /// <summary>What to look at on pages about one person, one piece of work, one form.</summary>
    public SampleWork Work { get; private set; } = null!;
    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Test" });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Site.AddServices(builder.Services, new DatabaseChoice(folder, null));
        builder.Services.AddRazorPages().ConfigureApplicationPartManager(AddGallery);
        app = builder.Build();
        await Site.PrepareDatabaseAsync(app.Services);
        await MakeCountyAsync();
        Site.Configure(app);
        await app.StartAsync();
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("WAYMARK_CHROMIUM") is { Length: > 0 } chromium ? chromium : "/usr/bin/chromium",
            Args = ["--no-sandbox"],
        });
    }

    /// <summary>A page of a browser of its own: no cookies, nothing remembered. Errors on its console fail <see cref="Looks.ShouldBeQuiet"/>.</summary>
    public async Task<IPage> PageAsync(int width = 1280, bool javaScript = true)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = javaScript,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        page.Listen();
        return page;
    }

    /// <summary>A page signed in as one of <see cref="DemoUsers"/>, through the picker.</summary>
    public async Task<IPage> PageAsAsync(string userName, int width = 1280, bool javaScript = true)
    {
        var page = await PageAsync(width, javaScript);
        await page.GotoAsync("/demo");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Sign in as {DemoUsers.All.Single(u => u.UserName == userName).Name}" }).ClickAsync();
        await page.WaitForURLAsync(address => !address.EndsWith("/demo", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        return page;
    }

    public async Task<T> InDbAsync<T>(Func<WaymarkDb, Task<T>> read)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<WaymarkDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static void AddGallery(ApplicationPartManager parts)
    {
        var gallery = typeof(BrowserSite).Assembly;
        foreach (var part in ApplicationPartFactory.GetApplicationPartFactory(gallery).GetApplicationParts(gallery))
        {
            parts.ApplicationParts.Add(part);
        }
    }

    private async Task MakeCountyAsync()
    {
        var import = await AsSystemAsync(async services =>
            (await services.GetRequiredService<StageOpenItems>().RunAsync("extract.csv", Encoding.UTF8.GetBytes(OpenItemColumns.Template()))).Import.Id);
        await AsSystemAsync(async services =>
        {
            await new DemoCounty().MakeAsync(services, new Progress<(string What, double Share)>(), Scale);
            return true;
        });
        await using var scope = app.Services.CreateAsyncScope();
        Work = new SampleWork { Import = import };
        await Work.MakeAsync(scope.ServiceProvider);
    }

    private async Task<T> AsSystemAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        return await work(scope.ServiceProvider);
    }
}

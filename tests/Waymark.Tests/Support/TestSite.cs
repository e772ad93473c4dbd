using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;

namespace Waymark.Tests.Support;

/// <summary>
/// The whole site on one engine, in memory, over a fresh migrated database. The care clock stands at 31 July 2024, 10:00 London time unless a test moves it.
/// Run a test on both engines with <c>[Theory, BothEngines]</c> and <c>await using var site = await TestSite.StartAsync(engine)</c>.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestDatabase database;

    private TestSite(WebApplication app, TestDatabase database, FakeTimeProvider time) => (this.app, this.database, Time) = (app, database, time);

    /// <summary>Real time as the site sees it; the care clock ticks with it.</summary>
    public FakeTimeProvider Time { get; }
    public CareClock CareClock => app.Services.GetRequiredService<CareClock>();
    public IServiceProvider Services => app.Services;

    /// <param name="routes">Endpoints of the test's own beside those of the house.</param>
    public static async Task<TestSite> StartAsync(Engine engine = Engine.Sqlite, Action<IServiceCollection>? configure = null, Action<IEndpointRouteBuilder>? routes = null)
    {
        var database = await TestDatabase.CreateAsync(engine, migrated: configure is null);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Test" });
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        Site.AddServices(builder.Services, database.Choice);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddAuthentication(TestSignIn.Scheme).AddScheme<AuthenticationSchemeOptions, TestSignIn>(TestSignIn.Scheme, null);
        builder.Services.PostConfigure<AuthenticationOptions>(o => o.DefaultScheme = o.DefaultAuthenticateScheme = TestSignIn.Scheme);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        await Site.PrepareDatabaseAsync(app.Services);
        app.Services.GetRequiredService<CareClock>().Offset = CareClock.DemoStart - time.GetUtcNow().UtcDateTime;
        Site.Configure(app);
        routes?.Invoke(app);
        await app.StartAsync();
        return new TestSite(app, database, time);
    }

    /// <summary>Does work in a scope of its own as the system, or as <paramref name="as"/>.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work, Action<Viewer>? @as = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var viewer = scope.ServiceProvider.GetRequiredService<Viewer>();
        if (@as is null)
        {
            viewer.ActAsSystem();
        }
        else
        {
            @as(viewer);
        }

        return await work(scope.ServiceProvider);
    }

    public Task InScopeAsync(Func<IServiceProvider, Task> work, Action<Viewer>? @as = null) =>
        InScopeAsync<object?>(async services => { await work(services); return null; }, @as);

    public Task<T> InDbAsync<T>(Func<WaymarkDb, Task<T>> work) => InScopeAsync(s => work(s.GetRequiredService<WaymarkDb>()));

    /// <summary>A client over HTTP, signed in as the user, or as nobody. Follows no redirects; keeps cookies.</summary>
    public HttpClient Client(Guid? userId = null)
    {
        var handler = new CookieHandler(app.GetTestServer().CreateHandler());
        var client = new HttpClient(handler) { BaseAddress = new Uri("http://localhost") };
        if (userId is { } id)
        {
            client.DefaultRequestHeaders.Add(TestSignIn.Header, id.ToString());
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    private sealed class CookieHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly System.Net.CookieContainer cookies = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
            {
                request.Headers.Add("Cookie", header);
            }

            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.TryGetValues("Set-Cookie", out var set))
            {
                foreach (var cookie in set)
                {
                    cookies.SetCookies(request.RequestUri!, cookie);
                }
            }

            return response;
        }
    }
}

/// <summary>Signs in whoever the header names; everything after authentication is the site's own.</summary>
public sealed class TestSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Test";
    public const string Header = "X-Test-User";

    /// <summary>Without the header the site's own cookie counts, as it does in use.</summary>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var user))
        {
            return await Context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }
}

using System.Diagnostics;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;

namespace Waymark.Benchmarks;

/// <summary>An empty, migrated database on one engine, the site over it on loopback, and a bare connection for baselines.</summary>
public sealed class Ground : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("waymark-bench-").FullName;
    private readonly string? postgres;
    private WebApplication? app;

    private Ground(string engine, string? server, double size)
    {
        (Engine, Size) = (engine, size);
        postgres = server;
        Choice = new DatabaseChoice(folder, server);
        Services = Site.ServicesFor(Choice);
    }

    public string Engine { get; }

    /// <summary>1, or less to try the bench itself.</summary>
    public double Size { get; }
    public DatabaseChoice Choice { get; }
    public ServiceProvider Services { get; }
    public bool IsPostgres => postgres is not null;

    public static async Task<Ground> MakeAsync(string engine, double size)
    {
        string? connection = null;
        if (engine == "postgres")
        {
            var server = Environment.GetEnvironmentVariable("WAYMARK_TEST_POSTGRES") ?? throw new InvalidOperationException("Run ./bench: it starts a throw-away PostgreSQL.");
            var name = $"bench_{Guid.NewGuid():N}";
            await using var admin = new NpgsqlConnection(server);
            await admin.OpenAsync();
            await new NpgsqlCommand($"CREATE DATABASE {name}", admin).ExecuteNonQueryAsync();
            connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        }

        var ground = new Ground(engine, connection, size);
        await Site.PrepareDatabaseAsync(ground.Services);
        ground.Services.GetRequiredService<CareClock>().Offset = CareClock.DemoStart - DateTime.UtcNow;
        return ground;
    }

    public int Scaled(int full) => Math.Max(10, (int)(full * Size));

    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        return await work(scope.ServiceProvider);
    }

    public Task<T> InDbAsync<T>(Func<WaymarkDb, Task<T>> work) => InScopeAsync(s => work(s.GetRequiredService<WaymarkDb>()));

    /// <summary>A plain connection of the engine's own driver, open.</summary>
    public async Task<System.Data.Common.DbConnection> BareAsync()
    {
        System.Data.Common.DbConnection connection = IsPostgres ? new NpgsqlConnection(Choice.PostgresConnection) : new SqliteConnection($"Data Source={Choice.SqliteFile}");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Statistics for the planner, as a server in use has them.</summary>
    public async Task AnalyseAsync()
    {
        await using var connection = await BareAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = IsPostgres ? "VACUUM ANALYZE" : "ANALYZE";
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The site on a free port, everyone signed in as the header says; with bare endpoints mapped beside it by the row.</summary>
    public async Task<HttpClient> ServeAsync(Guid userId, Action<WebApplication>? bare = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Bench" });
        builder.Logging.ClearProviders().AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        Site.AddServices(builder.Services, Choice);
        builder.Services.AddAuthentication(HeaderSignIn.Scheme).AddScheme<AuthenticationSchemeOptions, HeaderSignIn>(HeaderSignIn.Scheme, null);
        builder.Services.PostConfigure<AuthenticationOptions>(o => o.DefaultScheme = o.DefaultAuthenticateScheme = HeaderSignIn.Scheme);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Services.GetRequiredService<CareClock>().Offset = CareClock.DemoStart - DateTime.UtcNow;
        bare?.Invoke(app);
        Site.Configure(app);
        await app.StartAsync();
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Add(HeaderSignIn.Header, userId.ToString());
        return client;
    }

    public IServiceProvider SiteServices => app!.Services;

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        await Services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "Header";
        public const string Header = "X-Bench-User";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers.TryGetValue(Header, out var user)
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.ToString())], Scheme)), Scheme))
            : AuthenticateResult.NoResult());
    }
}

/// <summary>Counts the SQL statements EF Core sends while it listens.</summary>
public sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private int count;

    public Statements() => subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public int Count => count;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted")
        {
            Interlocked.Increment(ref count);
        }
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }

    public void Dispose() => subscriptions.ForEach(s => s.Dispose());
}

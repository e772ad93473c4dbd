using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>When each session was last seen on this node, since it was last written down: a page that is read waits for no write.</summary>
[Singleton]
public sealed class SessionSeen
{
    private readonly ConcurrentDictionary<Guid, DateTime> latest = new();

    public void Note(Guid sessionId, DateTime now) => latest[sessionId] = now;

    /// <summary>The later of what the database says and what this node saw.</summary>
    public DateTime LatestOf(Guid sessionId, DateTime written) => latest.TryGetValue(sessionId, out var seen) && seen > written ? seen : written;

    internal IReadOnlyList<KeyValuePair<Guid, DateTime>> Take()
    {
        var taken = latest.ToList();
        taken.ForEach(seen => latest.TryRemove(seen));
        return taken;
    }
}

/// <summary>Writes down twice a minute, in one statement, which sessions were seen. Each node writes its own; another node is at most that much behind.</summary>
public sealed partial class SessionSeenWriter(SessionSeen seen, IServiceScopeFactory scopes, TimeProvider time, ILogger<SessionSeenWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    public async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var chunk in seen.Take().Chunk(500))
        {
            await using var scope = scopes.CreateAsyncScope();
            var ids = chunk.Select(s => s.Key).ToList();

            // One moment for all: the last at which any of them was seen, never the moment of writing, which may be much later on a machine that slept.
            var latest = chunk.Max(s => s.Value);
            await scope.ServiceProvider.GetRequiredService<WaymarkDb>().UserSessions.Where(s => ids.Contains(s.Id) && s.LastSeenOn < latest)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenOn, latest), cancellation);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryWriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops; StopAsync writes the rest.
        }
    }

    /// <summary>A database that is away for a while must not end the writer; the sessions are seen again with their next request.</summary>
    private async Task TryWriteAsync(CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(cancellation);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or InvalidOperationException)
        {
            LogFailure(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which sessions were seen could not be written down.")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}

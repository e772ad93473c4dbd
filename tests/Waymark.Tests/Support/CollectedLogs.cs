using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waymark.Host.Hosting;

namespace Waymark.Tests.Support;

/// <summary>What a site logs: category, message and values. Scopes and the words of errors are left out, as the site's own formatter leaves them out.</summary>
public sealed class CollectedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, lines);

    public ILogger<T> For<T>() => new LoggerFactory([this]).CreateLogger<T>();

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join("; ", pairs.Select(p => $"{p.Key}={p.Value}")) : "";
            lines.Enqueue($"{logLevel} {category}: {formatter(state, null)} [{values}]");
        }
    }
}

public static class CollectedLogsExtensions
{
    /// <summary>The levels and filters of the site as it is served, into the test's hands.</summary>
    public static IServiceCollection AddLoggingOfSite(this IServiceCollection services, CollectedLogs logs) => services.AddLogging(logging =>
    {
        // The tests' own filters, which silence what the site would say, were set before.
        services.Configure<LoggerFilterOptions>(filters => filters.Rules.Clear());
        Logs.Add(logging, toStandardError: false);
        logging.ClearProviders().AddProvider(logs);
    });
}

using System.Diagnostics;
using Waymark.Kernel.Access;

namespace Waymark.Host.Hosting;

/// <summary>One line a request: the route's pattern and the worker's id, never the address asked for, which may hold a name that was searched for.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger)
{
    private static readonly object RouteKey = new();

    public async Task InvokeAsync(HttpContext context)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (logger.IsEnabled(LogLevel.Information))
            {
                var route = context.Items[RouteKey] as string;
                LogRequest(logger, context.Request.Method, route is null ? "(no page)" : "/" + route.TrimStart('/'), context.Response.StatusCode,
                    (long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds, context.RequestServices.GetRequiredService<Viewer>().UserId);
            }
        }
    }

    /// <summary>After routing: keeps what was asked for, since an error page may answer.</summary>
    public static Task KeepRouteAsync(HttpContext context, RequestDelegate next)
    {
        context.Items.TryAdd(RouteKey, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        return next(context);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} {Status} {Milliseconds} ms by {UserId}")]
    private static partial void LogRequest(ILogger logger, string method, string route, int status, long milliseconds, Guid userId);
}

/// <summary>What is logged, and where to.</summary>
internal static class Logs
{
    /// <summary>Levels of a site or a verb: what frameworks say of each request stays silent, since it quotes addresses and statements.</summary>
    public static void Add(ILoggingBuilder logging, bool toStandardError)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(toStandardError ? LogLevel.Warning : LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddConsoleFormatter<LogFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.FormatterName = LogFormatter.FormatterName;
            console.LogToStandardErrorThreshold = toStandardError ? LogLevel.Trace : LogLevel.None;
        });
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Waymark.Host.Hosting;

/// <summary>
/// One line an event, as text or as JSON. Of an error it prints the kinds and the place, never the words, which may quote what somebody typed; scopes, which hold
/// addresses with what was searched for, are left out.
/// </summary>
internal sealed class LogFormatter(TimeProvider time, SiteSettings settings) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "waymark";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // Without the exception: its words are not for the log.
        var message = logEntry.Formatter(logEntry.State, null);
        var at = time.GetUtcNow().UtcDateTime;
        if (settings.JsonLogs)
        {
            WriteJson(logEntry, message, at, textWriter);
            return;
        }

        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm:ss.fff}Z {Level(logEntry.LogLevel)} {logEntry.Category}: {message}"));
        if (logEntry.Exception is { } error)
        {
            textWriter.WriteLine($"  {Kinds(error)}");
            textWriter.WriteLine(error.StackTrace);
        }
    }

    private static void WriteJson<TState>(in LogEntry<TState> entry, string message, DateTime at, TextWriter writer)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("at", at);
            json.WriteString("level", Level(entry.LogLevel));
            json.WriteString("category", entry.Category);
            json.WriteString("message", message);
            if (entry.State is IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                json.WriteStartObject("values");
                foreach (var (key, value) in values.Where(v => v.Key != "{OriginalFormat}").DistinctBy(v => v.Key))
                {
                    json.WriteString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
                }

                json.WriteEndObject();
            }

            if (entry.Exception is { } error)
            {
                json.WriteString("error", Kinds(error));
                json.WriteString("place", error.StackTrace);
            }

            if (System.Diagnostics.Activity.Current is { } activity)
            {
                json.WriteString("trace", activity.TraceId.ToString());
            }

            json.WriteEndObject();
        }

        writer.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static string Kinds(Exception error)
    {
        var kinds = new List<string>();
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            // The engine's code says what went wrong and holds no data.
            kinds.Add(inner is System.Data.Common.DbException { SqlState: { } code } ? $"{inner.GetType().Name} {code}" : inner.GetType().Name);
        }

        return string.Join(", from ", kinds);
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };
}

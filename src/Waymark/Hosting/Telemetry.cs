using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Waymark.Host.Hosting;

/// <summary>
/// OpenTelemetry, sent by OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says and nowhere without it. Spans carry the route's pattern; addresses, which hold
/// references and what was searched for, are taken out of them.
/// </summary>
internal static class Telemetry
{
    private static readonly string[] Personal = ["url.query", "url.path", "url.full", "client.address", "network.peer.address", "user_agent.original"];

    public static void Add(IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("waymark"))
            .WithTracing(t => t.AddAspNetCoreInstrumentation(WithoutAddresses).AddSource("Npgsql").AddOtlpExporter())
            .WithMetrics(m => m.AddAspNetCoreInstrumentation().AddMeter("System.Runtime", "Npgsql").AddOtlpExporter());
    }

    internal static void WithoutAddresses(OpenTelemetry.Instrumentation.AspNetCore.AspNetCoreTraceInstrumentationOptions options)
    {
        options.RecordException = false;
        options.EnrichWithHttpResponse = (activity, _) =>
        {
            foreach (var tag in Personal)
            {
                activity.SetTag(tag, null);
            }
        };
    }
}

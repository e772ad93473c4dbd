using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Instrumentation.AspNetCore;
using Shouldly;
using Waymark.Host.Hosting;
using Xunit;

namespace Waymark.Tests.Host.Hosting;

public sealed class TelemetryTests
{
    [Fact]
    public void Span_CarriesTheRouteButNeitherAddressNorQuery()
    {
        var options = new AspNetCoreTraceInstrumentationOptions();
        Telemetry.WithoutAddresses(options);
        using var activity = new Activity("request");
        foreach (var tag in (string[])["url.query", "url.path", "url.full", "client.address", "user_agent.original"])
        {
            activity.SetTag(tag, "okafor");
        }

        activity.SetTag("http.route", "/people");

        options.EnrichWithHttpResponse!(activity, new DefaultHttpContext().Response);

        activity.TagObjects.ShouldBe([new("http.route", "/people")]);
        options.RecordException.ShouldBeFalse("the words of an error may quote what somebody typed");
    }
}

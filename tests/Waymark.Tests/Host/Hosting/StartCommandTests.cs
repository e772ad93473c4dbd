using System.Net;
using System.Net.Sockets;
using Shouldly;
using Waymark.Tests.Architecture;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Hosting;

/// <summary>The start command as a person types it, from another folder. It builds what is not built, so it runs only where <c>./test</c> asks for it.</summary>
public sealed class StartCommandTests
{
    [Fact]
    public async Task Waymark_FromAnotherFolder_ServesPagesWithTheirStyleSheetAndScript()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("WAYMARK_TEST_COMMANDS") is not null, "It builds: ./test sets WAYMARK_TEST_COMMANDS.");
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        var port = FreePort();
        await using var site = WaymarkProcess.Start(Path.Combine(SourceTree.Root, "waymark"), ["serve", "--port", $"{port}"], database.Choice.DataFolder, null);
        await site.UntilAsync(() => Task.FromResult(site.Output.Contains($"Waymark is at http://127.0.0.1:{port}", StringComparison.Ordinal)));
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var home = await client.GetStringAsync("/");
        foreach (var asset in (string[])["waymark.css", "waymark.js"])
        {
            home.ShouldContain($"/{asset}");
            (await client.GetByteArrayAsync($"/{asset}")).Length.ShouldBeGreaterThan(1000, asset);
        }

        site.Output.ShouldStartWith("Waymark is at", customMessage: "no word of the build reaches standard output");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

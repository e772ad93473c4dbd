using System.IO.Compression;
using System.Net;
using AngleSharp.Html.Parser;
using Shouldly;
using Waymark.Host.Hosting;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host;

public sealed class LayoutTests(LayoutTests.SharedSite shared) : IClassFixture<LayoutTests.SharedSite>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StyleSheet_ArrivesWithFingerprint_AndIsKept()
    {
        using var client = shared.Site.Client();
        var home = new HtmlParser().ParseDocument(await client.GetStringAsync("/", Cancellation));
        var address = home.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        address.ShouldContain("?v=");

        var css = await client.GetAsync(address, Cancellation);

        (await css.Content.ReadAsByteArrayAsync(Cancellation)).Length.ShouldBeGreaterThan(10_000);
        css.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Fact]
    public async Task StyleSheet_IsSentSmall_ToWhoCanReadIt()
    {
        using var client = shared.Site.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/waymark.css");
        request.Headers.AcceptEncoding.ParseAdd("gzip, deflate, br");

        var small = await client.SendAsync(request, Cancellation);

        small.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        small.Content.Headers.ContentType!.MediaType.ShouldBe("text/css");
        await using var body = new BrotliStream(await small.Content.ReadAsStreamAsync(Cancellation), CompressionMode.Decompress);
        using var text = new StreamReader(body);
        (await text.ReadToEndAsync(Cancellation)).ShouldBe(await client.GetStringAsync("/waymark.css", Cancellation));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/accessibility")]
    [InlineData("/privacy-and-cookies")]
    [InlineData("/nothing-here")]
    public async Task Pages_HoldNoInlineScriptOrStyle_AndCarryThePolicy(string address)
    {
        using var client = shared.Site.Client();
        var response = await client.GetAsync(address, Cancellation);
        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancellation));

        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldBe(SecurityHeaders.Policy);
        response.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem().ShouldBe("nosniff");
        page.QuerySelectorAll("script:not([src]), style, [style], [onclick], [onload]").ShouldBeEmpty();
        page.QuerySelectorAll("main h1").Length.ShouldBe(1);
    }

    [Fact]
    public async Task NotFound_SaysSoInPlainWords_WithARequestNumber()
    {
        using var client = shared.Site.Client();
        var response = await client.GetAsync("/nothing-here", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        text.ShouldContain("Page not found");
        text.ShouldContain("Request number");
    }

    [Fact]
    public async Task DemoBanner_IsShownOnlyInADemo()
    {
        await using var site = await TestSite.StartAsync();
        using var client = site.Client();
        await site.InDbAsync(async db =>
        {
            db.Settings.Add(new Setting { Key = Setting.Demo, Value = "true" });
            db.Settings.Add(new Setting { Key = Setting.Council, Value = "Oxfordshire" });
            return await db.SaveChangesAsync(Cancellation);
        });

        var demo = await client.GetStringAsync("/", Cancellation);
        demo.ShouldContain("every person here is made up");
        demo.ShouldContain("Adult social care in Oxfordshire");

        using var other = shared.Site.Client();
        (await other.GetStringAsync("/", Cancellation)).ShouldNotContain("every person here is made up");
    }

    public sealed class SharedSite : IAsyncLifetime
    {
        public TestSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Site = await TestSite.StartAsync();

        public async ValueTask DisposeAsync() => await Site.DisposeAsync();
    }
}

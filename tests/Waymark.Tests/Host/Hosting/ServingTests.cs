using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Hosting;

public sealed class ServingTests
{
    [Theory]
    [InlineData(null, HttpStatusCode.OK, HttpStatusCode.Redirect)]
    [InlineData("public,staff", HttpStatusCode.OK, HttpStatusCode.Redirect)]
    [InlineData("public", HttpStatusCode.OK, HttpStatusCode.NotFound)]
    [InlineData("staff", HttpStatusCode.Redirect, HttpStatusCode.Redirect)]
    public async Task Sites_OneSideOff_ItsPagesAreNotFoundAndHealthAlwaysAnswers(string? sites, HttpStatusCode publicHome, HttpStatusCode staffPage)
    {
        await using var site = await StartAsync(("WAYMARK_SITES", sites));
        using var client = site.Client();

        (await client.GetAsync("/")).StatusCode.ShouldBe(publicHome);
        (await client.GetAsync($"/drafts/{Guid.Empty}")).StatusCode.ShouldBe(staffPage);
        (await client.GetAsync("/accessibility")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sites_StaffOnly_HomeLeadsToMyDay()
    {
        await using var site = await StartAsync(("WAYMARK_SITES", "staff"));
        using var client = site.Client();

        (await client.GetAsync("/")).Headers.Location!.OriginalString.ShouldBe("/my-day");
    }

    [Theory, BothEngines]
    public async Task Ready_DatabaseWithoutItsTables_Answers503(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        using var client = site.Client();
        (await client.GetStringAsync("/ready")).ShouldBe("ready");
        await site.InDbAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\""));

        var answer = await client.GetAsync("/ready");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("not ready: not migrated");
        (await client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("10.1.0.0/16", "https care.example.org 203.0.113.9")]
    [InlineData("192.0.2.7", "http localhost 10.1.2.3")]
    [InlineData(null, "http localhost 10.1.2.3")]
    public async Task Proxies_OnlyThoseNamedAreBelieved(string? proxies, string seen)
    {
        await using var site = await TestSite.StartAsync(
            configure: s => s.AddSingleton(Settings(("WAYMARK_PROXIES", proxies))).AddSingleton<IStartupFilter>(new ComesFrom("10.1.2.3")),
            routes: r => r.MapGet("/seen", (HttpContext c) => $"{c.Request.Scheme} {c.Request.Host} {c.Connection.RemoteIpAddress}").AllowPublic());
        using var client = site.Client();

        var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/seen")
        {
            Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-Host", "care.example.org" } },
        });

        (await answer.Content.ReadAsStringAsync()).ShouldBe(seen);
    }

    [Theory]
    [InlineData("WAYMARK_SITES", "staf", "'public', 'staff' or 'public,staff'")]
    [InlineData("WAYMARK_PROXIES", "10.0.0.0/99", "neither an address nor a network")]
    [InlineData("WAYMARK_LOGS", "xml", "'text' or 'json'")]
    public void Settings_NotReadable_AreRefusedInWords(string name, string value, string words) =>
        Should.Throw<RefusedException>(() => Settings((name, value))).Message.ShouldContain(words);

    [Fact]
    public void Settings_OnLoopback_AnswerToLoopbackNamesOnly()
    {
        Settings().Hosts.ShouldBe("localhost;127.0.0.1;[::1]");
        Settings(("WAYMARK_URLS", "http://0.0.0.0:80")).Hosts.ShouldBe("*");
        Settings(("WAYMARK_URLS", "http://0.0.0.0:80"), ("WAYMARK_HOSTS", "care.example.org")).Hosts.ShouldBe("care.example.org");
    }

    [Fact]
    public async Task Host_OtherName_OnLoopback_IsRefused()
    {
        await using var site = await StartAsync();
        using var client = site.Client();

        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example.org" } })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<TestSite> StartAsync(params (string Name, string? Value)[] environment) =>
        TestSite.StartAsync(configure: s => s.AddSingleton(Settings(environment)));

    private static SiteSettings Settings(params (string Name, string? Value)[] environment) => SiteSettings.From(environment.ToDictionary(e => e.Name, e => e.Value).GetValueOrDefault);

    private sealed class ComesFrom(string address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return following(context);
            });
            next(app);
        };
    }
}

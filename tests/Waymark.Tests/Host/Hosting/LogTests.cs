using System.Data.Common;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Hosting;

public sealed class LogTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Format_Error_KindAndPlaceButNoWords(string form)
    {
        var line = Formatted(form, "The job {Job} failed", "seal");

        line.ShouldContain("The job seal failed");
        line.ShouldContain("InvalidOperationException, from ArgumentException");
        line.ShouldContain(nameof(Caught));
        line.ShouldNotContain("Okafor");
    }

    [Fact]
    public void Format_Json_IsOneObjectALineWithItsValues()
    {
        var line = Formatted("json", "The job {Job} failed", "seal\n\"now\"");

        line.TrimEnd('\n').ShouldNotContain("\n");
        using var json = JsonDocument.Parse(line);
        json.RootElement.GetProperty("values").GetProperty("Job").GetString().ShouldBe("seal\n\"now\"");
        json.RootElement.GetProperty("at").GetString().ShouldBe("2026-03-02T09:00:00Z");
        json.RootElement.GetProperty("level").GetString().ShouldBe("error");
    }

    [Fact]
    public async Task Request_SearchedFor_IsLoggedByItsRouteOnly()
    {
        using var logs = new CollectedLogs();
        await using var site = await TestSite.StartAsync(configure: s => s.AddLoggingOfSite(logs));
        using var client = site.Client();

        await client.GetAsync("/?q=Okafor");
        await client.GetAsync("/okafor/amal");

        logs.Lines.ShouldContain(line => line.Contains("GET / 200"));
        logs.Lines.ShouldContain(line => line.Contains("GET (no page) 404"));
        logs.Lines.ShouldAllBe(line => !line.Contains("okafor", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, BothEngines]
    public async Task Requests_ThatShowAndSaveAPerson_LogNothingOfThem(Engine engine)
    {
        using var logs = new CollectedLogs();
        await using var site = await TestSite.StartAsync(engine, s => s.AddLoggingOfSite(logs).AddSingleton<IAntiforgery, NoAntiforgery>());
        using var client = site.Client(await SocialWorkerAsync(site));
        var form = new Dictionary<string, string> { ["Input.GivenName"] = "Zebedee", ["Input.FamilyName"] = "Quillfeather", ["Input.BirthDate.Day"] = "29", ["Input.BirthDate.Month"] = "2", ["Input.BirthDate.Year"] = "1940", ["NoneOfThese"] = "true" };

        using var saved = await client.PostAsync("/people/new", new FormUrlEncodedContent(form));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        (await client.GetStringAsync(saved.Headers.Location)).ShouldContain("Quillfeather");
        (await client.GetStringAsync("/people?q=Quillfeather")).ShouldContain("Zebedee");

        logs.Lines.ShouldContain(line => line.Contains("POST /people/new 302"));
        logs.Lines.ShouldAllBe(line => !line.Contains("Zebedee", StringComparison.OrdinalIgnoreCase) && !line.Contains("Quillfeather", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, BothEngines]
    public async Task Query_ThatFailsOnAValue_LogsNothingOfIt(Engine engine)
    {
        using var logs = new CollectedLogs();
        await using var site = await TestSite.StartAsync(engine, s => s.AddLoggingOfSite(logs));

        // PostgreSQL quotes the value in its own words; SQLite has no such cast and fails on the name of the table.
        await Should.ThrowAsync<DbException>(() => site.InDbAsync(db => engine == Engine.Postgres
            ? db.Database.SqlQuery<Guid>($"SELECT {"Quillfeather"}::uuid AS \"Value\"").ToListAsync()
            : db.Database.SqlQuery<Guid>($"SELECT {"Quillfeather"} AS \"Value\" FROM \"NoSuchTable\"").ToListAsync()));

        logs.Lines.ShouldContain(line => line.Contains("Failed executing DbCommand"));
        logs.Lines.ShouldAllBe(line => !line.Contains("Quillfeather"));
    }

    private static Task<Guid> SocialWorkerAsync(TestSite site) => site.InDbAsync(async db =>
    {
        var user = new User { DisplayName = "Jo Mensah", UserName = "jo.mensah" };
        db.AddRange(user, new RoleGrant { UserId = user.Id, RoleKey = Roles.SocialWorker, Source = "local" });
        await db.SaveChangesAsync();
        return user.Id;
    });

    private string Formatted(string form, string template, string job)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IReadOnlyList<KeyValuePair<string, object?>> state = [new("Job", job), new("{OriginalFormat}", template)];
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(LogLevel.Error, "Waymark.Jobs", 0, state, Caught(), (s, e) => template.Replace("{Job}", (string)s[0].Value!) + e?.Message);
        var settings = SiteSettings.From(name => name == "WAYMARK_LOGS" ? form : null);
        new LogFormatter(time, settings).Write(entry, null, writer);
        return writer.ToString();
    }

    private static Exception Caught()
    {
        try
        {
            throw new InvalidOperationException("Amal Okafor", new ArgumentException("Amal Okafor"));
        }
        catch (InvalidOperationException caught)
        {
            return caught;
        }
    }
}

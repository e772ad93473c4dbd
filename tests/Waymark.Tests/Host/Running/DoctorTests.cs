using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Running;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Messages;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Running;

public sealed class DoctorTests
{
    [Theory, BothEngines]
    public async Task Examine_FreshSite_FailsOnlyForWantOfAnAdministrator(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);

        var findings = await ExamineAsync(site);

        findings.Where(f => f.State == Health.Fail).Select(f => (f.Check, f.Mend)).ShouldBe([("administrators", "./waymark user add --admin NAME")]);
        findings.ShouldAllBe(f => f.State == Health.Ok || f.Mend.Length > 0, "whatever is wrong says how to mend it");
        findings.Single(f => f.Check == "database").What.ShouldStartWith(engine == Engine.Sqlite ? "SQLite" : "PostgreSQL");
    }

    [Theory, BothEngines]
    public async Task Examine_WhatIsWrong_IsFound(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var now = site.Time.GetUtcNow().UtcDateTime;
        await site.InDbAsync(db =>
        {
            db.Add(new AuditEntry { OccurredOn = now.AddHours(-1), Act = "view-thing", SubjectKind = "Thing", SubjectId = "1", Detail = "{}" });
            db.Add(new OutboxMessage { Channel = MessageChannel.Email, Kind = "test", To = "a@example.org", Subject = "s", Text = "t", MessageId = "<1@example.org>", QueuedOn = now, State = MessageState.InDoubt });
            db.Add(new Lease { Job = "audit-sealer", Holder = "gone", ExpiresOn = now.AddHours(-1), LastRunOn = now.AddHours(-1), Failures = 3, LastError = "IOException" });
            db.Add(new Setting { Key = "backup.last-on", Value = now.AddDays(-3).ToString("o") });
            return db.SaveChangesAsync();
        });

        var findings = (await ExamineAsync(site)).ToDictionary(f => f.Check);

        findings["audit"].What.ShouldStartWith("1 entries");
        findings["messages"].What.ShouldBe("1 in doubt, 0 failed");
        findings["job audit-sealer"].What.ShouldBe("failed 3 times, the last time with IOException");
        findings["backup"].What.ShouldBe("the last is of 27 February 2026");
        findings.Values.Where(f => f.Check is "audit" or "messages" or "job audit-sealer" or "backup").ShouldAllBe(f => f.State == Health.Warn);
    }

    [Fact]
    public async Task Examine_TablesOfAnEarlierVersion_Fails()
    {
        await using var site = await TestSite.StartAsync();
        await site.InDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"__EFMigrationsHistory\" SET \"MigrationId\" = '20250101000000_Earlier'"));

        (await ExamineAsync(site)).Single(f => f.State == Health.Fail).What.ShouldBe("of a later version", "a migration that is not known is taken for a later one");
    }

    [Fact]
    public async Task Doctor_NoDatabase_SaysSoAndMakesNone()
    {
        await using var database = await TestDatabase.CreateAsync(Engine.Sqlite);
        await using var doctor = WaymarkProcess.Start(database.Choice, "doctor", "--json");

        (await doctor.EndAsync()).ShouldBe(1);

        System.Text.Json.JsonDocument.Parse(doctor.Output).RootElement.EnumerateArray().Last().GetProperty("what").GetString().ShouldBe("no database stands here");
        doctor.Errors.ShouldBeEmpty();
        File.Exists(database.Choice.SqliteFile).ShouldBeFalse();
    }

    private static Task<IReadOnlyList<Finding>> ExamineAsync(TestSite site) => site.InScopeAsync(s => s.GetRequiredService<Doctor>().ExamineAsync());
}

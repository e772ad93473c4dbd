using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Audit;

/// <summary>Each way in which someone who may do anything to the database, but has not the key, can tamper with the audit.</summary>
public sealed class SealedAuditTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, BothEngines]
    public async Task Audit_Untouched_Verifies_AndSaysWhatIsNotYetSealed(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await ActAsync(site, 3);

        var report = await VerifyAsync(site);

        report.Faults.ShouldBeEmpty();
        (report.Entries, report.Seals, report.NotYetSealed).ShouldBe((9, 2, 3));
    }

    [Theory, BothEngines]
    public async Task Audit_ChangedOrDeleted_ThroughTheContextOrBySql_IsRefused(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await site.InDbAsync(async db =>
        {
            var entry = await db.Audit.OrderBy(a => a.Id).FirstAsync();
            db.Entry(entry).Property(a => a.Act).CurrentValue = "another-act";
            (await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync())).Message.ShouldContain("append-only");
            db.Entry(entry).State = EntityState.Deleted;
            (await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync())).Message.ShouldContain("append-only");
            db.ChangeTracker.Clear();
            (await Should.ThrowAsync<Exception>(() => db.Audit.ExecuteUpdateAsync(s => s.SetProperty(a => a.Act, "another-act")))).Message.ShouldContain("append-only");
            (await Should.ThrowAsync<Exception>(() => db.Audit.ExecuteDeleteAsync())).Message.ShouldContain("append-only");
            (await Should.ThrowAsync<Exception>(() => db.AuditSeals.ExecuteDeleteAsync())).Message.ShouldContain("append-only");
            return 0;
        });
    }

    [Theory, BothEngines]
    public async Task Verify_EntryChanged_NamesIt(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await TamperAsync(site, """UPDATE "AuditEntry" SET "Act" = 'look-away' WHERE "Id" = 2""");

        var fault = (await VerifyAsync(site)).Faults.ShouldHaveSingleItem();

        (fault.Kind, fault.EntryId).ShouldBe((AuditFaultKind.Changed, 2L));
    }

    [Theory, BothEngines]
    public async Task Verify_EntryDeleted_NamesIt(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await TamperAsync(site, """DELETE FROM "AuditEntry" WHERE "Id" = 5""");

        var fault = (await VerifyAsync(site)).Faults.ShouldHaveSingleItem();

        (fault.Kind, fault.EntryId).ShouldBe((AuditFaultKind.Missing, 5L));
    }

    [Theory, BothEngines]
    public async Task Verify_TwoEntriesSwapped_SaysWhichStandsWhere(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await TamperAsync(site, """UPDATE "AuditEntry" SET "Id" = -1 WHERE "Id" = 2""", """UPDATE "AuditEntry" SET "Id" = 2 WHERE "Id" = 6""", """UPDATE "AuditEntry" SET "Id" = 6 WHERE "Id" = -1""");

        var faults = (await VerifyAsync(site)).Faults;

        faults.Select(f => (f.Kind, f.EntryId)).ShouldBe([(AuditFaultKind.OutOfOrder, 2L), (AuditFaultKind.OutOfOrder, 6L)], ignoreOrder: true);
        faults.ShouldContain(f => f.Says.Contains("sealed as entry 6", StringComparison.Ordinal));
    }

    [Theory, BothEngines]
    public async Task Verify_EndCutOff_IsKnownFromTheFileBesideTheDatabase_AlsoAfterTheSealerRanOn(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await TamperAsync(site, """DELETE FROM "AuditSeal" WHERE "Id" = 2""", """DELETE FROM "AuditEntry" WHERE "Id" > 3""");

        var fault = (await VerifyAsync(site)).Faults.ShouldHaveSingleItem();
        (fault.Kind, fault.SealId).ShouldBe((AuditFaultKind.CutFromTheEnd, 2L));

        await ActAsync(site, 2);
        await SealAsync(site);
        (await VerifyAsync(site)).Faults.ShouldContain(f => f.SealId == 2);
    }

    [Theory, BothEngines]
    public async Task Verify_SealDeletedFromTheMiddle_IsKnownFromTheChain(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await ActAsync(site, 1);
        await SealAsync(site);
        await TamperAsync(site, """DELETE FROM "AuditSeal" WHERE "Id" = 2""");

        var faults = (await VerifyAsync(site)).Faults;

        faults.ShouldAllBe(f => f.Kind == AuditFaultKind.SealMissing);
        faults.Select(f => f.SealId).ShouldBe([3L, 2L], ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task Verify_SealMadeToFitAChangedEntry_IsKnownWithoutTheKey(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await TamperAsync(site, """UPDATE "AuditEntry" SET "Act" = 'look-away' WHERE "Id" = 1""", """UPDATE "AuditSeal" SET "EntryHashes" = 'AAAAAAAAAAAAAAAAAAAAAA==' || substr("EntryHashes", 25) WHERE "Id" = 1""");

        (await VerifyAsync(site)).Faults.ShouldContain(f => f.Kind == AuditFaultKind.SealChanged && f.SealId == 1);
    }

    [Theory, BothEngines]
    public async Task Verify_EntryPutInAfterwards_IsNamed(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        await TamperAsync(site, """
            INSERT INTO "AuditEntry" ("Id", "OccurredOn", "Act", "SubjectKind", "SubjectId", "Detail") SELECT 0, "OccurredOn", 'made-up', 'Person', 'x', '{}' FROM "AuditEntry" WHERE "Id" = 1
            """);
        site.Time.Advance(TimeSpan.FromHours(3));
        await ActAsync(site, 1);
        await SealAsync(site);

        var fault = (await VerifyAsync(site)).Faults.ShouldHaveSingleItem();

        (fault.Kind, fault.EntryId).ShouldBe((AuditFaultKind.Added, 0L));
    }

    [Theory, BothEngines]
    public async Task Verify_FileOfSealsRemovedOrChanged_IsSaid(Engine engine)
    {
        await using var site = await SealedAsync(engine);
        var path = site.Services.GetRequiredService<SealFile>().FullPath;
        var lines = await File.ReadAllLinesAsync(path, Stop);

        await File.WriteAllLinesAsync(path, [lines[1]], Stop);
        (await VerifyAsync(site)).Faults.ShouldHaveSingleItem().Kind.ShouldBe(AuditFaultKind.SealFile);
        await File.WriteAllTextAsync(path, $"{lines[0]}\n{{cut", Stop);
        (await VerifyAsync(site)).Faults.ShouldHaveSingleItem().Kind.ShouldBe(AuditFaultKind.SealFile);
        File.Delete(path);
        (await VerifyAsync(site)).Faults.ShouldHaveSingleItem().Says.ShouldContain("missing");
    }

    [Fact]
    public async Task Seal_EntryWhoseTransactionCommittedLate_GoesIntoTheNextSeal()
    {
        Assert.SkipUnless(TestDatabase.HasPostgres, "Only PostgreSQL commits ids out of order; WAYMARK_TEST_POSTGRES is not set.");
        await using var site = await TestSite.StartAsync(Engine.Postgres);
        await using var scope = site.Services.CreateAsyncScope();
        var slow = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        await using var transaction = await slow.Database.BeginTransactionAsync(Stop);
        slow.Audit.Add(Entry(site, 100));
        await slow.SaveChangesAsync(Stop);
        await ActAsync(site, 2);
        await SealAsync(site);
        await transaction.CommitAsync(Stop);

        (await VerifyAsync(site)).NotYetSealed.ShouldBe(1);
        await ActAsync(site, 1);
        await SealAsync(site);

        var report = await VerifyAsync(site);
        (report.IsIntact, report.NotYetSealed).ShouldBe((true, 0));
        (await site.InDbAsync(db => db.AuditSeals.OrderBy(s => s.Id).Select(s => s.EntryIds).ToListAsync())).ShouldBe(["2-3", "1,4"]);
    }

    [Theory, BothEngines]
    public async Task Seal_TwoNodesAtOnce_MakeOneChain(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await ActAsync(site, 20);
        site.Time.Advance(TimeSpan.FromSeconds(10));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => site.InScopeAsync(s => s.GetRequiredService<SealAudit>().RunAsync()))));

        var report = await VerifyAsync(site);
        report.Faults.ShouldBeEmpty();
        (report.Seals, report.NotYetSealed).ShouldBe((1, 0));
    }

    [Fact]
    public void Key_StandsOutsideTheDatabase_ReadableByItsOwnerOnly()
    {
        var folder = Directory.CreateTempSubdirectory("waymark-key-");
        var hash = new SealHashes(new SecretKeys(new DataFolder(folder.FullName))).Of("a", DateTime.UnixEpoch, "1", "");
        new SealHashes(new SecretKeys(new DataFolder(folder.FullName))).Of("a", DateTime.UnixEpoch, "1", "").ShouldBe(hash);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(folder.FullName, "keys", "audit.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Two seals of three entries each.</summary>
    private static async Task<TestSite> SealedAsync(Engine engine)
    {
        var site = await TestSite.StartAsync(engine);
        for (var i = 0; i < 2; i++)
        {
            await ActAsync(site, 3);
            await SealAsync(site);
        }

        return site;
    }

    private static Task ActAsync(TestSite site, int entries) => site.InDbAsync(async db =>
    {
        // One at a time, so that ids follow.
        for (var i = 0; i < entries; i++)
        {
            db.Audit.Add(Entry(site, i));
            await db.SaveChangesAsync();
        }

        return 0;
    });

    private static AuditEntry Entry(TestSite site, int number) => new()
    {
        OccurredOn = Instants.Truncate(site.Time.GetUtcNow().UtcDateTime), Act = "test-act", SubjectKind = "Person", SubjectId = $"{number}-{Guid.NewGuid()}", Detail = "{}",
    };

    private static Task SealAsync(TestSite site)
    {
        site.Time.Advance(TimeSpan.FromSeconds(10));
        return site.InScopeAsync(s => s.GetRequiredService<SealAudit>().RunAsync());
    }

    private static Task<AuditReport> VerifyAsync(TestSite site) => site.InScopeAsync(s => s.GetRequiredService<VerifyAudit>().RunAsync());

    /// <summary>As the owner of the database, who may drop its triggers.</summary>
    private static Task TamperAsync(TestSite site, params string[] statements) => site.InDbAsync(async db =>
    {
        string[] drop = db.Database.IsNpgsql()
            ? ["""ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL""", """ALTER TABLE "AuditSeal" DISABLE TRIGGER ALL"""]
            : [.. new[] { "AuditEntry", "AuditSeal" }.SelectMany(t => new[] { $"""DROP TRIGGER "{t}_no_update" """, $"""DROP TRIGGER "{t}_no_delete" """ })];
        foreach (var statement in drop.Concat(statements))
        {
            await db.Database.ExecuteSqlRawAsync(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
        }

        return 0;
    });
}

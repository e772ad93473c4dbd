using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Host.Hosting;
using Waymark.Host.Running;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Running;

public sealed class BackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("waymark-backup-").FullName;

    private string Archive => Path.Combine(folder, "site.waymark");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, BothEngines]
    public async Task Backup_Restored_HoldsTheDatabaseAndTheFilesBesideIt(Engine engine)
    {
        await using var site = await SiteWithAPersonAsync(engine);
        await BackUpAsync(site);
        await using var empty = await TestDatabase.CreateAsync(engine);

        var manifest = await Restore.RunAsync(Archive, empty.Choice);

        manifest.Files.Select(f => f.Path).ShouldContain("files/attachments/ab/0198ab");
        (await File.ReadAllTextAsync(Path.Combine(empty.Choice.DataFolder, "attachments", "ab", "0198ab"))).ShouldBe("a letter");
        await using var services = Site.ServicesFor(empty.Choice);
        (await Site.PrepareDatabaseAsync(services)).ShouldBeFalse("a database stands there");
        await using var scope = services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<WaymarkDb>().People.SingleAsync()).DisplayName.ShouldBe("Zoë Okafor");
    }

    [Fact]
    public async Task Backup_FileStandsAlready_IsRefusedAndLeftAlone()
    {
        await using var site = await SiteWithAPersonAsync(Engine.Sqlite);
        await File.WriteAllTextAsync(Archive, "mine");

        (await Should.ThrowAsync<RefusedException>(() => BackUpAsync(site))).Message.ShouldContain("not overwritten");

        (await File.ReadAllTextAsync(Archive)).ShouldBe("mine");
        Directory.EnumerateFiles(folder).Count().ShouldBe(1, "nothing half-written stays");
    }

    [Fact]
    public async Task Restore_FolderNotEmpty_IsRefusedAndLeftAlone()
    {
        await using var site = await SiteWithAPersonAsync(Engine.Sqlite);
        await BackUpAsync(site);

        (await Should.ThrowAsync<RefusedException>(() => Restore.RunAsync(Archive, site.Services.GetRequiredService<DatabaseChoice>()))).Message.ShouldContain("not empty");

        (await site.InDbAsync(db => db.People.CountAsync())).ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Restore_ArchiveChangedByOneByte_IsRefusedAndNothingIsPutBack(Engine engine)
    {
        await using var site = await SiteWithAPersonAsync(engine);
        await BackUpAsync(site);
        using (var zip = await ZipFile.OpenAsync(Archive, ZipArchiveMode.Update))
        {
            zip.GetEntry("files/attachments/ab/0198ab")!.Delete();
            await using var other = await zip.CreateEntry("files/attachments/ab/0198ab").OpenAsync();
            await other.WriteAsync("a fetter"u8.ToArray());
        }

        await using var empty = await TestDatabase.CreateAsync(engine);
        (await Should.ThrowAsync<RefusedException>(() => Restore.RunAsync(Archive, empty.Choice))).Message.ShouldContain("files/attachments/ab/0198ab is not as it was written");

        Directory.EnumerateFileSystemEntries(empty.Choice.DataFolder).ShouldBeEmpty();
        await using var services = Site.ServicesFor(empty.Choice);
        await using var scope = services.CreateAsyncScope();
        (await Schema.StateAsync(scope.ServiceProvider.GetRequiredService<WaymarkDb>())).ShouldBe(SchemaState.None);
    }

    [Theory]
    [InlineData("not an archive", "cannot be read as an archive")]
    [InlineData(null, "There is no file")]
    public async Task Restore_NoArchive_IsRefused(string? content, string words)
    {
        if (content is not null)
        {
            await File.WriteAllTextAsync(Archive, content);
        }

        await using var empty = await TestDatabase.CreateAsync(Engine.Sqlite);
        (await Should.ThrowAsync<RefusedException>(() => Restore.RunAsync(Archive, empty.Choice))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Restore_NamesAPathOutsideTheFolder_IsRefused()
    {
        await using (var zip = await ZipFile.OpenAsync(Archive, ZipArchiveMode.Create))
        {
            await using (var manifest = await zip.CreateEntry("manifest.json").OpenAsync())
            {
                await manifest.WriteAsync("""{"format":1,"engine":"sqlite","schema":"20260101000000_Initial","madeOn":"2026-01-01","files":[{"path":"../../x","length":1,"sha256":"00"}]}"""u8.ToArray());
            }

            await using var outside = await zip.CreateEntry("../../x").OpenAsync();
            await outside.WriteAsync("x"u8.ToArray());
        }

        await using var empty = await TestDatabase.CreateAsync(Engine.Sqlite);
        (await Should.ThrowAsync<RefusedException>(() => Restore.RunAsync(Archive, empty.Choice))).Message.ShouldContain("damaged");
    }

    [Theory]
    [InlineData(Engine.Sqlite, Engine.Postgres)]
    [InlineData(Engine.Postgres, Engine.Sqlite)]
    public async Task Restore_IntoTheOtherEngine_IsRefused(Engine from, Engine to)
    {
        Assert.SkipUnless(TestDatabase.HasPostgres, "No PostgreSQL here: ./test starts one.");
        await using var site = await SiteWithAPersonAsync(from);
        await BackUpAsync(site);
        await using var empty = await TestDatabase.CreateAsync(to);

        (await Should.ThrowAsync<RefusedException>(() => Restore.RunAsync(Archive, empty.Choice))).Message.ShouldContain("WAYMARK_DB");
    }

    [Fact]
    public async Task Restore_BackupOfALaterVersion_IsRefused()
    {
        await using var site = await SiteWithAPersonAsync(Engine.Sqlite);
        await site.InDbAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99')"));
        await BackUpAsync(site);
        await using var empty = await TestDatabase.CreateAsync(Engine.Sqlite);

        (await Should.ThrowAsync<RefusedException>(() => Restore.RunAsync(Archive, empty.Choice))).Message.ShouldContain("later version");
    }

    private Task<BackupManifest> BackUpAsync(TestSite site) => site.InScopeAsync(s => s.GetRequiredService<BackUp>().RunAsync(Archive));

    private static async Task<TestSite> SiteWithAPersonAsync(Engine engine)
    {
        var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(db =>
        {
            db.Add(new Person { Reference = "P-000001", GivenName = "Zoë", FamilyName = "Okafor", SortKey = "okafor zoe" });
            return db.SaveChangesAsync();
        });
        var attachment = Path.Combine(site.Services.GetRequiredService<DatabaseChoice>().DataFolder, "attachments", "ab", "0198ab");
        Directory.CreateDirectory(Path.GetDirectoryName(attachment)!);
        await File.WriteAllTextAsync(attachment, "a letter");
        return site;
    }
}

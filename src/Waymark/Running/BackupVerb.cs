using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Running;

/// <summary><c>backup FILE</c></summary>
public sealed class BackupVerb : Verb
{
    public override IReadOnlyList<string> Path => ["backup"];
    public override string Description => "Write the whole site to one archive, while it runs: database, attachments, audit seals, keys.";

    public override void Define(Command command, VerbHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The archive to write; it must not exist. It holds everything, keys too: keep it as safe as the site." };
        command.Arguments.Add(file);
        command.SetAction(parsed => host.RunAsync(parsed, async services =>
        {
            var manifest = await services.GetRequiredService<BackUp>().RunAsync(parsed.GetValue(file)!.FullName);
            Console.WriteLine($"Backed up {manifest.Files.Count} files, {manifest.Files.Sum(f => f.Length) / 1_000_000.0:0.0} MB, to {parsed.GetValue(file)!.FullName}");
            return 0;
        }));
    }
}

[Scoped]
internal sealed class BackUp(WaymarkDb db, DatabaseChoice choice, SealFile seals, TimeProvider time, Auditor audit)
{
    /// <summary>Setting: when the last one was made, for <c>doctor</c>.</summary>
    public const string LastSetting = "backup.last-on";

    public async Task<BackupManifest> RunAsync(string target)
    {
        if (File.Exists(target) || Directory.Exists(target))
        {
            throw new RefusedException($"{target} stands already and is not overwritten. Name another file, or move it away.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var schema = (await db.GetService<IHistoryRepository>().GetAppliedMigrationsAsync())[^1].MigrationId;
        var copy = $"{target}.{Guid.NewGuid():N}.database";
        try
        {
            // The database first: what it names has then been written beside it already.
            await CopyDatabaseAsync(copy);
            var manifest = await BackupArchive.WriteAsync(target, choice.IsPostgres ? "postgresql" : "sqlite", schema, now, Files(copy));
            await MarkAsync(now, manifest);
            return manifest;
        }
        finally
        {
            File.Delete(copy);
        }
    }

    private IEnumerable<(string Full, string Path)> Files(string copy)
    {
        yield return (copy, choice.IsPostgres ? BackupArchive.Postgres : BackupArchive.Sqlite);
        foreach (var file in BackupArchive.FilesBeside(choice.DataFolder))
        {
            yield return file;
        }

        if (!seals.FullPath.StartsWith(choice.DataFolder, StringComparison.Ordinal) && File.Exists(seals.FullPath))
        {
            yield return (seals.FullPath, "files/audit-seals.log");
        }
    }

    // VACUUM INTO reads one moment of the database and holds up nobody; the backup interface starts again whenever somebody writes.
    private async Task CopyDatabaseAsync(string copy)
    {
        if (choice.IsPostgres)
        {
            await PostgresTools.DumpAsync(choice.PostgresConnection!, copy);
        }
        else
        {
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}");
        }
    }

    private async Task MarkAsync(DateTime now, BackupManifest manifest)
    {
        var text = now.ToString("o", System.Globalization.CultureInfo.InvariantCulture);
        if (await db.Settings.SingleOrDefaultAsync(s => s.Key == LastSetting) is { } last)
        {
            last.Value = text;
        }
        else
        {
            db.Settings.Add(new Setting { Key = LastSetting, Value = text });
        }

        audit.Record("back-up-site", "Site", "site", new { files = manifest.Files.Count, manifest.Schema });
        await db.SaveChangesAsync();
    }
}

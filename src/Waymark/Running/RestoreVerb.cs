using System.CommandLine;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Running;

/// <summary><c>restore FILE</c></summary>
public sealed class RestoreVerb : Verb
{
    public override IReadOnlyList<string> Path => ["restore"];
    public override string Description => "Put a backup into an empty data folder (and, with WAYMARK_DB, an empty database). Every byte is checked first.";

    public override void Define(Command command, VerbHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An archive that backup wrote." };
        command.Arguments.Add(file);

        // Not through the host: that would make the database that must not be there yet.
        command.SetAction(parsed => CommandLine.SayingRefusalsAsync(async () =>
        {
            var choice = DatabaseChoice.From(parsed.GetValue<string>("--data")!);
            var manifest = await Restore.RunAsync(parsed.GetValue(file)!.FullName, choice);
            Console.WriteLine($"Restored the backup of {manifest.MadeOn:d MMMM yyyy, HH:mm} UTC: {manifest.Files.Count} files. Start the site as before; ./waymark doctor looks it over.");
            return 0;
        }));
    }
}

internal static class Restore
{
    public static async Task<BackupManifest> RunAsync(string archive, DatabaseChoice choice)
    {
        if (!File.Exists(archive))
        {
            throw new RefusedException($"There is no file {archive}.");
        }

        if (Directory.Exists(choice.DataFolder) && Directory.EnumerateFileSystemEntries(choice.DataFolder).Any())
        {
            throw new RefusedException($"{choice.DataFolder} is not empty and nothing in it is overwritten. Name an empty folder with --data.");
        }

        await using var services = Site.ServicesFor(choice);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        if (choice.IsPostgres && await Schema.StateAsync(db) != SchemaState.None)
        {
            throw new RefusedException("The database that WAYMARK_DB names is not empty. Make an empty one (createdb) and name that.");
        }

        // Beside the folder, so that the last step is one move and a restore that is killed leaves the folder empty.
        var aside = $"{choice.DataFolder}.restoring-{Guid.NewGuid():N}";
        Directory.CreateDirectory(aside);
        try
        {
            var manifest = await BackupArchive.ExtractAsync(archive, aside);
            Check(manifest, choice, db);
            var files = Path.Combine(aside, "files");
            Directory.CreateDirectory(files);
            if (choice.IsPostgres)
            {
                await PostgresTools.RestoreAsync(choice.PostgresConnection!, Path.Combine(aside, BackupArchive.Postgres));
            }
            else
            {
                File.Move(Path.Combine(aside, BackupArchive.Sqlite), Path.Combine(files, Path.GetFileName(choice.SqliteFile)));
            }

            if (Directory.Exists(choice.DataFolder))
            {
                Directory.Delete(choice.DataFolder);
            }

            Directory.Move(files, choice.DataFolder);
            return manifest;
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static void Check(BackupManifest manifest, DatabaseChoice choice, WaymarkDb db)
    {
        if (manifest.Engine == "postgresql" != choice.IsPostgres)
        {
            throw new RefusedException(choice.IsPostgres
                ? "The backup is of an embedded (SQLite) database; WAYMARK_DB names PostgreSQL. Restore it without WAYMARK_DB."
                : "The backup is of a PostgreSQL database. Name an empty one with WAYMARK_DB.");
        }

        if (!db.GetService<IMigrationsAssembly>().Migrations.ContainsKey(manifest.Schema))
        {
            throw new RefusedException($"The backup was made by a later version of Waymark (its migration {manifest.Schema} is not known here). Restore it with that version or a later one.");
        }
    }
}

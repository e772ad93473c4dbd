using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Analysts;

/// <summary>A file of an extract.</summary>
public sealed record ExtractFile(string File, string View, int Rows, string Sha256);

/// <summary><c>manifest.json</c> of an extract.</summary>
/// <param name="IsDemo">The records are of the demo county.</param>
public sealed record ExtractManifest(DateOnly AsAt, DateTime WrittenOn, bool IsDemo, IReadOnlyList<ExtractFile> Files);

/// <summary>
/// Writes a CSV of each analyst's view, all as of one moment, with a manifest. It appears whole or not at all: written aside, then renamed; an earlier extract of the
/// same folder is replaced.
/// </summary>
[Scoped]
public sealed class WriteExtract(WaymarkDb db, FillPseudonyms pseudonyms, CareClock clock, TimeProvider time)
{
    public const string ManifestFile = "manifest.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <exception cref="RefusedException">The folder stands and holds something that is not an extract.</exception>
    public async Task<ExtractManifest> RunAsync(string folder, CancellationToken cancellation = default)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(folder) && !File.Exists(Path.Combine(folder, ManifestFile)) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new RefusedException($"{folder} holds files that are no extract. Name an empty folder, a new one, or that of an earlier extract.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await pseudonyms.RunAsync(cancellation);
        var aside = $"{folder}.part-{Guid.NewGuid():N}";
        Directory.CreateDirectory(aside);
        try
        {
            var manifest = await WriteAsync(aside, cancellation);
            Replace(folder, aside);
            return manifest;
        }
        catch
        {
            Directory.Delete(aside, recursive: true);
            throw;
        }
    }

    private async Task<ExtractManifest> WriteAsync(string folder, CancellationToken cancellation)
    {
        var files = new List<ExtractFile>();
        // One moment for all files: PostgreSQL sees a snapshot from the first statement, SQLite from the first read.
        await using var transaction = await db.Database.BeginTransactionAsync(db.Database.IsNpgsql() ? IsolationLevel.RepeatableRead : IsolationLevel.Serializable, cancellation);
        foreach (var view in AnalystViewList.All)
        {
            var file = $"{view.Name}.csv";
            var rows = await WriteViewAsync(view, Path.Combine(folder, file), cancellation);
            await using var written = File.OpenRead(Path.Combine(folder, file));
            files.Add(new ExtractFile(file, view.Name, rows, Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellation))));
        }

        var isDemo = await db.Settings.AnyAsync(s => s.Key == Setting.Demo && s.Value == "true", cancellation);
        await transaction.RollbackAsync(cancellation);
        var manifest = new ExtractManifest(clock.Today, Instants.Truncate(time.GetUtcNow().UtcDateTime), isDemo, files);
        await File.WriteAllTextAsync(Path.Combine(folder, ManifestFile), JsonSerializer.Serialize(manifest, Json), cancellation);
        return manifest;
    }

    private async Task<int> WriteViewAsync(AnalystView view, string path, CancellationToken cancellation)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(db.Database.CurrentTransaction!);
        command.CommandText = $"SELECT {string.Join(", ", view.Columns.Select(c => c.Name))} FROM {view.Name} ORDER BY {string.Join(", ", new[] { view.OrderBy }.Concat(view.Columns.Select(c => c.Name)).Distinct())}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await using var text = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", InjectionOptions = InjectionOptions.Escape });
        foreach (var column in view.Columns)
        {
            csv.WriteField(column.Name);
        }

        await csv.NextRecordAsync();
        var rows = 0;
        while (await reader.ReadAsync(cancellation))
        {
            for (var i = 0; i < view.Columns.Count; i++)
            {
                csv.WriteField(Text(reader, i, view.Columns[i].Type));
            }

            await csv.NextRecordAsync();
            rows++;
        }

        return rows;
    }

    /// <summary>The same text on both engines.</summary>
    private static string Text(DbDataReader reader, int column, string type) => reader.IsDBNull(column) ? "" : type switch
    {
        "date" => reader.GetFieldValue<DateOnly>(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "instant" => DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        "whole number" => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        "number" => reader.GetDecimal(column).ToString("0.############", CultureInfo.InvariantCulture),
        _ => reader.GetString(column),
    };

    private static void Replace(string folder, string aside)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(aside, folder);
            return;
        }

        var old = $"{folder}.old-{Guid.NewGuid():N}";
        Directory.Move(folder, old);
        Directory.Move(aside, folder);
        Directory.Delete(old, recursive: true);
    }
}

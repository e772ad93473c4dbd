using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Waymark.Kernel.Access;

namespace Waymark.Host.Hosting;

/// <summary>
/// Lets one process at a time bring a database up to date. SQLite: a file beside the database that the system itself unlocks when its process goes; what it was
/// called stays in the file, so the next start can say whose lock it cleared. PostgreSQL: a lock of the session, gone with it.
/// </summary>
internal sealed class StartLock : IAsyncDisposable
{
    /// <summary>Any constant of this program's own.</summary>
    private const long PostgresKey = 0x5741594D41524B01;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream? file;
    private readonly NpgsqlConnection? session;

    private StartLock(FileStream? file, NpgsqlConnection? session) => (this.file, this.session) = (file, session);

    /// <summary>True when the process that held it before went without giving it back.</summary>
    public bool WasLeftOver { get; private init; }

    /// <param name="say">Told what a person should know: whom it waits for, whose lock was cleared.</param>
    /// <exception cref="RefusedException">Another process held it all the while; the message names it.</exception>
    public static Task<StartLock> TakeAsync(DatabaseChoice choice, TimeSpan timeOut, Action<string> say) =>
        choice.IsPostgres ? TakeSessionAsync(choice, timeOut, say) : TakeFileAsync(LockFile(choice), timeOut, say);

    public static string LockFile(DatabaseChoice choice) => Path.Combine(choice.DataFolder, "waymark.lock");

    public async ValueTask DisposeAsync()
    {
        if (file is not null)
        {
            file.SetLength(0);
            await file.DisposeAsync();
        }

        if (session is not null)
        {
            await session.DisposeAsync();
        }
    }

    private static async Task<StartLock> TakeFileAsync(string path, TimeSpan timeOut, Action<string> say)
    {
        var waited = Stopwatch.StartNew();
        var hasSaid = false;
        while (true)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                using var reader = new StreamReader(file, leaveOpen: true);
                var before = (await reader.ReadToEndAsync()).Trim();
                if (before.Length > 0)
                {
                    say($"Cleared the start-up lock of {before}, which is gone.");
                }

                file.SetLength(0);
                await using (var writer = new StreamWriter(file, leaveOpen: true))
                {
                    await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}"));
                }

                await file.FlushAsync();
                return new StartLock(file, null) { WasLeftOver = before.Length > 0 };
            }
            catch (IOException) when (File.Exists(path))
            {
                if (waited.Elapsed > timeOut)
                {
                    throw new RefusedException($"Another process has been preparing this database for {timeOut.TotalSeconds:0} seconds (its lock: {path}). Wait for it, or end it, and start again.");
                }

                hasSaid = SayOnce(hasSaid, say);
                await Task.Delay(Pause);
            }
        }
    }

    private static async Task<StartLock> TakeSessionAsync(DatabaseChoice choice, TimeSpan timeOut, Action<string> say)
    {
        var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(choice.PostgresConnection)
        {
            Pooling = false,
            ApplicationName = string.Create(CultureInfo.InvariantCulture, $"waymark start, process {Environment.ProcessId} on {Environment.MachineName}"),
        }.ConnectionString);
        try
        {
            await session.OpenAsync();
            var waited = Stopwatch.StartNew();
            var hasSaid = false;
            while (!await AskAsync<bool>(session, $"SELECT pg_try_advisory_lock({PostgresKey})"))
            {
                if (waited.Elapsed > timeOut)
                {
                    var holder = await AskAsync<string?>(session, $"""
                        SELECT a.application_name || ' (backend ' || a.pid || ')' FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                        WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() AND l.classid::bigint = {PostgresKey >> 32} AND l.objid::bigint = {PostgresKey & 0xFFFFFFFF} LIMIT 1
                        """);
                    throw new RefusedException($"Another process has been preparing this database for {timeOut.TotalSeconds:0} seconds: {holder ?? "unknown"}. "
                        + "Wait for it, or end it (SELECT pg_terminate_backend(…)), and start again.");
                }

                hasSaid = SayOnce(hasSaid, say);
                await Task.Delay(Pause);
            }

            return new StartLock(null, session);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private static bool SayOnce(bool hasSaid, Action<string> say)
    {
        if (!hasSaid)
        {
            say("Another process is preparing this database; waiting for it.");
        }

        return true;
    }

    private static async Task<T?> AskAsync<T>(NpgsqlConnection session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        return (T?)await command.ExecuteScalarAsync();
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Waymark.Kernel.Access;

namespace Waymark.Host.Running;

/// <summary>PostgreSQL's own <c>pg_dump</c> and <c>pg_restore</c>, told where by their environment, so that no password stands in a list of processes.</summary>
internal static class PostgresTools
{
    public static Task DumpAsync(string connection, string file) => RunAsync("pg_dump", connection, "--format=custom", "--no-owner", "--no-privileges", $"--file={file}");

    /// <summary>All of it or nothing.</summary>
    public static Task RestoreAsync(string connection, string file) =>
        RunAsync("pg_restore", connection, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", $"--dbname={new NpgsqlConnectionStringBuilder(connection).Database}", file);

    /// <exception cref="RefusedException">The tool is not installed, or failed; its own words are in the message.</exception>
    private static async Task RunAsync(string tool, string connection, params string[] arguments)
    {
        var to = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PGHOST"] = to.Host;
        start.Environment["PGPORT"] = to.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = to.Username;
        start.Environment["PGDATABASE"] = to.Database;
        start.Environment["PGSSLMODE"] = to.SslMode.ToString().ToLowerInvariant() switch { "verifyca" => "verify-ca", "verifyfull" => "verify-full", var mode => mode };
        if (to.Password is { Length: > 0 } password)
        {
            start.Environment["PGPASSWORD"] = password;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new RefusedException($"{tool} is not installed here. Install the PostgreSQL client of the server's version (Debian: postgresql-client) and try again.");
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new RefusedException($"{tool} failed: {errors.Trim()}");
            }
        }
    }
}

using System.Diagnostics;
using System.Text;
using Waymark.Host.Hosting;

namespace Waymark.Tests.Support;

/// <summary>The program in a process of its own, as a person starts it; ended with the test.</summary>
public sealed class WaymarkProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private WaymarkProcess(Process process) => this.process = process;

    public string Output { get { lock (output) { return output.ToString(); } } }
    public string Errors { get { lock (errors) { return errors.ToString(); } } }
    public bool HasExited => process.HasExited;

    /// <summary>The built host, on a test's database.</summary>
    public static WaymarkProcess Start(DatabaseChoice choice, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Start("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Waymark.Host.dll"), .. arguments], choice.DataFolder, choice.PostgresConnection);
    }

    /// <param name="program">Any program, in the temporary folder.</param>
    public static WaymarkProcess Start(string program, IEnumerable<string> arguments, string dataFolder, string? postgres)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        start.Environment["WAYMARK_DATA"] = dataFolder;
        start.Environment["WAYMARK_DB"] = postgres ?? "";
        var running = new WaymarkProcess(new Process { StartInfo = start });
        running.process.OutputDataReceived += (_, line) => Append(running.output, line.Data);
        running.process.ErrorDataReceived += (_, line) => Append(running.errors, line.Data);
        running.process.Start();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Waits until it is so; fails when the process ends before, or after two minutes.</summary>
    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        ArgumentNullException.ThrowIfNull(isSo);
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(5))
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new InvalidOperationException($"It did not come about. Output: {Output} Errors: {Errors}");
            }
        }
    }

    public void Kill() => process.Kill(entireProcessTree: true);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }
}

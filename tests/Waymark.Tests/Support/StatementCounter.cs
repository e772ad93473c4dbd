using System.Diagnostics;

namespace Waymark.Tests.Support;

/// <summary>Counts the statements sent to the database, of whatever engine, while something is done by this flow of execution.</summary>
public static class StatementCounter
{
    private static readonly AsyncLocal<Count?> Current = new();

    static StatementCounter() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    public static async Task<int> CountStatementsAsync(this TestSite site, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(work);
        var count = new Count();
        Current.Value = count;
        await work();
        Current.Value = null;
        return count.Value;
    }

    private sealed class Count
    {
        public int Value;
    }

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore")
            {
                value.Subscribe(new Commands());
            }
        }

        public void OnCompleted() { }
        public void OnError(Exception error) { }
    }

    private sealed class Commands : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting" && Current.Value is { } count)
            {
                Interlocked.Increment(ref count.Value);
            }
        }

        public void OnCompleted() { }
        public void OnError(Exception error) { }
    }
}

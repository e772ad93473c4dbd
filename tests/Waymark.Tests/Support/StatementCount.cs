using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;

namespace Waymark.Tests.Support;

/// <summary>
/// Counts the statements sent to the database: <c>StartAsync(engine, counter.Watch)</c>, then <c>counter.Restart()</c> before a request. Pages make at most 12,
/// whatever the size of the county.
/// </summary>
public sealed class StatementCount : DbCommandInterceptor
{
    public const int MostOfAPage = 12;
    private readonly ConcurrentQueue<string> statements = [];

    // Written behind the page by what runs beside it: the view log, jobs and their leases, the sealer.
    private static readonly string[] Background = ["\"ViewLogEntry\"", "\"Lease\"", "\"AuditSeal\"", "\"OutboxMessage\""];

    public IReadOnlyCollection<string> Statements => statements;

    public void Watch(IServiceCollection services) => services.ConfigureDbContext<WaymarkDb>(options => options.AddInterceptors(this));

    public void Restart() => statements.Clear();

    private void Count(DbCommand command)
    {
        if (!Background.Any(table => command.CommandText.Contains(table, StringComparison.Ordinal)))
        {
            statements.Enqueue(command.CommandText);
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Count(command);
        return base.ReaderExecuting(command, eventData, result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Count(command);
        return base.ScalarExecutingAsync(command, eventData, result, cancellationToken);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Jobs;

/// <summary>
/// Runs every <see cref="Job"/> of the house, each on one node at a time. A run that fails is tried again, later and later up to an hour; what it says is logged
/// by kind and place only, since the words of an error may hold personal data.
/// </summary>
public sealed partial class JobRunner(IEnumerable<Job> jobs, Leases leases, IServiceScopeFactory scopes, TimeProvider time, ILogger<JobRunner> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(jobs.Select(job => RepeatAsync(job, stoppingToken)));

    /// <summary>Runs it where it is due and no other node runs it.</summary>
    /// <returns>False when it was not due, or another has it.</returns>
    public async Task<bool> RunIfDueAsync(Job job, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (!await leases.TakeDueAsync(job.Name, job.LeaseFor, cancellation))
        {
            return false;
        }

        var error = await RunAsync(job, cancellation);
        await leases.FinishAsync(job.Name, failures => failures == 0 ? job.Every : Backoff(job, failures), error);
        return true;
    }

    private async Task RepeatAsync(Job job, CancellationToken stopping)
    {
        // Half the rhythm: a node that has just missed its turn need not wait a whole one.
        var wait = TimeSpan.FromTicks(Math.Clamp(job.Every.Ticks / 2, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute));
        try
        {
            while (true)
            {
                await TryAsync(job, stopping);
                await Task.Delay(wait, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    // The database may be away for a while: that must end neither the site nor the rhythm.
    private async Task TryAsync(Job job, CancellationToken stopping)
    {
        try
        {
            await RunIfDueAsync(job, stopping);
        }
        catch (Exception error) when (error is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogFailed(logger, job.Name, error.GetType().Name, error.StackTrace);
        }
    }

    private async Task<string?> RunAsync(Job job, CancellationToken stopping)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var renewal = RenewAsync(job, run);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
            await job.RunAsync(scope.ServiceProvider, run.Token);
            return null;
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            return stopping.IsCancellationRequested ? "Stopped" : "LeaseLost";
        }
#pragma warning disable CA1031 // Whatever a job throws, the others go on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, job.Name, error.GetType().Name, error.StackTrace);
            return error.GetType().Name;
        }
        finally
        {
            await run.CancelAsync();
            await renewal;
        }
    }

    private async Task RenewAsync(Job job, CancellationTokenSource run)
    {
        try
        {
            do
            {
                await Task.Delay(job.LeaseFor / 3, time, run.Token);
            }
            while (await leases.RenewAsync(job.Name, job.LeaseFor, run.Token));

            LogLost(logger, job.Name);
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // Not renewed is not held, for whatever reason.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(logger, job.Name, error.GetType().Name, error.StackTrace);
        }

        await run.CancelAsync();
    }

    private static TimeSpan Backoff(Job job, int failures)
    {
        var longest = job.Every > LongestWait ? job.Every : LongestWait;
        var wait = TimeSpan.FromSeconds(Math.Max(job.Every.TotalSeconds, 5) * Math.Pow(2, Math.Min(failures - 1, 12)));
        return wait < longest ? wait : longest;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Job} failed and will be tried again: {Error} at {Place}")]
    private static partial void LogFailed(ILogger logger, string job, string error, string? place);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The job {Job} lost its lease to another node and stops.")]
    private static partial void LogLost(ILogger logger, string job);
}

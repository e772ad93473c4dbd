using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Waymark.Kernel.Access;

/// <summary>Takes the views that pages recorded to the database, a few times a second while there are any.</summary>
internal sealed partial class ViewLogWriter(ViewLog log, ILogger<ViewLogWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(500);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await log.FlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isRecovered = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!isRecovered)
                {
                    await log.RecoverAsync(stoppingToken);
                    isRecovered = true;
                }

                await log.ArrivedAsync(Timeout.InfiniteTimeSpan, stoppingToken);
                await log.ArrivedAsync(Gather, stoppingToken);
                await log.FlushAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // They stay in the journal and are tried again.
                LogFault(logger, fault);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                log.TryAgain();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Views of people could not be written to the database. They are kept in the journal and tried again.")]
    private static partial void LogFault(ILogger logger, Exception fault);
}

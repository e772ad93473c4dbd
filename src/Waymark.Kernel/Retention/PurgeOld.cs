using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Messages;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Retention;

/// <summary>Every night: removes old entries of the log of views and old messages, as the policy says, and files that a disposal left.</summary>
public sealed class PurgeOld : Job
{
    public override string Name => "purge-old";
    public override TimeSpan Every => TimeSpan.FromHours(24);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var (db, policy, today) = (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<CouncilPolicy>(), services.GetRequiredService<CareClock>().Today);

        // Views and messages bear real time, not the time of the work; the policy is that of the work's day.
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        if (policy.LimitAt("retention.view-log", today) is { Unit: ClockUnit.Months } views)
        {
            var before = now.AddMonths(-views.Value);
            await db.ViewLog.Where(v => v.ViewedOn < before).ExecuteDeleteAsync(cancellation);
        }

        if (policy.LimitAt("retention.messages", today) is { Unit: ClockUnit.Months } messages)
        {
            var before = now.AddMonths(-messages.Value);
            await db.Outbox.Where(m => (m.State == MessageState.Sent || m.State == MessageState.Failed) && m.QueuedOn < before).ExecuteDeleteAsync(cancellation);
        }

        // Bundles that were made and not handed on.
        foreach (var left in Directory.EnumerateFiles(services.GetRequiredService<DataFolder>().Folder("bundles")).Where(f => File.GetLastWriteTimeUtc(f) < now.AddDays(-1)))
        {
            File.Delete(left);
        }

        await services.GetRequiredService<DecideDisposal>().FinishFilesAsync(cancellation);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.Returns.OpenItems;

/// <summary>Every night: a file that was sent and never loaded goes, with the rows it brought. It holds people's numbers and serves nobody.</summary>
public sealed class DropUnloaded : Job
{
    public override string Name => "drop-unloaded-open-items";
    public override TimeSpan Every => TimeSpan.FromHours(24);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var (db, clock, audit) = (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<CareClock>(), services.GetRequiredService<Auditor>());
        if (services.GetRequiredService<CouncilPolicy>().LimitAt("open-items.keep-staged", clock.Today) is not { Unit: ClockUnit.Months } keep)
        {
            return;
        }

        var before = clock.Now.AddMonths(-keep.Value);
        foreach (var left in await db.Set<OpenItemImport>().Where(i => i.State == OpenItemImportState.Staged && i.StagedOn < before).ToListAsync(cancellation))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await db.Set<StagedOpenItem>().Where(s => s.ImportId == left.Id).ExecuteDeleteAsync(cancellation);
            db.Remove(left);
            audit.Record("drop-unloaded-open-items", left, new { left.FileName, left.Rows });
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>Withdraws a published figure, with a reason that is shown. It stays on record and says that it was withdrawn.</summary>
[Scoped]
public sealed class WithdrawFigure(WaymarkDb db, TimeProvider time, Viewer viewer, Auditor audit)
{
    public async Task RunAsync(Guid figureId, string? reason, CancellationToken cancellation = default)
    {
        if (!viewer.May(Can.PublishFigures))
        {
            throw new RefusedException("You may not withdraw figures.");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("Say why the figure is withdrawn: it is shown in its place.", "Reason");
        }

        var figure = await db.PublishedFigures.FirstOrDefaultAsync(f => f.Id == figureId, cancellation) ?? throw new RefusedException("There is no such figure.");
        if (figure.WithdrawnOn is not null)
        {
            throw new RefusedException("The figure is withdrawn already.");
        }

        figure.WithdrawnOn = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        figure.WithdrawnReason = reason.Trim();
        audit.Record("withdraw-figure", figure, new { figure.MeasureKey, figure.AsAt });
        await db.SaveChangesAsync(cancellation);
    }
}

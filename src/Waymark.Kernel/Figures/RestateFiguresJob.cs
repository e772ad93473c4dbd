using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>
/// Every night: published figures of the last two years whose records were corrected since are restated. Older ones are left to a person, because retention and
/// erasure take rows away that did count.
/// </summary>
public sealed class RestateFiguresJob : Job
{
    public override string Name => "restate-figures";
    public override TimeSpan Every => TimeSpan.FromHours(24);
    public override TimeSpan LeaseFor => TimeSpan.FromMinutes(10);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var (db, catalogue, restate) = (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<Catalogue>(), services.GetRequiredService<RestateFigure>());
        var since = services.GetRequiredService<CareClock>().Today.AddYears(-2);
        var figures = await db.PublishedFigures.Where(f => f.WithdrawnOn == null && f.AsAt > since).ToListAsync(cancellation);
        foreach (var figure in figures.Where(f => catalogue.Measure(f.MeasureKey, f.DefinitionVersion) is not null))
        {
            await restate.IfChangedAsync(figure, "Records of that day were corrected or entered late.", cancellation);
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;

namespace Waymark.Returns.Analysts;

/// <summary>A night's extract in the data folder, <c>extracts/2024-07-31</c>; the last fourteen are kept.</summary>
public sealed class ExtractJob : Job
{
    private const int Kept = 14;

    public override string Name => "extract";
    public override TimeSpan Every => TimeSpan.FromHours(24);
    public override TimeSpan LeaseFor => TimeSpan.FromMinutes(10);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var root = Path.Combine(services.GetRequiredService<DataFolder>().Path, "extracts");
        var today = services.GetRequiredService<CareClock>().Today;
        await services.GetRequiredService<WriteExtract>().RunAsync(Path.Combine(root, $"{today:yyyy-MM-dd}"), cancellation);
        foreach (var old in Directory.GetDirectories(root, "????-??-??").OrderDescending(StringComparer.Ordinal).Skip(Kept))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;

namespace Waymark.Kernel.Attachments;

/// <summary>Clears what a crash left: uploads that never finished, and files kept whose row was never saved.</summary>
public sealed class TidyAttachments : Job
{
    /// <summary>No upload takes longer.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(6);

    public override string Name => "tidy-attachments";
    public override TimeSpan Every => TimeSpan.FromHours(1);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var files = services.GetRequiredService<AttachmentFiles>();
        var db = services.GetRequiredService<WaymarkDb>();
        var before = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime - Old;
        var cleared = 0;
        foreach (var path in Directory.EnumerateFiles(files.Arriving).Where(p => File.GetLastWriteTimeUtc(p) < before).ToList())
        {
            File.Delete(path);
            cleared++;
        }

        foreach (var folder in Directory.EnumerateDirectories(files.Root).Where(d => Path.GetFileName(d).Length == 2))
        {
            // Only what is old and not yet looked at for long: whatever is named in a row stays.
            var names = Directory.EnumerateFiles(folder).Where(p => File.GetLastWriteTimeUtc(p) < before).Select(p => $"{Path.GetFileName(folder)}/{Path.GetFileName(p)}").ToList();
            foreach (var some in names.Chunk(400))
            {
                var known = (await db.Attachments.Where(a => some.Contains(a.StoredName)).Select(a => a.StoredName).ToListAsync(cancellation)).ToHashSet();
                foreach (var name in some.Where(n => !known.Contains(n)))
                {
                    files.Delete(name);
                    cleared++;
                }
            }
        }

        if (cleared > 0)
        {
            services.GetRequiredService<ILogger<TidyAttachments>>().LogInformation("Cleared {Count} files that belong to no record", cleared);
        }
    }
}

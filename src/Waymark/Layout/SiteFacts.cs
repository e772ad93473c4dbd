using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Layout;

/// <summary>Is it a demo, and whose site is it: read from the settings, kept for half a minute, so that a page spends no statement on it.</summary>
[Singleton]
public sealed class SiteFacts(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private About? known;
    private long readAt;

    public async ValueTask<About> ReadAsync(WaymarkDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (known is { } about && time.GetElapsedTime(readAt) < Kept)
        {
            return about;
        }

        var settings = await db.Settings.AsNoTracking().Where(s => s.Key == Setting.Demo || s.Key == Setting.Council).ToDictionaryAsync(s => s.Key, s => s.Value);
        readAt = time.GetTimestamp();
        return known = new About(settings.GetValueOrDefault(Setting.Demo) == "true", settings.GetValueOrDefault(Setting.Council));
    }
}

/// <param name="Council">The county as residents name it: "Oxfordshire".</param>
public sealed record About(bool IsDemo, string? Council);

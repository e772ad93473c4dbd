using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;

namespace Waymark.Kernel.Access;

/// <summary>Once a day: forms that nobody came back for, and sessions long over, whose device and address are nobody's business any more.</summary>
public sealed class TidySignIns : Job
{
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(90);

    public override string Name => "tidy-sign-ins";
    public override TimeSpan Every => TimeSpan.FromDays(1);

    public override async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var now = Instants.Truncate(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var before = now - SessionsKept;
        await db.SealedPosts.Where(s => s.ExpiresOn < now).ExecuteDeleteAsync(cancellation);
        await db.UserSessions.Where(s => s.LastSeenOn < before).ExecuteDeleteAsync(cancellation);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Jobs;

namespace Waymark.Kernel.Audit;

/// <summary>Seals the audit, on one node at a time.</summary>
public sealed class AuditSealer : Job
{
    public override string Name => "audit-sealer";
    public override TimeSpan Every => TimeSpan.FromSeconds(15);

    public override Task RunAsync(IServiceProvider services, CancellationToken cancellation) => services.GetRequiredService<SealAudit>().RunAsync(cancellation);
}

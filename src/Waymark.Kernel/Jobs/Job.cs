namespace Waymark.Kernel.Jobs;

/// <summary>Background work, found by its class; on several nodes the lease lets one run it at a time.</summary>
public abstract class Job
{
    public abstract string Name { get; }

    /// <summary>From the end of one run to the start of the next.</summary>
    public abstract TimeSpan Every { get; }

    /// <summary>How long a run may take before another node may think this one dead; renewed while it runs.</summary>
    public virtual TimeSpan LeaseFor => TimeSpan.FromMinutes(2);

    /// <param name="services">A scope of its own; its viewer is the system.</param>
    public abstract Task RunAsync(IServiceProvider services, CancellationToken cancellation);
}

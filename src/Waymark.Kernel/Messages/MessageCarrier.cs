namespace Waymark.Kernel.Messages;

public enum Carried
{
    /// <summary>The service has taken it.</summary>
    Sent,

    /// <summary>Not taken; try again later.</summary>
    Later,

    /// <summary>Not taken, and never will be: no such address.</summary>
    Refused,

    /// <summary>It may have been taken: the answer did not arrive.</summary>
    InDoubt,
}

/// <param name="Says">What the service answered, for an operator; no personal data beyond what it answered.</param>
public sealed record CarryResult(Carried Outcome, string? Says = null);

/// <summary>A service that takes messages.</summary>
public abstract class MessageCarrier
{
    public abstract string Name { get; }

    /// <summary>It can say whether it has taken a message, so that one in doubt is asked after rather than sent twice.</summary>
    public virtual bool CanAsk => false;

    public abstract bool Carries(MessageChannel channel);

    /// <summary>Never throws for what the service or the network does.</summary>
    public abstract Task<CarryResult> SendAsync(OutboxMessage message, CancellationToken cancellation);

    /// <summary>Whether the service has taken it; <c>null</c> when it does not answer now.</summary>
    public virtual Task<bool?> WasTakenAsync(OutboxMessage message, CancellationToken cancellation) => Task.FromResult<bool?>(null);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Messages;

/// <summary>A message written with the act that caused it and sent after: claimed, sent with a fixed Message-ID, marked.</summary>
public sealed class OutboxMessage : Entity
{
    public required MessageChannel Channel { get; init; }

    /// <summary>What it is about, in kebab case, for whoever looks after messages: <c>break-glass-opened</c>. The text itself is not shown to them.</summary>
    public required string Kind { get; init; }
    public required string To { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public string? Html { get; init; }

    /// <summary>The same on every attempt: the RFC 5322 Message-ID without its brackets, or the reference given to the notification service.</summary>
    public required string MessageId { get; init; }
    public required DateTime QueuedOn { get; init; }
    public DateTime? NotBeforeOn { get; set; }
    public required MessageState State { get; set; }
    public string? ClaimedBy { get; set; }
    public DateTime? ClaimedOn { get; set; }
    public DateTime? SentOn { get; set; }

    /// <summary>When an operator had a message in doubt sent again: once.</summary>
    public DateTime? SentAgainOn { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> builder) => builder.HasIndex(m => new { m.State, m.QueuedOn });
    }
}

public enum MessageChannel { Email, Text }

/// <summary><see cref="InDoubt"/>: claimed and not marked when its sender died; shown to an operator, sent once more with the same Message-ID.</summary>
public enum MessageState { Waiting, Claimed, Sent, InDoubt, Failed }

using MimeKit;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Messages;

/// <summary>Writes messages down with the act that causes them: saved, or not, in its transaction; sent after by <see cref="SendMessages"/>.</summary>
[Scoped]
public sealed class Outbox(WaymarkDb db, TimeProvider time, MessageSettings settings)
{
    /// <param name="kind">What it is about, in kebab case; whoever looks after messages sees this and not the text.</param>
    /// <param name="to">One address.</param>
    /// <param name="text">Plain text, always; many read only that.</param>
    /// <param name="notBefore">UTC; the morning a digest goes out.</param>
    /// <exception cref="RefusedException">The address is none.</exception>
    public OutboxMessage QueueEmail(string kind, string to, string subject, string text, string? html = null, DateTime? notBefore = null)
    {
        if (!MailboxAddress.TryParse(to, out var address) || !address.Address.Contains('@', StringComparison.Ordinal) || address.Address.Any(char.IsControl))
        {
            throw new RefusedException($"“{to}” is not an email address in the correct format, like name@example.com.");
        }

        return Add(MessageChannel.Email, kind, address.Address, OneLine(subject), text, html, notBefore);
    }

    /// <param name="to">A telephone number as written; the service reads it.</param>
    public OutboxMessage QueueText(string kind, string to, string text, DateTime? notBefore = null)
    {
        if (to.Count(char.IsAsciiDigit) < 10 || !to.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '(' or ')' or '-'))
        {
            throw new RefusedException($"“{to}” is not a telephone number, like 07700 900 982.");
        }

        return Add(MessageChannel.Text, kind, to, "", text, null, notBefore);
    }

    private OutboxMessage Add(MessageChannel channel, string kind, string to, string subject, string text, string? html, DateTime? notBefore)
    {
        var message = new OutboxMessage
        {
            Channel = channel, Kind = kind, To = to, Subject = subject, Text = text, Html = html, NotBeforeOn = notBefore, State = MessageState.Waiting,
            QueuedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime), MessageId = $"{Guid.NewGuid():N}@{settings.Smtp?.From.Domain ?? "waymark.invalid"}",
        };
        db.Outbox.Add(message);
        return message;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Waymark.Kernel.Messages;

/// <summary>Hands e-mail to the council's own relay. Why MailKit: <c>docs/decisions/0012-messages.md</c>.</summary>
public sealed class SmtpCarrier(SmtpSettings settings, TimeProvider time) : MessageCarrier
{
    public override string Name => $"SMTP ({settings.Host})";

    public override bool Carries(MessageChannel channel) => channel == MessageChannel.Email;

    public override async Task<CarryResult> SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var mail = Compose(message);
        using var client = new SmtpClient { Timeout = 60_000 };
        var progress = new Progress();
        try
        {
            Trust(client);
            await client.ConnectAsync(settings.Host, settings.Port, Security(), cancellation);
            if (settings.UserName is { } user)
            {
                await client.AuthenticateAsync(user, settings.Password ?? "", cancellation);
            }

            var answer = await client.SendAsync(mail, cancellation, progress);
            await LeaveAsync(client);
            return new CarryResult(Carried.Sent, answer);
        }
        catch (SmtpCommandException refused)
        {
            // 5xx about the recipient or the message is final; about the sender or the session it is the settings that are wrong, not the message.
            var isFinal = (int)refused.StatusCode >= 500 && refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;
            return new CarryResult(isFinal ? Carried.Refused : Carried.Later, $"{(int)refused.StatusCode} {refused.Message}");
        }
        catch (Exception fault) when (fault is IOException or SocketException or ProtocolException or AuthenticationException or SslHandshakeException or NotSupportedException or TimeoutException or OperationCanceledException)
        {
            return new CarryResult(progress.IsComplete ? Carried.InDoubt : Carried.Later, fault.Message);
        }
    }

    internal MimeMessage Compose(OutboxMessage message)
    {
        var mail = new MimeMessage { Subject = message.Subject, MessageId = message.MessageId, Date = time.GetUtcNow() };
        mail.From.Add(settings.From);
        mail.To.Add(MailboxAddress.Parse(message.To));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new BodyBuilder { TextBody = message.Text, HtmlBody = message.Html }.ToMessageBody();
        return mail;
    }

    private SecureSocketOptions Security() => settings.Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private void Trust(SmtpClient client)
    {
        if (settings.TrustedCertificates is not { } file)
        {
            return;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            if (certificate is null || errors.HasFlag(System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch))
            {
                return false;
            }

            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            return errors == System.Net.Security.SslPolicyErrors.None || chain.Build(new X509Certificate2(certificate));
        };
    }

    /// <summary>The message is taken; that the relay hangs up without a farewell changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client)
    {
        try
        {
            await client.DisconnectAsync(quit: true, CancellationToken.None);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ProtocolException)
        {
        }
    }

    /// <summary>Whether the whole message has gone out: only then may the relay have taken it without our hearing so.</summary>
    private sealed class Progress : ITransferProgress
    {
        public bool IsComplete { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => IsComplete = bytesTransferred >= totalSize;

        public void Report(long bytesTransferred) => IsComplete = true;
    }
}

using System.Globalization;
using MimeKit;

namespace Waymark.Kernel.Messages;

/// <summary>
/// Which service takes the messages. From the environment, since it holds secrets: nothing is sent until something is set. E-mail goes by SMTP where that is set, else by
/// GOV.UK Notify; texts by GOV.UK Notify.
/// </summary>
public sealed record MessageSettings
{
    public SmtpSettings? Smtp { get; init; }
    public NotifySettings? Notify { get; init; }

    /// <summary>A demo database holds made-up addresses that may be someone's: it sends only when this says so too (<c>WAYMARK_DEMO_SENDS=true</c>).</summary>
    public bool DemoSends { get; init; }

    /// <exception cref="InvalidOperationException">A value that cannot be used; says which and what it should be.</exception>
    public static MessageSettings FromEnvironment() => new()
    {
        Smtp = Value("WAYMARK_SMTP") is { } smtp ? SmtpSettings.Parse(smtp, Value("WAYMARK_MAIL_FROM"), Value("WAYMARK_SMTP_CA")) : null,
        Notify = Value("WAYMARK_NOTIFY_KEY") is { } key
            ? NotifySettings.Parse(key, Value("WAYMARK_NOTIFY_URL"), Value("WAYMARK_NOTIFY_EMAIL_TEMPLATE"), Value("WAYMARK_NOTIFY_TEXT_TEMPLATE")) : null,
        DemoSends = string.Equals(Value("WAYMARK_DEMO_SENDS"), "true", StringComparison.OrdinalIgnoreCase),
    };

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}

/// <param name="Security">"starttls" (asked for and required), "tls" (from the first byte) or "none" (a relay on the same machine).</param>
/// <param name="TrustedCertificates">A PEM file of authorities trusted beside the machine's own, for a relay with a certificate of the council's; <c>null</c> for none.</param>
public sealed record SmtpSettings(string Host, int Port, string Security, string? UserName, string? Password, MailboxAddress From, string? TrustedCertificates)
{
    /// <param name="address"><c>smtp://user:password@host:587</c> (STARTTLS), <c>smtps://host:465</c>, or <c>smtp://127.0.0.1:25?tls=none</c>.</param>
    public static SmtpSettings Parse(string address, string? from, string? trusted)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps") || uri.Host.Length == 0)
        {
            throw new InvalidOperationException("WAYMARK_SMTP must read smtp://user:password@host:587 or smtps://user:password@host:465.");
        }

        if (from is null || !MailboxAddress.TryParse(from, out var sender))
        {
            throw new InvalidOperationException("WAYMARK_MAIL_FROM must name the sender, as in: Adult social care <care@example.gov.uk>.");
        }

        var user = uri.UserInfo.Split(':', 2);
        var security = uri.Scheme == "smtps" ? "tls" : uri.Query == "?tls=none" ? "none" : "starttls";
        var port = uri.Port > 0 ? uri.Port : uri.Scheme == "smtps" ? 465 : 587;
        return new SmtpSettings(uri.Host, port, security, user[0].Length == 0 ? null : Uri.UnescapeDataString(user[0]), user.Length < 2 ? null : Uri.UnescapeDataString(user[1]), sender, trusted);
    }
}

/// <param name="EmailTemplate">Id of a template whose subject is <c>((subject))</c> and whose text is <c>((body))</c>; <c>null</c> when e-mail does not go this way.</param>
/// <param name="TextTemplate">Id of a template whose text is <c>((body))</c>.</param>
public sealed record NotifySettings(Uri Url, string ServiceId, string Secret, string? EmailTemplate, string? TextTemplate)
{
    private const int GuidLength = 36;

    /// <param name="key">As GOV.UK Notify gives it: name, id of the service, secret, joined by hyphens.</param>
    public static NotifySettings Parse(string key, string? url, string? emailTemplate, string? textTemplate)
    {
        if (key.Length < (2 * GuidLength) + 1 || !Guid.TryParse(key[^GuidLength..], out var secret) || !Guid.TryParse(key.AsSpan(key.Length - (2 * GuidLength) - 1, GuidLength), CultureInfo.InvariantCulture, out var service))
        {
            throw new InvalidOperationException("WAYMARK_NOTIFY_KEY is not a key of GOV.UK Notify: a name, the id of the service and the secret, joined by hyphens.");
        }

        return new NotifySettings(new Uri(url ?? "https://api.notifications.service.gov.uk"), service.ToString(), secret.ToString(), emailTemplate, textTemplate);
    }
}

using Shouldly;
using Waymark.Kernel.Messages;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Messages;

/// <summary>Against a real SMTP server.</summary>
public sealed class SmtpCarrierTests : IAsyncLifetime
{
    private SmtpServer server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await SmtpServer.StartAsync(Stop);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Send_OverStartTlsSignedIn_ArrivesWithItsMessageIdAndEveryLine()
    {
        var message = Message("amal@example.com");

        (await Carrier().SendAsync(message, Stop)).Outcome.ShouldBe(Carried.Sent);

        var taken = await server.TakenAsync(Stop);
        (taken.IsSecure, taken.User, taken.From, taken.To).ShouldBe((true, "waymark", "care@example.gov.uk", "amal@example.com"));
        taken.Mail.MessageId.ShouldBe(message.MessageId);
        taken.Mail.Subject.ShouldBe("Your request – Ŵyn");
        taken.Mail.TextBody.ShouldNotBeNull().ReplaceLineEndings("\n").Trim().ShouldBe(message.Text.Trim());
        taken.Mail.HtmlBody.ShouldNotBeNull().ShouldContain("<p>One</p>");
        taken.Mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
    }

    [Theory]
    [InlineData("refuse@example.com", Carried.Refused, "550")]
    [InlineData("later@example.com", Carried.Later, "451")]
    [InlineData("drop@example.com", Carried.InDoubt, "")]
    public async Task Send_WhatTheServerDoes_IsTold(string to, Carried expected, string says)
    {
        var result = await Carrier().SendAsync(Message(to), Stop);

        result.Outcome.ShouldBe(expected);
        result.Says.ShouldNotBeNull().ShouldContain(says);
    }

    [Fact]
    public async Task Send_WrongPassword_OrUntrustedCertificate_OrNobodyThere_IsTriedLater()
    {
        var settings = server.Settings;
        (await new SmtpCarrier(settings with { Password = "wrong" }, TimeProvider.System).SendAsync(Message("amal@example.com"), Stop)).Outcome.ShouldBe(Carried.Later);
        (await new SmtpCarrier(settings with { TrustedCertificates = null }, TimeProvider.System).SendAsync(Message("amal@example.com"), Stop)).Outcome.ShouldBe(Carried.Later);
        (await new SmtpCarrier(settings with { Port = 1 }, TimeProvider.System).SendAsync(Message("amal@example.com"), Stop)).Outcome.ShouldBe(Carried.Later);
    }

    [Fact]
    public void Settings_AreReadFromOneAddress_AndFaultsAreSaid()
    {
        var plain = SmtpSettings.Parse("smtp://127.0.0.1:25?tls=none", "care@example.gov.uk", null);
        (plain.Security, plain.Port, plain.UserName).ShouldBe(("none", 25, null));
        SmtpSettings.Parse("smtps://relay.example", "care@example.gov.uk", null).Port.ShouldBe(465);
        SmtpSettings.Parse("smtp://relay.example", "care@example.gov.uk", null).Security.ShouldBe("starttls");
        Should.Throw<InvalidOperationException>(() => SmtpSettings.Parse("relay.example", "care@example.gov.uk", null)).Message.ShouldContain("WAYMARK_SMTP");
        Should.Throw<InvalidOperationException>(() => SmtpSettings.Parse("smtp://relay.example", null, null)).Message.ShouldContain("WAYMARK_MAIL_FROM");
    }

    private SmtpCarrier Carrier() => new(server.Settings, TimeProvider.System);

    private static OutboxMessage Message(string to) => new()
    {
        Channel = MessageChannel.Email, Kind = "test", To = to, Subject = "Your request – Ŵyn", Text = "One\n.\n..two\n\nThree", Html = "<p>One</p>",
        MessageId = $"{Guid.NewGuid():N}@example.gov.uk", QueuedOn = DateTime.UtcNow, State = MessageState.Claimed,
    };
}

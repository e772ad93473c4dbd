using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Waymark.Kernel.Messages;
using Xunit;

namespace Waymark.Tests.Kernel.Messages;

/// <summary>Against a local stand-in for GOV.UK Notify that checks the token as Notify does.</summary>
public sealed class NotifyCarrierTests : IAsyncLifetime
{
    private const string Service = "26785a09-ab16-4eb0-8407-a37497a57506";
    private const string Secret = "3d844edf-8d35-48ac-975b-e847b4f122b0";
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly List<System.Text.Json.JsonElement> received = [];
    private readonly HttpClient http = new();
    private WebApplication stub = null!;
    private int answer = StatusCodes.Status201Created;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Test" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        stub = builder.Build();
        stub.MapPost("/v2/notifications/{kind}", async (HttpContext context, string kind) =>
        {
            if (!await IsOurTokenAsync(context))
            {
                return Results.Json(new { errors = new[] { new { error = "AuthError", message = "Invalid token" } } }, statusCode: 403);
            }

            var body = await System.Text.Json.JsonDocument.ParseAsync(context.Request.Body);
            received.Add(body.RootElement);
            return Results.Json(new { id = Guid.NewGuid(), kind }, statusCode: answer);
        });
        stub.MapGet("/v2/notifications", async (HttpContext context, string reference) => await IsOurTokenAsync(context)
            ? Results.Json(new { notifications = received.Where(r => r.GetProperty("reference").GetString() == reference).Select(_ => new { status = "sending" }) })
            : Results.StatusCode(403));
        await stub.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stub.DisposeAsync();
        http.Dispose();
    }

    [Fact]
    public async Task Send_EmailAndText_CarryTokenTemplateAndReference()
    {
        var (email, text) = (Message(MessageChannel.Email, "amal@example.com"), Message(MessageChannel.Text, "07700 900 982"));

        (await Carrier().SendAsync(email, Stop)).ShouldBe(new CarryResult(Carried.Sent));
        (await Carrier().SendAsync(text, Stop)).ShouldBe(new CarryResult(Carried.Sent));

        received[0].GetProperty("email_address").GetString().ShouldBe("amal@example.com");
        received[0].GetProperty("template_id").GetString().ShouldBe("email-template");
        received[0].GetProperty("reference").GetString().ShouldBe(email.MessageId);
        received[0].GetProperty("personalisation").GetProperty("body").GetString().ShouldBe("Text");
        received[1].GetProperty("phone_number").GetString().ShouldBe("07700 900 982");
        received[1].GetProperty("template_id").GetString().ShouldBe("text-template");
    }

    [Theory]
    [InlineData(400, Carried.Refused)]
    [InlineData(404, Carried.Refused)]
    [InlineData(429, Carried.Later)]
    [InlineData(500, Carried.Later)]
    [InlineData(503, Carried.Later)]
    public async Task Send_AnAnswerOfError_IsFinalOrTriedLater(int status, Carried expected)
    {
        answer = status;

        var result = await Carrier().SendAsync(Message(MessageChannel.Email, "amal@example.com"), Stop);

        result.Outcome.ShouldBe(expected);
        result.Says.ShouldNotBeNull().ShouldStartWith($"{status}");
    }

    [Fact]
    public async Task Send_WithAnotherSecret_OrNobodyThere_IsTriedLater()
    {
        var other = new NotifyCarrier(Settings() with { Secret = Guid.NewGuid().ToString() }, time, http);
        (await other.SendAsync(Message(MessageChannel.Email, "amal@example.com"), Stop)).Outcome.ShouldBe(Carried.Later);
        var away = new NotifyCarrier(Settings() with { Url = new Uri("http://127.0.0.1:1") }, time, http);
        (await away.SendAsync(Message(MessageChannel.Email, "amal@example.com"), Stop)).Outcome.ShouldBe(Carried.Later);
        received.ShouldBeEmpty();
    }

    [Fact]
    public async Task WasTaken_AsksByReference()
    {
        var (taken, never) = (Message(MessageChannel.Email, "amal@example.com"), Message(MessageChannel.Email, "amal@example.com"));
        await Carrier().SendAsync(taken, Stop);

        (await Carrier().WasTakenAsync(taken, Stop)).ShouldBe(true);
        (await Carrier().WasTakenAsync(never, Stop)).ShouldBe(false);
        (await new NotifyCarrier(Settings() with { Url = new Uri("http://127.0.0.1:1") }, time, http).WasTakenAsync(taken, Stop)).ShouldBeNull();
    }

    [Fact]
    public void Settings_KeyAsNotifyGivesIt_IsTakenApart()
    {
        var settings = Settings();
        (settings.ServiceId, settings.Secret).ShouldBe((Service, Secret));
        Should.Throw<InvalidOperationException>(() => NotifySettings.Parse("waymark-123", null, null, null)).Message.ShouldContain("WAYMARK_NOTIFY_KEY");
    }

    private NotifySettings Settings() => NotifySettings.Parse($"waymark_test-{Service}-{Secret}", stub.Urls.First(), "email-template", "text-template");

    private NotifyCarrier Carrier() => new(Settings(), time, http);

    private async Task<bool> IsOurTokenAsync(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var checkedToken = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Service, ValidateAudience = false, ValidateLifetime = false, IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Secret)), ValidAlgorithms = ["HS256"],
        });

        // Notify refuses a token whose issue time is more than thirty seconds from its own clock.
        return checkedToken.IsValid && Math.Abs((((JsonWebToken)checkedToken.SecurityToken).IssuedAt - time.GetUtcNow().UtcDateTime).TotalSeconds) < 30;
    }

    private static OutboxMessage Message(MessageChannel channel, string to) => new()
    {
        Channel = channel, Kind = "test", To = to, Subject = "Subject", Text = "Text", MessageId = $"{Guid.NewGuid():N}@example.gov.uk", QueuedOn = DateTime.UtcNow, State = MessageState.Claimed,
    };
}

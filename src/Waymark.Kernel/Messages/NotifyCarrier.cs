using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Waymark.Kernel.Messages;

/// <summary>Hands e-mail and texts to GOV.UK Notify (its REST API, version 2). The reference is the message's own id, by which one in doubt is asked after.</summary>
public sealed class NotifyCarrier(NotifySettings settings, TimeProvider time, HttpClient http) : MessageCarrier
{
    public override string Name => $"GOV.UK Notify ({settings.Url.Host})";

    public override bool CanAsk => true;

    public override bool Carries(MessageChannel channel) => TemplateOf(channel) is not null;

    public override async Task<CarryResult> SendAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var isEmail = message.Channel == MessageChannel.Email;
        var personalisation = new Dictionary<string, string> { ["subject"] = message.Subject, ["body"] = message.Text };
        var body = new Dictionary<string, object?>
        {
            [isEmail ? "email_address" : "phone_number"] = message.To,
            ["template_id"] = TemplateOf(message.Channel),
            ["personalisation"] = personalisation,
            ["reference"] = message.MessageId,
        };
        try
        {
            using var request = Request(HttpMethod.Post, isEmail ? "/v2/notifications/email" : "/v2/notifications/sms");
            request.Content = JsonContent.Create(body);
            using var response = await http.SendAsync(request, cancellation);
            return Read(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new CarryResult(Carried.Later, fault.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return new CarryResult(Carried.InDoubt, fault.Message);
        }
    }

    public override async Task<bool?> WasTakenAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            using var request = Request(HttpMethod.Get, $"/v2/notifications?reference={Uri.EscapeDataString(message.MessageId)}");
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
            return answer.RootElement.GetProperty("notifications").GetArrayLength() > 0;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static CarryResult Read(HttpStatusCode status, string answer)
    {
        var says = $"{(int)status} {(answer.Length > 500 ? answer[..500] : answer)}";
        return (int)status switch
        {
            >= 200 and < 300 => new CarryResult(Carried.Sent),

            // Our key, our clock, our rate: the settings or the hour, not the message.
            401 or 403 or 408 or 429 => new CarryResult(Carried.Later, says),
            >= 400 and < 500 => new CarryResult(Carried.Refused, says),
            _ => new CarryResult(Carried.Later, says),
        };
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.Url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return request;
    }

    /// <summary>A token of the service's own, good for half a minute.</summary>
    private string Token() => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = settings.ServiceId,
        IssuedAt = time.GetUtcNow().UtcDateTime,
        SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(settings.Secret)), SecurityAlgorithms.HmacSha256),
    });

    private string? TemplateOf(MessageChannel channel) => channel == MessageChannel.Email ? settings.EmailTemplate : settings.TextTemplate;
}

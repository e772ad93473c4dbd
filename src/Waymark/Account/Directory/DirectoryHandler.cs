using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Waymark.Host.Account.Directory;

/// <summary>
/// OpenID Connect over the framework's OAuth handler: code flow with PKCE. The framework keeps state and correlation; this adds discovery, the nonce, the id token and
/// user info. Addresses and secrets are read at each sign-in, so that a change on the settings page holds at once and on every node.
/// </summary>
public sealed class DirectoryHandler(IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder) : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    public const string SchemeName = "directory";
    public const string CallbackPath = "/account/directory";
    private const string NonceKey = "nonce";

    private DirectoryConfig config = null!;
    private OpenIdConnectConfiguration configuration = null!;

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await LoadAsync();
        await base.HandleChallengeAsync(properties);
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        try
        {
            await LoadAsync();
            return await base.HandleRemoteAuthenticateAsync();
        }
        catch (Exception failure) when (failure is AuthenticationFailureException or HttpRequestException or JsonException or Kernel.Access.RefusedException)
        {
            return HandleRequestResult.Fail(failure);
        }
    }

    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var nonce = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        properties.Items[OAuthConstants.CodeVerifierKey] = verifier;
        properties.Items[NonceKey] = nonce;
        return QueryHelpers.AddQueryString(configuration.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["client_id"] = config.ClientId,
            ["response_type"] = "code",
            ["scope"] = config.Scopes,
            ["redirect_uri"] = redirectUri,
            ["nonce"] = nonce,
            [OAuthConstants.CodeChallengeKey] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            [OAuthConstants.CodeChallengeMethodKey] = OAuthConstants.CodeChallengeMethodS256,
            ["state"] = Options.StateDataFormat.Protect(properties),
        });
    }

    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = context.Code,
            ["redirect_uri"] = context.RedirectUri,
            [OAuthConstants.CodeVerifierKey] = context.Properties.Items[OAuthConstants.CodeVerifierKey]!,
        };
        context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey);
        using var request = new HttpRequestMessage(HttpMethod.Post, configuration.TokenEndpoint);
        var methods = configuration.TokenEndpointAuthMethodsSupported;
        if (methods.Count == 0 || methods.Contains("client_secret_basic"))
        {
            var pair = $"{Uri.EscapeDataString(config.ClientId)}:{Uri.EscapeDataString(config.ClientSecret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        else
        {
            fields["client_id"] = config.ClientId;
            fields["client_secret"] = config.ClientSecret;
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = new FormUrlEncodedContent(fields);
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        var body = await response.Content.ReadAsStringAsync(Context.RequestAborted);
        return response.IsSuccessStatusCode
            ? OAuthTokenResponse.Success(JsonDocument.Parse(body))
            : OAuthTokenResponse.Failed(new AuthenticationFailureException(string.Create(CultureInfo.InvariantCulture, $"The directory did not take the code: {(int)response.StatusCode}.")));
    }

    protected override async Task<AuthenticationTicket> CreateTicketAsync(ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        ArgumentNullException.ThrowIfNull(properties);
        ArgumentNullException.ThrowIfNull(tokens);

        // RFC 9207: who answered is who was asked.
        if (Request.Query["iss"].ToString() is { Length: > 0 } answered && answered.TrimEnd('/') != configuration.Issuer.TrimEnd('/'))
        {
            throw new AuthenticationFailureException("Another directory answered.");
        }

        if (tokens.Response?.RootElement.TryGetProperty("id_token", out var token) is not true)
        {
            throw new AuthenticationFailureException("The directory sent no id token.");
        }

        properties.Items.Remove(NonceKey, out var nonce);
        var claims = await Context.RequestServices.GetRequiredService<IdToken>().ValidateAsync(token.GetString()!, config, nonce, Context.RequestAborted);
        if (!claims.HasClaim(c => c.Type == config.GroupsClaim) && configuration.UserInfoEndpoint is { Length: > 0 } userInfo)
        {
            await AddUserInfoAsync(claims, userInfo, tokens.AccessToken!);
        }

        // Some directories leave the groups out when there are many. That is not the same as belonging to none.
        return !claims.HasClaim(c => c.Type == config.GroupsClaim) && claims.HasClaim(c => c.Type is "_claim_names" or "hasgroups")
            ? throw new AuthenticationFailureException("The directory left this person's groups out because there are too many. Let it send only groups assigned to this application.")
            : new AuthenticationTicket(new ClaimsPrincipal(claims), properties, Scheme.Name);
    }

    /// <summary>The person a ticket describes.</summary>
    internal static DirectoryPerson PersonOf(ClaimsPrincipal principal, DirectoryConfig config)
    {
        var subject = principal.FindFirst("sub")!;
        var email = principal.FindFirstValue("email_verified") == "false" ? null : principal.FindFirstValue("email");
        return new DirectoryPerson
        {
            Issuer = config.Authority,
            Subject = subject.Value,
            Name = principal.FindFirstValue("name") ?? principal.FindFirstValue("preferred_username") ?? email ?? subject.Value,
            UserName = principal.FindFirstValue("preferred_username") ?? email,
            Email = email,
            Groups = principal.FindAll(config.GroupsClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal),
        };
    }

    private async Task AddUserInfoAsync(ClaimsIdentity claims, string address, string accessToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var info = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Context.RequestAborted));
        if (info.RootElement.GetProperty("sub").GetString() != claims.FindFirst("sub")!.Value)
        {
            throw new AuthenticationFailureException("The directory's user info is about someone else.");
        }

        foreach (var property in info.RootElement.EnumerateObject().Where(p => !claims.HasClaim(c => c.Type == p.Name)))
        {
            claims.AddClaims(property.Value.ValueKind switch
            {
                JsonValueKind.Array => property.Value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => new Claim(property.Name, v.GetString()!)),
                JsonValueKind.String => [new Claim(property.Name, property.Value.GetString()!)],
                JsonValueKind.True or JsonValueKind.False => [new Claim(property.Name, property.Value.GetBoolean() ? "true" : "false")],
                _ => [],
            });
        }
    }

    /// <summary>A handler is made for every request; what it needs is asked for only when someone signs in.</summary>
    private async Task LoadAsync()
    {
        config = await Context.RequestServices.GetRequiredService<DirectorySettings>().ReadAsync() ?? throw new AuthenticationFailureException("No directory is set up.");
        configuration = await Context.RequestServices.GetRequiredService<DirectoryMetadata>().GetAsync(config.Authority, cancellation: Context.RequestAborted);
    }
}

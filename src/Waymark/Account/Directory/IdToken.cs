using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account.Directory;

/// <summary>
/// Checks an id token (OpenID Connect Core 3.1.3.7): issuer, audience and authorised party, signature by a key the directory publishes now, expiry, and the nonce of this
/// sign-in. Algorithms without a public key are not accepted.
/// </summary>
[Scoped]
public sealed class IdToken(DirectoryMetadata metadata, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <returns>The claims of a token that is good. Throws <see cref="AuthenticationFailureException"/> otherwise.</returns>
    public async Task<ClaimsIdentity> ValidateAsync(string token, DirectoryConfig config, string? nonce, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        try
        {
            return await ValidateAsync(token, config, await metadata.GetAsync(config.Authority, cancellation: cancellation), nonce);
        }
        catch (AuthenticationFailureException failure) when (failure.InnerException is SecurityTokenSignatureKeyNotFoundException)
        {
            // The directory may have changed its keys since they were read.
            return await ValidateAsync(token, config, await metadata.GetAsync(config.Authority, fresh: true, cancellation), nonce);
        }
    }

    /// <param name="published">What the directory says of itself.</param>
    /// <param name="nonce">The one sent when this sign-in began.</param>
    public async Task<ClaimsIdentity> ValidateAsync(string token, DirectoryConfig config, OpenIdConnectConfiguration published, string? nonce)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(published);
        var result = await CheckAsync(token, config, published);
        if (!result.IsValid)
        {
            throw new AuthenticationFailureException("The id token is not good.", result.Exception);
        }

        var jwt = (JsonWebToken)result.SecurityToken;
        if (string.IsNullOrEmpty(nonce) || !jwt.TryGetPayloadValue<string>("nonce", out var sent) || sent != nonce)
        {
            throw new AuthenticationFailureException("The id token belongs to another sign-in.");
        }

        if (jwt.TryGetPayloadValue<string>("azp", out var party) ? party != config.ClientId : jwt.Audiences.Count() > 1)
        {
            throw new AuthenticationFailureException("The id token was made for another application.");
        }

        return string.IsNullOrEmpty(jwt.Subject) ? throw new AuthenticationFailureException("The id token names nobody.") : result.ClaimsIdentity;
    }

    private Task<TokenValidationResult> CheckAsync(string token, DirectoryConfig config, OpenIdConnectConfiguration configuration) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = config.ClientId,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            TryAllIssuerSigningKeys = false,
            NameClaimType = "name",
            LifetimeValidator = (from, until, _, _) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                return until is { } end && now - Skew < end && (from is not { } start || start <= now + Skew);
            },
        });
}

using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account.Directory;

/// <summary>The directory's own description of itself: its addresses and signing keys. Read once in twelve hours, and again when a token is signed by a key it does not hold.</summary>
[Singleton]
public sealed class DirectoryMetadata(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    /// <summary>However many tokens with unknown keys arrive, the directory is asked no oftener.</summary>
    private static readonly TimeSpan LeastApart = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private readonly ConcurrentDictionary<string, (OpenIdConnectConfiguration Configuration, long ReadAt)> known = new(StringComparer.Ordinal);

    /// <param name="fresh">Asks again, unless it was asked only just now.</param>
    public async Task<OpenIdConnectConfiguration> GetAsync(string authority, bool fresh = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(authority);
        var issuer = authority.TrimEnd('/');
        if (known.TryGetValue(issuer, out var held) && time.GetElapsedTime(held.ReadAt) < (fresh ? LeastApart : Kept))
        {
            return held.Configuration;
        }

        var configuration = await ReadAsync(issuer, cancellation);
        known[issuer] = (configuration, time.GetTimestamp());
        return configuration;
    }

    public void Dispose() => http.Dispose();

    private async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            throw new RefusedException("Enter the directory's address, starting with https://", "Authority");
        }

        OpenIdConnectConfiguration configuration;
        try
        {
            configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{issuer}/.well-known/openid-configuration", new HttpDocumentRetriever(http) { RequireHttps = !address.IsLoopback }, cancellation);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or InvalidOperationException or ArgumentException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new RefusedException($"The directory at {issuer} did not describe itself: {failure.GetBaseException().Message}", "Authority");
        }

        // OpenID Connect Discovery 4.3: what it calls itself is the address it was asked at, or it is someone else.
        return configuration.Issuer?.TrimEnd('/') == issuer
            ? configuration
            : throw new RefusedException($"The directory at {issuer} calls itself {configuration.Issuer}. Enter that address", "Authority");
    }
}

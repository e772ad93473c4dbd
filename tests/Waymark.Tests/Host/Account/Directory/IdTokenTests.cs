using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Shouldly;
using Waymark.Host.Account.Directory;
using Xunit;

namespace Waymark.Tests.Host.Account.Directory;

public sealed class IdTokenTests : IDisposable
{
    private const string Issuer = "https://directory.example";
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly DirectoryConfig Config = new() { Name = "", Authority = Issuer, ClientId = "waymark", ClientSecret = "" };

    private readonly RSA rsa = RSA.Create(2048);
    private readonly RSA foreign = RSA.Create(2048);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(Now));

    public static TheoryData<string, Func<SecurityTokenDescriptor, SecurityTokenDescriptor>> Faults => new()
    {
        { "another issuer", t => With(t, x => x.Issuer = "https://elsewhere.example") },
        { "another audience", t => With(t, x => x.Audience = "another-app") },
        { "expired", t => With(t, x => x.Expires = Now.AddMinutes(-3)) },
        { "not yet", t => With(t, x => x.NotBefore = Now.AddMinutes(3)) },
        { "another nonce", t => With(t, x => x.Claims["nonce"] = "other") },
        { "no nonce", t => With(t, x => x.Claims.Remove("nonce")) },
        { "another party", t => With(t, x => x.Claims["azp"] = "another-app") },
        { "nobody", t => With(t, x => x.Claims.Remove("sub")) },
        { "unsigned", t => With(t, x => x.SigningCredentials = null) },
        { "signed with the published key as a password", t => With(t, x => x.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[64]) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256)) },
    };

    [Fact]
    public async Task Token_AsItShouldBe_IsTaken() => (await CheckAsync(Good())).FindFirst("sub")!.Value.ShouldBe("s-1");

    [Theory, MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Token_WithAFault_IsRefused(string fault, Func<SecurityTokenDescriptor, SecurityTokenDescriptor> change) =>
        await Should.ThrowAsync<AuthenticationFailureException>(() => CheckAsync(change(Good())), fault);

    [Fact]
    public async Task Token_SignedByAKeyNotPublished_IsRefused() =>
        await Should.ThrowAsync<AuthenticationFailureException>(() => CheckAsync(With(Good(), x => x.SigningCredentials = new SigningCredentials(new RsaSecurityKey(foreign) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256))));

    public void Dispose()
    {
        rsa.Dispose();
        foreign.Dispose();
    }

    private static SecurityTokenDescriptor With(SecurityTokenDescriptor token, Action<SecurityTokenDescriptor> change)
    {
        change(token);
        return token;
    }

    private SecurityTokenDescriptor Good() => new()
    {
        Issuer = Issuer,
        Audience = "waymark",
        IssuedAt = Now,
        NotBefore = Now,
        Expires = Now.AddMinutes(5),
        Claims = new Dictionary<string, object> { ["sub"] = "s-1", ["nonce"] = "n-1" },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
    };

    private Task<System.Security.Claims.ClaimsIdentity> CheckAsync(SecurityTokenDescriptor token)
    {
        var published = new OpenIdConnectConfiguration { Issuer = Issuer };
        published.SigningKeys.Add(new RsaSecurityKey(rsa.ExportParameters(false)) { KeyId = "k1" });
        return new IdToken(new DirectoryMetadata(time), time).ValidateAsync(new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token), Config, published, "n-1");
    }
}

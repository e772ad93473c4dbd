using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Waymark.Tests.Support;

/// <summary>Lets every post through, for tests of what lies behind the token.</summary>
internal sealed class NoAntiforgery : IAntiforgery
{
    private static readonly AntiforgeryTokenSet None = new("none", "none", "none", "none");

    public AntiforgeryTokenSet GetAndStoreTokens(HttpContext httpContext) => None;
    public AntiforgeryTokenSet GetTokens(HttpContext httpContext) => None;
    public Task<bool> IsRequestValidAsync(HttpContext httpContext) => Task.FromResult(true);
    public Task ValidateRequestAsync(HttpContext httpContext) => Task.CompletedTask;
    public void SetCookieTokenAndHeader(HttpContext httpContext) { }
}

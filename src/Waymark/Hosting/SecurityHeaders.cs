namespace Waymark.Host.Hosting;

/// <summary>Headers that every answer carries: nothing runs, frames, or is sent elsewhere that this site did not serve itself.</summary>
public static class SecurityHeaders
{
    /// <summary>No inline script or style, anywhere. <c>data:</c> images are GOV.UK Frontend's own marks in its style sheet.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var targets = string.Concat(app.ApplicationServices.GetServices<FormTarget>().Select(t => $" {t.Origin}"));
        var policy = Policy.Replace("form-action 'self'", $"form-action 'self'{targets}", StringComparison.Ordinal);
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(static state =>
            {
                var (response, policy) = ((HttpResponse, string))state;
                Add(response.Headers, policy);
                return Task.CompletedTask;
            }, (context.Response, policy));
            return next(context);
        });
    }

    private static void Add(IHeaderDictionary headers, string policy)
    {
        headers.TryAdd("Content-Security-Policy", policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

        // People's records stay out of shared and disk caches; an asset says otherwise for itself.
        headers.TryAdd("Cache-Control", "no-store");
    }
}

/// <summary>Another origin that a form here may end at: browsers apply <c>form-action</c> to redirects too, so the council's directory, to which a sign-in form is sent on, must be named.</summary>
/// <param name="Origin">Scheme, host and port: <c>https://login.example.org</c>.</param>
public sealed record FormTarget(string Origin);

namespace Waymark.Host.Hosting;

/// <summary>Serves the style sheet, the script and the icon from <c>wwwroot</c> beside the built host.</summary>
public static class Assets
{
    /// <summary>An address with a fingerprint (<c>?v=…</c>) never changes its bytes and is kept for a year; one without is asked for again.</summary>
    public static IApplicationBuilder UseAssets(this IApplicationBuilder app) => app.UseStaticFiles(new StaticFileOptions
    {
        OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl =
            file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
    });
}

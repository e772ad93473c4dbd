using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Waymark.Host.Hosting;

/// <summary>Serves the style sheet, the script and the icon from <c>wwwroot</c> beside the built host, compressed where the build made it so.</summary>
public static class Assets
{
    private const string Compressed = ".br";

    /// <summary>An address with a fingerprint (<c>?v=…</c>) never changes its bytes and is kept for a year; one without is asked for again.</summary>
    public static IApplicationBuilder UseAssets(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[Compressed] = "application/octet-stream";
        app.Use((context, next) =>
        {
            var path = context.Request.Path;
            if ((IsOf(path, ".css") || IsOf(path, ".js")) && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal)
                && files.GetFileInfo(path + Compressed).Exists)
            {
                context.Request.Path = path + Compressed;
            }

            return next(context);
        });
        return app.UseStaticFiles(new StaticFileOptions
        {
            ContentTypeProvider = types,
            OnPrepareResponse = file =>
            {
                var headers = file.Context.Response.Headers;
                headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
                if (file.File.Name.EndsWith(Compressed, StringComparison.Ordinal) && types.TryGetContentType(file.File.Name[..^Compressed.Length], out var type))
                {
                    headers.ContentEncoding = "br";
                    headers.ContentType = type;
                    headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
                }
            },
        });
    }

    private static bool IsOf(PathString path, string extension) => path.HasValue && path.Value.EndsWith(extension, StringComparison.Ordinal);
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Attachments;

/// <summary>Keeps the framework from reading the form of a page that reads it itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsFormItselfAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
        context.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>
/// Reads a form with a file as a stream, so that nothing is written before the request is known to be this site's own. The fields, the antiforgery token
/// among them, stand before the file in the form.
/// </summary>
public static class UploadReader
{
    private const int LongestField = 10_000;

    /// <param name="largest">Bytes of the file; some more are allowed for the rest of the form.</param>
    /// <param name="receive">Given the fields, the file's name and its bytes. Not called when no file was sent.</param>
    /// <returns>The fields, for a page that is shown again.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpContext context, long largest, Func<IReadOnlyDictionary<string, string>, string, Stream, Task> receive)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            throw new RefusedException("Choose a file to attach", "File");
        }

        // What is over the limit is read to its end and refused in words; a connection cut short shows the person nothing.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = (largest * 8) + (1024 * 1024);
        }

        var reader = new MultipartReader(boundary, context.Request.Body);
        var isOurs = false;
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            if (section.GetContentDispositionHeader() is not { } disposition)
            {
                continue;
            }

            if (!disposition.IsFileDisposition())
            {
                fields[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = await FieldAsync(section.Body, context.RequestAborted);
                continue;
            }

            if (!isOurs)
            {
                await ValidateAsync(context, fields);
                isOurs = true;
            }

            var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
            if (!string.IsNullOrEmpty(name))
            {
                await ReceiveAsync(section.Body, fields, name, receive, context.RequestAborted);
                return fields;
            }
        }

        if (!isOurs)
        {
            await ValidateAsync(context, fields);
        }

        throw new RefusedException("Choose a file to attach", "File");
    }

    private static async Task ReceiveAsync(Stream body, Dictionary<string, string> fields, string name, Func<IReadOnlyDictionary<string, string>, string, Stream, Task> receive, CancellationToken cancellation)
    {
        try
        {
            await receive(fields, name, body);
        }
        catch (RefusedException)
        {
            await body.CopyToAsync(Stream.Null, cancellation);
            throw;
        }
    }

    private static async Task<string> FieldAsync(Stream body, CancellationToken cancellation)
    {
        using var reader = new StreamReader(body);
        var buffer = new char[LongestField + 1];
        var read = await reader.ReadBlockAsync(buffer, cancellation);
        return read <= LongestField ? new string(buffer, 0, read) : throw new RefusedException($"Each answer must be {LongestField:N0} characters or fewer");
    }

    // The check looks at a header before it would read the whole form; the token of the form's first field is put there.
    private static async Task ValidateAsync(HttpContext context, Dictionary<string, string> fields)
    {
        var options = context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<AntiforgeryOptions>>().Value;
        if (options.HeaderName is { } header && !context.Request.Headers.ContainsKey(header))
        {
            context.Request.Headers[header] = fields.GetValueOrDefault(options.FormFieldName, "");
        }

        await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
    }
}

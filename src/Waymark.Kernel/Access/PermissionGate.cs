using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Waymark.Kernel.Access;

/// <summary>
/// Lets a request reach its handler, or not. It stands after routing and sign-in and before model binding, so that nothing sent by someone who may not act is read.
/// A page handler's own attributes count, else its page model's, else the endpoint's. A handler that states nothing is refused: forgetting is not a way in.
/// </summary>
public sealed partial class PermissionGate(RequestDelegate next, IPageHandlerMethodSelector selector, IHostEnvironment environment, ILogger<PermissionGate> logger)
{
    /// <summary>Where a person signs in; <c>returnUrl</c> names where they were going.</summary>
    public const string SignInPath = "/account/sign-in";

    /// <summary>Where a form that arrived signed out waits, followed by its id.</summary>
    public const string ContinuePath = "/account/continue";

    /// <summary>Where two-step sign-in is set up.</summary>
    public const string SetUpTwoFactorPath = "/account/two-factor/set-up";

    private static readonly object MissingKey = new();

    /// <summary>The permission for whose lack this request was refused, for the page that says so.</summary>
    public static string? MissingPermission(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items[MissingKey] as string;
    }

    public async Task InvokeAsync(HttpContext context, Viewer viewer, SealPost sealPost)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(sealPost);
        if (context.GetEndpoint() is not { } endpoint)
        {
            await next(context);
            return;
        }

        var page = endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>();
        var handler = page is null ? null : HandlerOf(context, page);
        if (page is { HandlerMethods.Count: > 0 } && handler is null)
        {
            // Razor would show the page without having filled it.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (RuleOf(endpoint, handler) is not { } rule)
        {
            await RefuseUnruledAsync(context, endpoint);
        }
        else if (rule.IsPublic)
        {
            await next(context);
        }
        else if (!viewer.IsSignedIn)
        {
            await SendToSignInAsync(context, endpoint, sealPost);
        }
        else if (viewer.MustSetUpTwoFactor && !context.Request.Path.StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Redirect($"{context.Request.PathBase}{SetUpTwoFactorPath}");
        }
        else if (rule.Permissions.All(viewer.May))
        {
            await next(context);
        }
        else
        {
            context.Items[MissingKey] = rule.Permissions.First(p => !viewer.May(p));
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    /// <summary>Asks the very selector, on the very route, that will choose the handler.</summary>
    private HandlerMethodDescriptor? HandlerOf(HttpContext context, CompiledPageActionDescriptor page) =>
        selector.Select(new PageContext(new(context, context.GetRouteData(), page)) { ActionDescriptor = page });

    private static AccessRule? RuleOf(Endpoint endpoint, HandlerMethodDescriptor? handler) =>
        (handler is null ? null : AccessRule.From(handler.MethodInfo.GetCustomAttributes(inherit: true))) ?? AccessRule.From(endpoint.Metadata);

    private async Task RefuseUnruledAsync(HttpContext context, Endpoint endpoint)
    {
        LogUnruled(logger, context.Request.Method, endpoint.DisplayName);
        if (!environment.IsEnvironment("Test"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        await context.Response.WriteAsync($"{context.Request.Method} {endpoint.DisplayName} names no permission: put [Requires(Can.X)], [SignedIn] or [Public] on the handler or its page model, "
            + "or .Requires(Can.X), .ForSignedIn() or .AllowPublic() on the endpoint.");
    }

    private static async Task SendToSignInAsync(HttpContext context, Endpoint endpoint, SealPost sealPost)
    {
        var request = context.Request;
        if (AnswersScript(request, endpoint))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var back = await sealPost.RunAsync(context) is { } id ? $"{request.PathBase}{ContinuePath}/{id}" : $"{request.PathBase}{request.Path}{request.QueryString}";
        context.Response.Redirect($"{request.PathBase}{SignInPath}?returnUrl={Uri.EscapeDataString(back)}");
    }

    /// <summary>A script or another program asked, not a person moving from page to page: it gets a status, never a page to sign in on.</summary>
    private static bool AnswersScript(HttpRequest request, Endpoint endpoint) =>
        request.Headers.ContainsKey("X-Requested-With")
        || (request.Headers.TryGetValue("Sec-Fetch-Mode", out var mode) && mode != "navigate")
        || (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null && !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} names no permission and was refused.")]
    private static partial void LogUnruled(ILogger logger, string method, string? endpoint);
}

public static class PermissionGateExtensions
{
    /// <summary>After <c>UseRouting</c> and <c>UseAuthentication</c>: fills the <see cref="Viewer"/>, then lets through who may pass.</summary>
    public static IApplicationBuilder UsePermissionGate(this IApplicationBuilder app) => app.UseMiddleware<ViewerMiddleware>().UseMiddleware<PermissionGate>();
}

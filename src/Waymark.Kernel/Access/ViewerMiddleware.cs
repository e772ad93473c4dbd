using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Waymark.Kernel.Access;

/// <summary>Fills the request's <see cref="Viewer"/> from who signed in.</summary>
public sealed class ViewerMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, Viewer viewer, ViewerReader reader)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(reader);
        if (!viewer.IsSignedIn && Guid.TryParse(context.User.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            await reader.FillAsync(viewer, userId, context.RequestAborted);
        }

        await next(context);
    }
}

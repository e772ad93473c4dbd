using Waymark.Kernel.Access;

namespace Waymark.Host.Hosting;

/// <summary>Answers 404 on the side of the site that is not served here. It stands after routing.</summary>
public static class SideGate
{
    public static IApplicationBuilder UseSides(this IApplicationBuilder app, Sides served) => served == Sides.Both ? app : app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint || (Of(endpoint) & served) != 0)
        {
            return next(context);
        }

        if (served == Sides.Staff && context.Request.Path == "/" && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Redirect($"{context.Request.PathBase}/my-day");
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    });

    public static Sides Of(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Metadata.GetMetadata<OnSideAttribute>()?.Sides
            ?? (AccessRule.From(endpoint.Metadata) is { IsPublic: true } ? Sides.Public : Sides.Staff);
    }
}

using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Kernel.Access;

/// <summary>A page model or handler class that shows records of people, and whose.</summary>
public interface IShowsPeople
{
    /// <summary>Those whose record this answer shows; empty when it shows none (not found, a stub).</summary>
    IEnumerable<Guid> ShownPeople { get; }

    /// <summary>Why, where the page asked.</summary>
    string? ViewPurpose => null;
}

/// <summary>
/// On a page model that is <see cref="IShowsPeople"/>: writes the view down after the handler has run and before anything of the page is sent. Endpoints call
/// <see cref="ViewLog.Record"/> themselves.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LogsViewAttribute : Attribute, IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        var done = await next();
        var page = done.HandlerInstance as IShowsPeople
            ?? throw new InvalidOperationException($"{context.ActionDescriptor.DisplayName} has [LogsView] and does not say whose record it shows: implement {nameof(IShowsPeople)}.");
        if (done.Exception is null && done.Result is not (null or Microsoft.AspNetCore.Mvc.RedirectResult or Microsoft.AspNetCore.Mvc.LocalRedirectResult or Microsoft.AspNetCore.Mvc.RedirectToPageResult))
        {
            Record(context, page);
        }
    }

    private static void Record(PageHandlerExecutingContext context, IShowsPeople page)
    {
        var services = context.HttpContext.RequestServices;
        var (log, viewer) = (services.GetRequiredService<ViewLog>(), services.GetRequiredService<Viewer>());
        var route = $"/{context.ActionDescriptor.AttributeRouteInfo?.Template}";
        foreach (var person in page.ShownPeople.Distinct())
        {
            log.Record(viewer, person, route, page.ViewPurpose);
        }
    }
}

using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Layout;

/// <summary>What the layout shows around a page.</summary>
public sealed record Look
{
    public required bool IsStaff { get; init; }
    public required bool IsDemo { get; init; }
    public required string? Council { get; init; }
    public required string UserName { get; init; }
    public required bool CanFindPeople { get; init; }
    public required bool CanTakeContacts { get; init; }
    public required IReadOnlyList<NavigationLink> Links { get; init; }
    public required IReadOnlyList<NavigationLink> FooterLinks { get; init; }

    /// <summary>The class that sets the width: staff pages use the whole screen.</summary>
    public string Width => IsStaff ? "wm-wide" : "govuk-width-container";
}

/// <param name="IsHere">The page shown lies under it.</param>
public sealed record NavigationLink(string Title, string Url, bool IsHere)
{
    public bool IsAdministration => Url.StartsWith("/admin", StringComparison.Ordinal);
}

/// <summary>Decides the frame: staff see theirs on every page that is not public, residents the public one. Only links that lead somewhere are shown.</summary>
[Scoped]
public sealed class Frame(WaymarkDb db, Viewer viewer, Catalogue catalogue, SiteFacts facts, PageList pages)
{
    private static readonly (string Title, string Url)[] PublicLinks = [("Home", "/"), ("How are we doing?", "/our-figures"), ("Demo users", "/demo"), ("Staff sign in", "/account/sign-in"), ("Staff pages", Staff)];

    /// <summary>Shown on public pages to those who are not signed in; to those who are, the way back to <see cref="Staff"/>.</summary>
    private static readonly string[] WaysIn = ["/demo", "/account/sign-in"];
    private const string Staff = "/my-day";
    private static readonly (string Title, string Url)[] Footer = [("Accessibility", "/accessibility"), ("Privacy and cookies", "/privacy-and-cookies")];

    /// <summary>A page that is public but shown to staff in their own frame (an error page) sets this in ViewData to <c>true</c>.</summary>
    public const string StaffFrame = "StaffFrame";

    public async Task<Look> ForAsync(ViewContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var about = await facts.ReadAsync(db);
        var isPublic = context.ActionDescriptor.EndpointMetadata.OfType<PublicAttribute>().Any() && context.ViewData[StaffFrame] is not true;
        var isStaff = viewer is { IsSignedIn: true, IsSystem: false } && !isPublic;
        var path = context.HttpContext.Request.Path;
        var links = isStaff
            ? [.. catalogue.Navigation.Where(n => n.Permission is null || viewer.May(n.Permission)).OrderBy(n => n.Order).Select(n => (n.Title, n.Url))]
            : PublicLinks.Where(l => l.Url != "/demo" || about.IsDemo).Where(l => viewer.IsSignedIn ? !WaysIn.Contains(l.Url) : l.Url != Staff);
        return new Look
        {
            IsStaff = isStaff,
            IsDemo = about.IsDemo,
            Council = about.Council,
            UserName = viewer.DisplayName,
            CanFindPeople = viewer.May(Can.ViewPeople) && pages.Has("/people"),
            CanTakeContacts = viewer.May(Can.TakeContacts) && pages.Has("/contacts/new"),
            Links = Mark([.. links.Where(l => pages.Has(l.Url))], path),
            FooterLinks = Mark(Footer, path),
        };
    }

    /// <summary>The link whose address is the longest beginning of the page's is the one we are at.</summary>
    private static IReadOnlyList<NavigationLink> Mark(IReadOnlyList<(string Title, string Url)> links, PathString path)
    {
        var here = links.Where(l => l.Url == "/" ? path == "/" : path.StartsWithSegments(l.Url)).OrderByDescending(l => l.Url.Length).FirstOrDefault().Url;
        return [.. links.Select(l => new NavigationLink(l.Title, l.Url, l.Url == here))];
    }
}

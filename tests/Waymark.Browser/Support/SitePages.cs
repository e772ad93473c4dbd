using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Browser.Support;

/// <summary>Every page that answers GET with a page (a CSV is a file), from the endpoint table, with an address to look at it by.</summary>
public static class SitePages
{
    /// <summary>An address for each route that has parameters or needs a query, from the demo county. A new such route needs its line here, or a test fails.</summary>
    private static readonly Dictionary<string, Func<SampleWork, string>> Samples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/account/continue/{id:guid}"] = _ => $"/account/continue/{Guid.Empty}",
        ["/admin/teams/{id:guid}"] = s => $"/admin/teams/{s.Team}",
        ["/admin/users/{id:guid}"] = s => $"/admin/users/{s.User}",
        ["/admin/users/{id:guid}/details"] = s => $"/admin/users/{s.User}/details",
        ["/attachments/new"] = s => $"/attachments/new?personId={s.PersonId}",
        ["/attachments/{id:guid}/strike"] = s => $"/attachments/{s.Attachment}/strike",
        ["/checks/{id:guid}"] = s => $"/checks/{s.DraftCheck}",
        ["/contacts/{reference}"] = s => $"/contacts/{s.OpenEpisode}",
        ["/drafts/{id:guid}"] = s => $"/drafts/{s.Draft}",
        ["/dols/requests/{reference}"] = s => $"/dols/requests/{s.OwnDolsRequest}",
        ["/dols/{reference}/assessors"] = s => $"/dols/{s.DolsRequest}/assessors",
        ["/dols/{reference}/close"] = s => $"/dols/{s.DolsRequest}/close",
        ["/dols/{reference}/safeguards"] = s => $"/dols/{s.OwnDolsRequest}/safeguards",
        ["/dols/{reference}/urgent"] = s => $"/dols/{s.DolsRequest}/urgent",
        ["/dols/{reference}/letters"] = s => $"/dols/{s.OwnDolsRequest}/letters",
        ["/dols/{reference}/person"] = s => $"/dols/{s.DolsRequest}/person",
        ["/dols/{reference}/priority"] = s => $"/dols/{s.DolsRequest}/priority",
        ["/error/{code:int?}"] = _ => "/error/404",
        ["/figures/{id:guid}"] = s => $"/figures/{s.Figure}",
        ["/forms/{id:guid}/beside/{otherId:guid}"] = s => $"/forms/{s.Revision}/beside/{s.EarlierRevision}",
        ["/forms/{id:guid}/history"] = s => $"/forms/{s.Revision}/history",
        ["/forms/{id:guid}/print"] = s => $"/forms/{s.Revision}/print",
        ["/imports/open-items/{id:guid}"] = s => $"/imports/open-items/{s.Import}",
        ["/measures/{key}"] = s => $"/measures/{s.Measure}",
        ["/measures/{key}/publish"] = s => $"/measures/{s.Measure}/publish",
        ["/measures/{key}/rows"] = s => $"/measures/{s.Measure}/rows",
        ["/notes/new"] = s => $"/notes/new?personId={s.PersonId}",
        ["/notes/{id:guid}"] = s => $"/notes/{s.Note}",
        ["/people/merges/{id:guid}"] = s => $"/people/merges/{s.Merge}",
        ["/people/{reference}/community-dol/new"] = s => $"/people/{s.Person}/community-dol/new",
        ["/people/{reference}/details"] = s => $"/people/{s.Person}/details",
        ["/people/{reference}/edit"] = s => $"/people/{s.Person}/edit",
        ["/people/{reference}/merge"] = s => $"/people/{s.Person}/merge",
        ["/people/{reference}"] = s => $"/people/{s.Person}",
        ["/people/{reference}/support-plans/new"] = s => $"/people/{s.Person}/support-plans/new",
        ["/report-a-concern/{who:regex(^(professional|provider)$)}"] = _ => "/report-a-concern/professional",
        ["/safeguarding/collection/rows"] = _ => "/safeguarding/collection/rows?year=2023&table=SG1f&row=0&column=0",
        ["/safeguarding/concerns/{reference}/person"] = s => $"/safeguarding/concerns/{s.Concern}/person?find=Okafor",
        ["/safeguarding/enquiries/{reference}"] = s => $"/safeguarding/enquiries/{s.Enquiry}",
        ["/work/closures/{id:guid}"] = s => $"/work/closures/{s.Closure}",
        ["/admin/break-glass/{id:guid}"] = s => $"/admin/break-glass/{s.BreakGlass}",
        ["/break-glass/{reference}"] = s => $"/break-glass/{s.Restricted}",
        ["/people/{reference}/restrictions"] = s => $"/people/{s.Restricted}/restrictions",
        ["/people/{reference}/restrictions/{id:guid}"] = s => $"/people/{s.Restricted}/restrictions/{s.Restriction}",
        ["/people/{reference}/subject-access"] = s => $"/people/{s.Person}/subject-access",
        ["/people/{reference}/views"] = s => $"/people/{s.Person}/views",
        ["/work/{reference}/do/{act}"] = s => $"/work/{s.OpenEpisode}/do/priority",
        ["/work/{reference}/history"] = s => $"/work/{s.OpenEpisode}/history",
        ["/work/{reference}/{part:regex(^(notes|documents)$)}"] = s => $"/work/{s.OpenEpisode}/notes",
        ["/work/{reference}"] = s => $"/work/{s.OpenEpisode}",
    };

    /// <summary>Pages that only an account with a password sees, on its way in: <see cref="SignInTests"/> looks at them.</summary>
    private static readonly HashSet<string> InTheMiddleOfSigningIn = ["/account/password", "/account/two-factor"];

    /// <summary>Route and address; the address is <c>null</c> where the route has parameters and no sample.</summary>
    public static IReadOnlyList<(string Route, string? Address)> All(BrowserSite site)
    {
        var pages = new List<(string, string?)>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { } page || !page.HandlerMethods.Any(h => h.HttpMethod.Equals("GET", StringComparison.OrdinalIgnoreCase) && h.Name is null) && page.HandlerMethods.Count > 0)
            {
                continue;
            }

            var route = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            if (route.EndsWith(".csv", StringComparison.Ordinal) || InTheMiddleOfSigningIn.Contains(route))
            {
                continue;
            }

            var address = Samples.TryGetValue(route, out var sample) ? sample(site.Work) : endpoint.RoutePattern.Parameters.Count == 0 ? route : null;
            pages.Add((route, address));
        }

        return [.. pages.OrderBy(p => p.Item1, StringComparer.Ordinal)];
    }
}

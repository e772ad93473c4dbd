using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Waymark.Tests.Support;

/// <summary>A site used as a browser without scripts uses it: pages read as HTML, forms filled in and sent.</summary>
public static class HtmlClient
{
    /// <summary>The page at the address, whatever its status.</summary>
    public static async Task<IHtmlDocument> PageAsync(this HttpClient client, string url)
    {
        using var response = await client.GetAsync(url);
        return await response.PageAsync();
    }

    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    /// <summary>Sees the page, fills in its form and sends it; hidden values, the antiforgery token among them, go as the page gave them.</summary>
    /// <param name="fields">Name and value; a name may repeat. What is not named keeps the page's value; <c>null</c> leaves a field out, as an unticked box is.</param>
    public static Task<HttpResponseMessage> PostFormAsync(this TestSite site, HttpClient client, string url, params (string Name, string? Value)[] fields) =>
        site.PostFormAsync(client, url, "main form[method=post]", fields);

    /// <param name="form">Selector of the form, where the page has several.</param>
    public static async Task<HttpResponseMessage> PostFormAsync(this TestSite site, HttpClient client, string url, string form, (string Name, string? Value)[] fields)
    {
        ArgumentNullException.ThrowIfNull(site);
        using var response = await client.GetAsync(url);
        var page = await response.PageAsync();
        var found = page.QuerySelector<IHtmlFormElement>(form)
            ?? throw new InvalidOperationException($"{url} answered {(int)response.StatusCode} and has no form at '{form}': {page.Title} {page.QuerySelector("main")?.TextContent.Trim() ?? page.Body?.TextContent.Trim()}");
        return await client.SendFormAsync(found, url, fields);
    }

    /// <summary>Sends a form that was read before.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient client, IHtmlFormElement form, string url, params (string Name, string? Value)[] fields)
    {
        var given = fields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var values = Values(form).Where(v => !given.Contains(v.Name)).Concat(fields.Where(f => f.Value is not null).Select(f => (f.Name, Value: f.Value!)));
        var action = form.GetAttribute("action") is { Length: > 0 } own ? own : url;
        using var content = new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        return await client.PostAsync(action, content);
    }

    public static IHtmlFormElement FormAt(this IParentNode place, string selector)
    {
        ArgumentNullException.ThrowIfNull(place);
        return (IHtmlFormElement?)place.QuerySelector(selector) ?? throw new InvalidOperationException($"There is no form at '{selector}': {(place as IHtmlDocument)?.Title} {(place as IHtmlDocument)?.QuerySelector("main")?.TextContent.Trim()}");
    }

    /// <summary>Where the answer sends the browser, as path and query.</summary>
    public static string RedirectPath(this HttpResponseMessage response)
    {
        var location = response.Headers.Location ?? throw new InvalidOperationException($"The answer {(int)response.StatusCode} sends nowhere.");
        return location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
    }

    /// <summary>The lines of the page's error summary.</summary>
    public static IReadOnlyList<string> Errors(this IHtmlDocument page) => [.. page.QuerySelectorAll(".govuk-error-summary__list li").Select(li => li.TextContent.Trim())];

    private static IEnumerable<(string Name, string Value)> Values(IHtmlFormElement form)
    {
        foreach (var element in form.QuerySelectorAll("input[name], select[name], textarea[name]"))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (box.IsChecked)
                    {
                        yield return (name, box.Value);
                    }

                    break;
                case IHtmlInputElement { Type: "submit" or "button" or "file" or "image" }:
                    break;
                case IHtmlInputElement input:
                    yield return (name, input.Value);
                    break;
                case IHtmlSelectElement select:
                    foreach (var option in select.SelectedOptions)
                    {
                        yield return (name, option.Value);
                    }

                    break;
                case IHtmlTextAreaElement area:
                    yield return (name, area.Value);
                    break;
            }
        }
    }
}

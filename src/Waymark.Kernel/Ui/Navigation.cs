using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary><c>&lt;gov-back href="/work"&gt;Back to the work list&lt;/gov-back&gt;</c></summary>
[HtmlTargetElement("gov-back", Attributes = "href")]
public sealed class GovBack : TagHelper
{
    public string Href { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.Attributes.SetAttribute("href", Href);
        output.Attributes.SetAttribute("class", "govuk-back-link");
    }
}

/// <summary><c>&lt;gov-breadcrumbs&gt;&lt;gov-crumb href="/measures"&gt;Measures&lt;/gov-crumb&gt;&lt;/gov-breadcrumbs&gt;</c>: where the page lies; the page itself is not in it.</summary>
[HtmlTargetElement("gov-breadcrumbs")]
public sealed class GovBreadcrumbs : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "nav";
        output.Attributes.SetAttribute("class", "govuk-breadcrumbs");
        output.Attributes.SetAttribute("aria-label", "Breadcrumb");
        output.PreContent.AppendHtml("<ol class=\"govuk-breadcrumbs__list\">");
        output.PostContent.AppendHtml("</ol>");
    }
}

[HtmlTargetElement("gov-crumb", ParentTag = "gov-breadcrumbs", Attributes = "href")]
public sealed class GovCrumb : TagHelper
{
    public string Href { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "li";
        output.Attributes.SetAttribute("class", "govuk-breadcrumbs__list-item");
        output.Content.SetHtmlContent(El.Of("a", "govuk-breadcrumbs__link", new HtmlString(content.GetContent())).With("href", Href));
    }
}

/// <summary><c>&lt;wm-sub-nav label="Record"&gt;&lt;wm-sub-nav-item href="…" current="true"&gt;Notes&lt;/wm-sub-nav-item&gt;&lt;/wm-sub-nav&gt;</c>: pages of one thing, in a row.</summary>
[HtmlTargetElement("wm-sub-nav")]
public sealed class WmSubNav : TagHelper
{
    public string Label { get; set; } = "Sections";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "nav";
        output.Attributes.SetAttribute("class", "wm-sub-nav");
        output.Attributes.SetAttribute("aria-label", Label);
        output.PreContent.AppendHtml("<ul class=\"wm-sub-nav__list\">");
        output.PostContent.AppendHtml("</ul>");
    }
}

/// <summary>An item of a sub-navigation; it is current when it says so or when its path is the page's.</summary>
[HtmlTargetElement("wm-sub-nav-item", ParentTag = "wm-sub-nav", Attributes = "href")]
public sealed class WmSubNavItem : TagHelper
{
    public string Href { get; set; } = "";
    public bool? Current { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var path = Href.Split('?')[0];
        var isCurrent = Current ?? ViewContext.HttpContext.Request.Path.Equals(path, StringComparison.OrdinalIgnoreCase);
        output.TagName = "li";
        output.Attributes.SetAttribute("class", "wm-sub-nav__item");
        output.Content.SetHtmlContent(El.Of("a", "wm-sub-nav__link", new HtmlString(content.GetContent())).With("href", Href).With("aria-current", isCurrent ? "page" : null));
    }
}

/// <summary><c>&lt;gov-pagination page="2" size="50" total="592" /&gt;</c>: pages of a list; every other part of the address is kept.</summary>
[HtmlTargetElement("gov-pagination", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovPagination : TagHelper
{
    private const string Previous = "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z";
    private const string Next = "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z";

    /// <summary>From 1.</summary>
    public int Page { get; set; } = 1;

    /// <summary>Rows a page.</summary>
    public int Size { get; set; } = 50;
    public int Total { get; set; }

    /// <summary>Name of the page in the address.</summary>
    public string Parameter { get; set; } = "page";
    public string Label { get; set; } = "Pagination";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var last = Math.Max(1, (Total + Size - 1) / Size);
        if (last == 1)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "govuk-pagination");
        output.Attributes.SetAttribute("aria-label", Label);
        if (Page > 1)
        {
            output.Content.AppendHtml(Arrow("prev", Page - 1, "Previous", Previous));
        }

        var list = El.Of("ul", "govuk-pagination__list");
        var before = 0;
        foreach (var number in Enumerable.Range(1, last).Where(n => n == 1 || n == last || Math.Abs(n - Page) <= 1))
        {
            if (number > before + 1)
            {
                list.Add(El.Of("li", "govuk-pagination__item govuk-pagination__item--ellipsis", "⋯"));
            }

            before = number;
            var css = El.Css("govuk-pagination__item", number == Page ? "govuk-pagination__item--current" : null);
            list.Add(El.Of("li", css, El.Of("a", "govuk-link govuk-pagination__link", number)
                .With("href", Address(number)).With("aria-label", $"Page {number}").With("aria-current", number == Page ? "page" : null)));
        }

        output.Content.AppendHtml(list);
        if (Page < last)
        {
            output.Content.AppendHtml(Arrow("next", Page + 1, "Next", Next));
        }
    }

    private TagBuilder Arrow(string kind, int page, string word, string shape)
    {
        var icon = new HtmlString($"""<svg class="govuk-pagination__icon govuk-pagination__icon--{kind}" xmlns="http://www.w3.org/2000/svg" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="{shape}"></path></svg>""");
        var title = El.Of("span", "govuk-pagination__link-title", word, El.Hidden(" page"));
        var link = El.Of("a", "govuk-link govuk-pagination__link", kind == "prev" ? icon : title, kind == "prev" ? title : icon);
        return El.Of("div", $"govuk-pagination__{kind}", link.With("href", Address(page)).With("rel", kind));
    }

    private string Address(int page)
    {
        var request = ViewContext.HttpContext.Request;
        var query = new QueryBuilder(request.Query.Where(q => q.Key != Parameter).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? "")))
        {
            { Parameter, page.ToString(CultureInfo.InvariantCulture) },
        };
        return request.PathBase + request.Path + query.ToQueryString();
    }
}

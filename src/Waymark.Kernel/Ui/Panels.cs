using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary><c>&lt;gov-tabs&gt;&lt;gov-tab title="Notes" id="notes"&gt;…&lt;/gov-tab&gt;&lt;/gov-tabs&gt;</c>: without JavaScript, one under the other.</summary>
[HtmlTargetElement("gov-tabs")]
public sealed class GovTabs : TagHelper
{
    private readonly List<(string Id, string Title, IHtmlContent Content)> tabs = [];

    public string Title { get; set; } = "Contents";

    internal void Add(string id, string title, IHtmlContent content) => tabs.Add((id, title, content));

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(GovTabs)] = this;
        await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "govuk-tabs");
        output.Attributes.SetAttribute("data-module", "govuk-tabs");
        var list = El.Of("ul", "govuk-tabs__list");
        foreach (var (tab, index) in tabs.Select((t, i) => (t, i)))
        {
            list.Add(El.Of("li", El.Css("govuk-tabs__list-item", index == 0 ? "govuk-tabs__list-item--selected" : null),
                El.Of("a", "govuk-tabs__tab", tab.Title).With("href", $"#{tab.Id}")));
        }

        output.Content.SetHtmlContent(El.Of("h2", "govuk-tabs__title", Title));
        output.Content.AppendHtml(list);
        foreach (var (tab, index) in tabs.Select((t, i) => (t, i)))
        {
            output.Content.AppendHtml(El.Of("div", El.Css("govuk-tabs__panel", index == 0 ? null : "govuk-tabs__panel--hidden"), tab.Content).With("id", tab.Id));
        }
    }
}

[HtmlTargetElement("gov-tab", ParentTag = "gov-tabs")]
public sealed class GovTab : TagHelper
{
    public string Title { get; set; } = "";
    public string Id { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        ((GovTabs)context.Items[typeof(GovTabs)]).Add(Id, Title, new HtmlString(content.GetContent()));
        output.SuppressOutput();
    }
}

/// <summary>
/// <c>&lt;wm-filter-panel&gt;…fields…&lt;/wm-filter-panel&gt;</c>: a form that puts its fields in the address (GET), with "Apply" and "Clear". On a narrow screen it folds.
/// </summary>
[HtmlTargetElement("wm-filter-panel")]
public sealed class WmFilterPanel : TagHelper
{
    public string Heading { get; set; } = "Filter";

    /// <summary>How many filters are set; shown in the heading.</summary>
    public int Set { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var path = ViewContext.HttpContext.Request.Path.Value;
        output.TagName = "form";
        output.Attributes.SetAttribute("method", "get");
        output.Attributes.SetAttribute("action", path);
        output.Attributes.SetAttribute("class", "wm-filter");
        output.Attributes.SetAttribute("role", "search");
        output.Attributes.SetAttribute("aria-label", Heading);
        var summary = El.Of("summary", "wm-filter__heading", Heading, Set == 0 ? null : El.Of("span", "wm-filter__count", $" {Format.Plural(Set, "filter")} set"));
        output.Content.SetHtmlContent(El.Of("details", "wm-filter__details", summary,
            El.Of("div", "wm-filter__fields", new HtmlString(content.GetContent()),
                El.Of("div", "govuk-button-group",
                    El.Of("button", "govuk-button", "Apply").With("type", "submit").With("data-module", "govuk-button"),
                    El.Of("a", "govuk-link", "Clear", El.Hidden(" all filters")).With("href", path)))).With("open", "open"));
    }
}

/// <summary><c>&lt;wm-timeline&gt;&lt;wm-event title="Contact taken" on="31 July 2024, 10:04" by="Priya Shah" href="…"&gt;…&lt;/wm-event&gt;&lt;/wm-timeline&gt;</c>: newest first.</summary>
[HtmlTargetElement("wm-timeline")]
public sealed class WmTimeline : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "ol";
        output.Attributes.SetAttribute("class", "wm-timeline");
    }
}

/// <summary>One entry of a timeline.</summary>
[HtmlTargetElement("wm-event", ParentTag = "wm-timeline")]
public sealed class WmEvent : TagHelper
{
    public string Title { get; set; } = "";
    public string On { get; set; } = "";
    public string? By { get; set; }

    /// <summary>What sort of entry it is, in a word: "Note", "Episode".</summary>
    public string? Kind { get; set; }
    public string? Href { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "li";
        output.Attributes.SetAttribute("class", "wm-timeline__item");
        output.Content.SetHtmlContent(El.Of("div", "wm-timeline__header",
            El.Of("span", "wm-timeline__title", Href is null ? Title : El.Of("a", "govuk-link", Title).With("href", Href)),
            Kind is null ? null : El.Of("span", "wm-timeline__kind", Kind)));
        output.Content.AppendHtml(El.Of("p", "wm-timeline__on", On, string.IsNullOrEmpty(By) ? null : $", {By}"));
        if (!content.IsEmptyOrWhiteSpace)
        {
            output.Content.AppendHtml(El.Of("div", "wm-timeline__text", new HtmlString(content.GetContent())));
        }
    }
}

/// <summary><c>&lt;wm-stat number="Format.Count(592)" label="waiting to be allocated" href="/measures/…" /&gt;</c>: a number that opens its rows.</summary>
[HtmlTargetElement("wm-stat", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WmStat : TagHelper
{
    public string Number { get; set; } = "";
    public string Label { get; set; } = "";
    public string? Href { get; set; }

    /// <summary>A line beneath: whose, when, or how it changed.</summary>
    public string? Note { get; set; }

    /// <summary><c>bad</c> or <c>good</c>, said in words by the note or label as well.</summary>
    public string? Tone { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", El.Css("wm-stat", Tone is null ? null : $"wm-stat--{Tone}"));
        var number = El.Of("span", "wm-stat__number", Number);
        var label = El.Of("span", "wm-stat__label", " ", Label);
        output.Content.AppendHtml(Href is null ? El.Of("p", "wm-stat__main", number, label) : El.Of("p", "wm-stat__main", El.Of("a", "govuk-link wm-stat__link", number, label).With("href", Href)));
        if (Note is not null)
        {
            output.Content.AppendHtml(El.Of("p", "wm-stat__note", Note));
        }
    }
}

using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary><c>&lt;gov-tag colour="red"&gt;Overdue&lt;/gov-tag&gt;</c>: a status, a word and a colour. Colours: grey, green, teal, blue, purple, magenta, red, orange, yellow.</summary>
[HtmlTargetElement("gov-tag")]
public sealed class GovTag : TagHelper
{
    public string? Colour { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "strong";
        output.Attributes.SetAttribute("class", El.Css("govuk-tag", Colour is null ? null : $"govuk-tag--{Colour}"));
    }
}

/// <summary><c>&lt;gov-inset&gt;…&lt;/gov-inset&gt;</c>: text set apart.</summary>
[HtmlTargetElement("gov-inset")]
public sealed class GovInset : TagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "govuk-inset-text");
    }
}

/// <summary><c>&lt;gov-warning&gt;Call 999 if someone is in danger now.&lt;/gov-warning&gt;</c></summary>
[HtmlTargetElement("gov-warning")]
public sealed class GovWarning : TagHelper
{
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", "govuk-warning-text");
        output.Content.SetHtmlContent(El.Of("span", "govuk-warning-text__icon", "!").With("aria-hidden", "true"));
        output.Content.AppendHtml(El.Of("strong", "govuk-warning-text__text", El.Hidden("Warning"), new HtmlString(content.GetContent())));
    }
}

/// <summary><c>&lt;gov-details summary="What this means"&gt;…&lt;/gov-details&gt;</c></summary>
[HtmlTargetElement("gov-details")]
public sealed class GovDetails : TagHelper
{
    public string Summary { get; set; } = "";
    public bool Open { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "details";
        output.Attributes.SetAttribute("class", El.Css("govuk-details", output.Attributes["class"]?.Value?.ToString()));
        if (Open)
        {
            output.Attributes.SetAttribute(new TagHelperAttribute("open"));
        }

        output.Content.SetHtmlContent(El.Of("summary", "govuk-details__summary", El.Of("span", "govuk-details__summary-text", Summary)));
        output.Content.AppendHtml(El.Of("div", "govuk-details__text", new HtmlString(content.GetContent())));
    }
}

/// <summary><c>&lt;gov-notification&gt;…&lt;/gov-notification&gt;</c>: something to know about the service or what was just done (<c>success</c>).</summary>
[HtmlTargetElement("gov-notification")]
public sealed class GovNotification : TagHelper
{
    public bool Success { get; set; }
    public string? Heading { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        var id = $"notification-{context.UniqueId}";
        output.TagName = "div";
        output.Attributes.SetAttribute("class", El.Css("govuk-notification-banner", Success ? "govuk-notification-banner--success" : null));
        output.Attributes.SetAttribute("role", Success ? "alert" : "region");
        output.Attributes.SetAttribute("aria-labelledby", id);
        output.Attributes.SetAttribute("data-module", "govuk-notification-banner");
        output.Content.SetHtmlContent(El.Of("div", "govuk-notification-banner__header",
            El.Of("h2", "govuk-notification-banner__title", Success ? "Done" : "Important").With("id", id)));
        output.Content.AppendHtml(El.Of("div", "govuk-notification-banner__content",
            Heading is null ? null : El.Of("p", "govuk-notification-banner__heading", Heading), new HtmlString(content.GetContent())));
    }
}

/// <summary><c>&lt;gov-summary-list&gt;&lt;gov-row key="Name"&gt;Amal Okafor&lt;/gov-row&gt;&lt;/gov-summary-list&gt;</c>: facts with their names.</summary>
[HtmlTargetElement("gov-summary-list")]
public sealed class GovSummaryList : TagHelper
{
    public bool NoBorder { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "dl";
        output.Attributes.SetAttribute("class", El.Css("govuk-summary-list", NoBorder ? "govuk-summary-list--no-border" : null, output.Attributes["class"]?.Value?.ToString()));
    }
}

/// <summary>A row of a summary list; <c>change-href</c> adds a link, said in full for screen readers.</summary>
[HtmlTargetElement("gov-row", ParentTag = "gov-summary-list")]
public sealed class GovRow : TagHelper
{
    public string Key { get; set; } = "";
    public string? ChangeHref { get; set; }
    public string ChangeText { get; set; } = "Change";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        output.TagName = "div";
        output.Attributes.SetAttribute("class", El.Css("govuk-summary-list__row", ChangeHref is null ? "govuk-summary-list__row--no-actions" : null));
        output.Content.SetHtmlContent(El.Of("dt", "govuk-summary-list__key", Key));
        output.Content.AppendHtml(El.Of("dd", "govuk-summary-list__value", new HtmlString(content.GetContent())));
        if (ChangeHref is not null)
        {
            output.Content.AppendHtml(El.Of("dd", "govuk-summary-list__actions",
                El.Of("a", "govuk-link", ChangeText, El.Hidden($" {Format.LowerFirst(Key)}")).With("href", ChangeHref)));
        }
    }
}

/// <summary>
/// <c>&lt;gov-table caption="People waiting" caption-size="m"&gt;&lt;thead&gt;…&lt;/gov-table&gt;</c>: plain rows and cells inside; a cell of class <c>num</c> is a number, right aligned.
/// On a narrow screen it scrolls sideways by itself, by keyboard too.
/// </summary>
[HtmlTargetElement("gov-table")]
public sealed class GovTable : TagHelper
{
    public string Caption { get; set; } = "";
    public string CaptionSize { get; set; } = "m";
    public bool CaptionHidden { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var id = $"table-{context.UniqueId}";
        output.TagName = "table";
        output.Attributes.SetAttribute("class", El.Css("govuk-table wm-table", output.Attributes["class"]?.Value?.ToString()));
        output.PreElement.AppendHtml(El.Of("div", "wm-table-scroll").With("role", "group").With("aria-labelledby", id).With("tabindex", "0").RenderStartTag());
        output.PreContent.AppendHtml(El.Of("caption", CaptionHidden ? "govuk-visually-hidden" : $"govuk-table__caption govuk-table__caption--{CaptionSize}", Caption).With("id", id));
        output.PostElement.AppendHtml("</div>");
    }
}

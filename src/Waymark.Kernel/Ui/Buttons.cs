using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary><c>&lt;gov-button&gt;Save&lt;/gov-button&gt;</c>: sends the form, once however often it is pressed.</summary>
[HtmlTargetElement("gov-button")]
public sealed class GovButton : TagHelper
{
    public string Type { get; set; } = "submit";
    public bool Secondary { get; set; }
    public bool Warning { get; set; }
    public bool Small { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "button";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("type", Type);
        output.Attributes.SetAttribute("data-module", "govuk-button");
        output.Attributes.SetAttribute("data-prevent-double-click", "true");
        Dress(output, Secondary, Warning, Small);
    }

    internal static void Dress(TagHelperOutput output, bool secondary, bool warning, bool small) =>
        output.Attributes.SetAttribute("class", El.Css("govuk-button", secondary ? "govuk-button--secondary" : null, warning ? "govuk-button--warning" : null,
            small ? "wm-button--small" : null, output.Attributes["class"]?.Value?.ToString()));
}

/// <summary><c>&lt;gov-link-button href="/contacts/new"&gt;New contact&lt;/gov-link-button&gt;</c>: goes somewhere, looks like a button.</summary>
[HtmlTargetElement("gov-link-button", Attributes = "href")]
public sealed class GovLinkButton : TagHelper
{
    public string Href { get; set; } = "";
    public bool Secondary { get; set; }
    public bool Warning { get; set; }
    public bool Small { get; set; }

    /// <summary>The large button with an arrow that starts a service.</summary>
    public bool Start { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "a";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("href", Href);
        output.Attributes.SetAttribute("role", "button");
        output.Attributes.SetAttribute("draggable", "false");
        output.Attributes.SetAttribute("data-module", "govuk-button");
        GovButton.Dress(output, Secondary, Warning, Small);
        if (Start)
        {
            output.Attributes.SetAttribute("class", output.Attributes["class"].Value + " govuk-button--start");
            output.PostContent.AppendHtml("""<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>""");
        }
    }
}

using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary>
/// <c>&lt;gov-error-summary /&gt;</c>: what ModelState holds, each linked to its field. The layout puts one above the page unless the page has put its own.
/// </summary>
[HtmlTargetElement("gov-error-summary", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovErrorSummary : TagHelper
{
    private const string Shown = "gov-error-summary.shown";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var errors = ViewContext.ModelState
            .Where(e => e.Value is { ValidationState: ModelValidationState.Invalid })
            .SelectMany(e => e.Value!.Errors.Select(error => (e.Key, error.ErrorMessage)))
            .Where(e => e.ErrorMessage.Length > 0).Distinct().ToList();
        if (errors.Count == 0 || !ViewContext.HttpContext.Items.TryAdd(Shown, true))
        {
            return;
        }

        var list = El.Of("ul", "govuk-list govuk-error-summary__list");
        foreach (var (key, message) in errors)
        {
            list.Add(El.Of("li", null, key.Length == 0 ? message : El.Of("a", null, message).With("href", $"#{FieldTagHelper.IdOf(key)}")));
        }

        output.Content.AppendHtml(El.Of("div", "govuk-error-summary",
            El.Of("div", null,
                El.Of("h2", "govuk-error-summary__title", "There is a problem"),
                El.Of("div", "govuk-error-summary__body", list)).With("role", "alert")).With("data-module", "govuk-error-summary"));
    }
}

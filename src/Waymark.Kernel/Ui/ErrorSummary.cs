using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary>
/// <c>&lt;gov-error-summary /&gt;</c>: what ModelState holds, each linked to its field, in the order of the fields. The layout puts it above the page, after the
/// page was rendered; a page needs none of its own.
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
            .SelectMany(e => e.Value!.Errors.Select(error => (Id: e.Key.Length == 0 ? "" : FieldTagHelper.IdOf(e.Key), Message: error.ErrorMessage)))
            .Where(e => e.Message.Length > 0).Distinct()
            .OrderBy(e => e.Id.Length == 0 ? -1 : FieldTagHelper.PlaceOf(ViewContext, e.Id)).ToList();
        if (errors.Count == 0 || !ViewContext.HttpContext.Items.TryAdd(Shown, true))
        {
            return;
        }

        var list = El.Of("ul", "govuk-list govuk-error-summary__list");
        foreach (var (id, message) in errors)
        {
            list.Add(El.Of("li", null, id.Length == 0 ? message : El.Of("a", null, message).With("href", $"#{id}")));
        }

        output.Content.AppendHtml(El.Of("div", "govuk-error-summary",
            El.Of("div", null,
                El.Of("h2", "govuk-error-summary__title", "There is a problem"),
                El.Of("div", "govuk-error-summary__body", list)).With("role", "alert")).With("data-module", "govuk-error-summary"));
    }
}

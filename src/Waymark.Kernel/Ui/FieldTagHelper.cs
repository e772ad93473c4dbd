using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;

namespace Waymark.Kernel.Ui;

/// <summary>
/// What every field has: a name, a label, a hint, an error, what was typed. With <c>asp-for</c> they come from the model: label from
/// <see cref="DisplayAttribute"/> or <see cref="QuestionAttribute"/>, error and value as typed from ModelState. Each can be given instead.
/// An attribute it does not know goes to the control; on a group of controls, to the group.
/// </summary>
public abstract class FieldTagHelper : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public ModelExpression? For { get; set; }

    /// <summary>Name of the control, where there is no <c>asp-for</c>.</summary>
    public string? Name { get; set; }
    public string? Label { get; set; }
    public string? Hint { get; set; }

    /// <summary>Shown as well as what ModelState says.</summary>
    public string? Error { get; set; }

    /// <summary><c>s</c>, <c>m</c>, <c>l</c> or <c>xl</c>; none is plain text weight.</summary>
    public string? LabelSize { get; set; }

    /// <summary>The label is for screen readers only, as in a row of filters.</summary>
    public bool LabelHidden { get; set; }

    /// <summary>The label is also the page's heading.</summary>
    public bool IsHeading { get; set; }

    /// <summary>Adds "(optional)" to the label.</summary>
    public bool Optional { get; set; }

    /// <summary>Extra classes of the outer form group.</summary>
    public string? GroupClass { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    protected string FullName => Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For?.Name)
        ?? throw new InvalidOperationException($"<{GetType().Name}> needs asp-for or name.");

    /// <summary>The id the error summary links to: that of the first control.</summary>
    protected string Id => IdOf(FullName);

    internal static string IdOf(string name) => TagBuilder.CreateSanitizedId(name, "_");

    protected ModelStateDictionary ModelState => ViewContext.ViewData.ModelState;

    /// <summary>The page is shown to someone signed in; residents never are.</summary>
    protected bool IsForStaff => ViewContext.HttpContext.RequestServices.GetRequiredService<Viewer>().IsSignedIn;

    protected QuestionAttribute? Question => Attribute<QuestionAttribute>();

    protected string LabelText
    {
        get
        {
            var text = Label ?? For?.Metadata.DisplayName ?? Question?.Text ?? (For?.Metadata.Name is { } property ? Choices.Humanise(property) : FullName);
            return Optional ? $"{text} (optional)" : text;
        }
    }

    protected string? HintText => Hint ?? For?.Metadata.Description ?? Question?.Hint;

    /// <summary>What was typed, else the model's value, in invariant culture.</summary>
    protected virtual string? Value => ModelState.TryGetValue(FullName, out var entry) && entry.AttemptedValue is { } typed ? typed : Text(For?.Model);

    protected static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    protected IReadOnlyList<string> Errors
    {
        get
        {
            var errors = ErrorKeys.SelectMany(k => ModelState.TryGetValue(k, out var entry) ? entry.Errors.Select(e => e.ErrorMessage) : []);
            return [.. (Error is null ? errors : errors.Prepend(Error)).Where(e => e.Length > 0).Distinct()];
        }
    }

    protected virtual IEnumerable<string> ErrorKeys => [FullName];

    /// <summary>Ids of hint and error, for <c>aria-describedby</c>.</summary>
    protected string? DescribedBy(string? also = null)
    {
        var ids = El.Css(HintText is null ? null : $"{Id}-hint", Errors.Count == 0 ? null : $"{Id}-error", also);
        return ids.Length == 0 ? null : ids;
    }

    protected IHtmlContent? HintMarkup() => HintText is { } hint ? El.Of("div", "govuk-hint", hint).With("id", $"{Id}-hint") : null;

    protected IHtmlContent? ErrorMarkup()
    {
        if (Errors.Count == 0)
        {
            return null;
        }

        var paragraph = El.Of("p", "govuk-error-message", El.Hidden("Error:"), " ").With("id", $"{Id}-error");
        for (var i = 0; i < Errors.Count; i++)
        {
            paragraph.Add(i == 0 ? null : new HtmlString("<br>")).Add(Errors[i]);
        }

        return paragraph;
    }

    protected IHtmlContent LabelMarkup()
    {
        var label = El.Of("label", El.Css("govuk-label", LabelSize is null ? null : $"govuk-label--{LabelSize}", LabelHidden ? "govuk-visually-hidden" : null), LabelText).With("for", Id);
        return IsHeading ? El.Of("h1", "govuk-label-wrapper", label) : label;
    }

    /// <summary>Makes the element a form group with label, hint, error and the control, which takes the attributes not known.</summary>
    /// <param name="around">What stands in the group in place of the bare control, holding it.</param>
    /// <param name="ownLabel"><paramref name="around"/> holds label and hint as well.</param>
    protected void RenderField(TagHelperOutput output, TagBuilder control, IHtmlContent? around = null, bool ownLabel = false)
    {
        MoveAttributes(output, control);
        control.With("id", Id).With("name", FullName).With("aria-describedby", DescribedBy());
        StartGroup(output);
        if (!ownLabel)
        {
            output.Content.AppendHtml(LabelMarkup());
            AppendIfAny(output, HintMarkup());
        }

        AppendIfAny(output, ErrorMarkup());
        output.Content.AppendHtml(around ?? control);
    }

    /// <summary>Makes the element a form group with a fieldset, for several controls.</summary>
    protected void RenderFieldset(TagHelperOutput output, IHtmlContent controls, string? role = null)
    {
        StartGroup(output);
        var legend = El.Of("legend", El.Css("govuk-fieldset__legend", LabelSize is null ? null : $"govuk-fieldset__legend--{LabelSize}", LabelHidden ? "govuk-visually-hidden" : null));
        legend.Add(IsHeading ? El.Of("h1", "govuk-fieldset__heading", LabelText) : LabelText);
        output.Content.AppendHtml(El.Of("fieldset", "govuk-fieldset", legend, HintMarkup(), ErrorMarkup(), controls).With("role", role).With("aria-describedby", DescribedBy()));
    }

    protected static string Sized(string css, string? width) => width is null ? css : $"{css} {css}--width-{width}";

    private TAttribute? Attribute<TAttribute>() where TAttribute : Attribute =>
        For?.Metadata is { ContainerType: { } container, PropertyName: { } property } ? container.GetProperty(property)?.GetCustomAttribute<TAttribute>() : null;

    /// <summary>Where on the page the field with this id stands, for the order of the error summary; one that is not there comes last.</summary>
    internal static int PlaceOf(ViewContext context, string id)
    {
        var places = Places(context);
        var place = places.IndexOf(id);
        return place >= 0 ? place : places.FindIndex(p => id.StartsWith(p + "_", StringComparison.Ordinal)) is var whole and >= 0 ? whole : int.MaxValue;
    }

    private static List<string> Places(ViewContext context)
    {
        if (context.HttpContext.Items[typeof(FieldTagHelper)] is not List<string> places)
        {
            context.HttpContext.Items[typeof(FieldTagHelper)] = places = [];
        }

        return places;
    }

    private void StartGroup(TagHelperOutput output)
    {
        Places(ViewContext).Add(Id);
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", El.Css("govuk-form-group", Errors.Count == 0 ? null : "govuk-form-group--error", GroupClass));
    }

    private static void MoveAttributes(TagHelperOutput output, TagBuilder control)
    {
        foreach (var attribute in output.Attributes)
        {
            var value = attribute.ValueStyle == HtmlAttributeValueStyle.Minimized ? attribute.Name : Plain(attribute.Value);
            control.Attributes[attribute.Name] = attribute.Name == "class" && control.Attributes.TryGetValue("class", out var own) ? $"{own} {value}" : value;
        }

        output.Attributes.Clear();
    }

    private static string? Plain(object? value)
    {
        if (value is not IHtmlContent markup)
        {
            return value?.ToString();
        }

        // The value was encoded for the outer element; TagBuilder encodes again, so it is taken back to text first.
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        markup.WriteTo(writer, System.Text.Encodings.Web.HtmlEncoder.Default);
        return System.Net.WebUtility.HtmlDecode(writer.ToString());
    }

    private static void AppendIfAny(TagHelperOutput output, IHtmlContent? content)
    {
        if (content is not null)
        {
            output.Content.AppendHtml(content);
        }
    }
}

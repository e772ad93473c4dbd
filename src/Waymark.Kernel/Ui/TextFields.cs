using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary><c>&lt;gov-input asp-for="Input.GivenName" width="20" autocomplete="given-name" /&gt;</c>: one line of text.</summary>
[HtmlTargetElement("gov-input", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovInput : FieldTagHelper
{
    /// <summary><c>text</c> (default), <c>search</c>, <c>email</c>, <c>tel</c>, <c>password</c>. Not <c>number</c>: use <c>inputmode="numeric"</c>.</summary>
    public string Type { get; set; } = "text";

    /// <summary>In characters: 2, 3, 4, 5, 10 or 20; none is full width.</summary>
    public string? Width { get; set; }
    public string? Prefix { get; set; }
    public string? Suffix { get; set; }

    /// <summary>The value, where there is no <c>asp-for</c>; what was typed still wins.</summary>
    [HtmlAttributeName("value")]
    public string? Given { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var css = El.Css(Sized("govuk-input", Width), Errors.Count == 0 ? null : "govuk-input--error");
        var input = El.Void("input", css).With("type", Type).With("value", Type == "password" ? null : Value ?? Given);
        IHtmlContent? around = Prefix is null && Suffix is null ? null : El.Of("div", "govuk-input__wrapper", Affix("prefix", Prefix), input, Affix("suffix", Suffix));
        RenderField(output, input, around);
    }

    private static TagBuilder? Affix(string kind, string? text) =>
        text is null ? null : El.Of("div", $"govuk-input__{kind}", text).With("aria-hidden", "true");
}

/// <summary><c>&lt;gov-textarea asp-for="Input.Text" rows="6" max-length="2000" /&gt;</c>: several lines; <c>max-length</c> counts down beneath it.</summary>
[HtmlTargetElement("gov-textarea", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovTextarea : FieldTagHelper
{
    public int Rows { get; set; } = 5;

    /// <summary>Shows how many characters are left. It does not stop typing; the model checks.</summary>
    public int? MaxLength { get; set; }

    [HtmlAttributeName("value")]
    public string? Given { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var css = El.Css("govuk-textarea", Errors.Count == 0 ? null : "govuk-textarea--error", MaxLength is null ? null : "govuk-js-character-count");
        // A browser drops one line break straight after the start tag, so one is put there.
        var area = El.Of("textarea", css, new HtmlString("\n"), Value ?? Given ?? "").With("rows", Text(Rows));
        RenderField(output, area);
        if (MaxLength is { } limit)
        {
            area.With("aria-describedby", DescribedBy($"{Id}-info"));
            output.Attributes.SetAttribute("class", output.Attributes["class"].Value + " govuk-character-count");
            output.Attributes.SetAttribute("data-module", "govuk-character-count");
            output.Attributes.SetAttribute("data-maxlength", Text(limit));
            output.Content.AppendHtml(El.Of("div", "govuk-hint govuk-character-count__message", $"You can enter up to {Format.Count(limit)} characters").With("id", $"{Id}-info"));
        }
    }
}

/// <summary><c>&lt;gov-file asp-for="Input.File" accept=".pdf,.docx" /&gt;</c>: a file to send; the form needs <c>enctype="multipart/form-data"</c>.</summary>
[HtmlTargetElement("gov-file", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovFile : FieldTagHelper
{
    public override void Process(TagHelperContext context, TagHelperOutput output) =>
        RenderField(output, El.Void("input", El.Css("govuk-file-upload", Errors.Count == 0 ? null : "govuk-file-upload--error")).With("type", "file"));
}

/// <summary><c>&lt;gov-select asp-for="Input.Team" items="Model.Teams" blank="Choose a team" /&gt;</c>: one of a list; <c>autocomplete</c> lets it be searched by typing.</summary>
[HtmlTargetElement("gov-select", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovSelect : FieldTagHelper
{
    /// <summary>Without it, the values of the enum that <c>asp-for</c> names.</summary>
    public IEnumerable<Choice>? Items { get; set; }

    /// <summary>Words of the empty choice.</summary>
    public string Blank { get; set; } = "";

    /// <summary>Leaves the empty choice out: the first one stands until another is chosen.</summary>
    public bool WithoutBlank { get; set; }

    /// <summary>With JavaScript, typing finds the choice.</summary>
    public bool Searchable { get; set; }

    [HtmlAttributeName("value")]
    public string? Given { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var select = El.Of("select", El.Css("govuk-select", Errors.Count == 0 ? null : "govuk-select--error")).With("data-searchable", Searchable ? "true" : null);
        var chosen = Value ?? Given ?? "";
        var choices = Items ?? Choices.Of(For!.Metadata.ModelType);
        foreach (var choice in WithoutBlank ? choices : choices.Prepend(new Choice("", Blank)))
        {
            select.Add(El.Of("option", null, choice.Text).With("value", choice.Value).When(choice.Value == chosen, "selected"));
        }

        RenderField(output, select);
    }
}

using System.Collections;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary>What radios and checkboxes share: a fieldset of items, each with an id, a hint, and content that shows only when it is chosen.</summary>
public abstract class ChoiceGroupTagHelper : FieldTagHelper
{
    private readonly List<(Choice Choice, IHtmlContent? Reveals)> children = [];

    /// <summary>The choices; without it, child elements; without those, the values of the enum or yes and no.</summary>
    public IEnumerable<Choice>? Items { get; set; }

    /// <summary>Smaller circles and boxes; if not said, for staff, whose pages are denser.</summary>
    public bool? Small { get; set; }
    public bool Inline { get; set; }

    protected abstract string Kind { get; }

    internal void Add(Choice choice, IHtmlContent? reveals) => children.Add((choice, reveals));

    protected abstract ISet<string> Chosen { get; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        context.Items[typeof(ChoiceGroupTagHelper)] = this;
        await output.GetChildContentAsync();
        var all = children.Count > 0 ? children : [.. (Items ?? Choices.Of(For!.Metadata.ModelType)).Select(c => (c, (IHtmlContent?)null))];
        var css = $"govuk-{Kind}";
        var group = El.Of("div", El.Css(css, Small ?? IsForStaff ? $"{css}--small" : null, Inline ? $"{css}--inline" : null)).With("data-module", css);
        for (var i = 0; i < all.Count; i++)
        {
            Render(group, css, all[i].Choice, all[i].Reveals, i == 0 ? Id : $"{Id}-{i + 1}");
        }

        RenderFieldset(output, group);
    }

    private void Render(TagBuilder group, string css, Choice choice, IHtmlContent? reveals, string id)
    {
        var input = El.Void("input", $"{css}__input").With("type", Kind == "radios" ? "radio" : "checkbox")
            .With("id", id).With("name", FullName).With("value", choice.Value).When(Chosen.Contains(choice.Value), "checked")
            .With("aria-describedby", choice.Hint is null ? null : $"{id}-item-hint").With("data-aria-controls", reveals is null ? null : $"{id}-conditional");
        group.Add(El.Of("div", $"{css}__item", input,
            El.Of("label", $"govuk-label {css}__label", choice.Text).With("for", id),
            choice.Hint is null ? null : El.Of("div", $"govuk-hint {css}__hint", choice.Hint).With("id", $"{id}-item-hint")));
        if (reveals is not null)
        {
            group.Add(El.Of("div", El.Css($"{css}__conditional", Chosen.Contains(choice.Value) ? null : $"{css}__conditional--hidden"), reveals).With("id", $"{id}-conditional"));
        }
    }
}

/// <summary><c>&lt;gov-radios asp-for="Input.Channel" /&gt;</c>: one of a few; an enum needs no children.</summary>
[HtmlTargetElement("gov-radios")]
public sealed class GovRadios : ChoiceGroupTagHelper
{
    [HtmlAttributeName("value")]
    public string? Given { get; set; }

    protected override string Kind => "radios";
    protected override ISet<string> Chosen => new HashSet<string> { Value ?? Given ?? "" };
}

/// <summary><c>&lt;gov-checkboxes asp-for="Input.Needs" /&gt;</c>: any of a few. For a single <c>bool</c>, one box whose words are the model's label.</summary>
[HtmlTargetElement("gov-checkboxes")]
public sealed class GovCheckboxes : ChoiceGroupTagHelper
{
    /// <summary>The values chosen, where there is no <c>asp-for</c>.</summary>
    public IEnumerable<string>? Values { get; set; }

    protected override string Kind => "checkboxes";

    protected override ISet<string> Chosen
    {
        get
        {
            if (ModelState.TryGetValue(FullName, out var entry) && entry.RawValue is { } raw)
            {
                return raw is string[] many ? many.ToHashSet() : [raw.ToString()!];
            }

            return For?.Model switch
            {
                string one => [one],
                IEnumerable list => list.Cast<object>().Select(v => Text(v)!).ToHashSet(),
                { } value => [Text(value)!],
                null => Values?.ToHashSet() ?? [],
            };
        }
    }
}

/// <summary><c>&lt;gov-checkbox asp-for="Input.Consent" label="They agree" /&gt;</c>: one box on its own, true when ticked.</summary>
[HtmlTargetElement("gov-checkbox", Attributes = "asp-for")]
public sealed class GovSingleCheckbox : FieldTagHelper
{
    public bool? Small { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var typed = ModelState.TryGetValue(FullName, out var entry) ? entry.RawValue : null;
        var ticked = typed is null ? For?.Model is true : (typed as string[] ?? [typed.ToString()!]).Contains("true");
        var hint = HintText;
        var input = El.Void("input", "govuk-checkboxes__input").With("type", "checkbox").With("value", "true").When(ticked, "checked");
        var around = El.Of("div", El.Css("govuk-checkboxes", Small ?? IsForStaff ? "govuk-checkboxes--small" : null),
            El.Of("div", "govuk-checkboxes__item", input,
                El.Of("label", "govuk-label govuk-checkboxes__label", LabelText).With("for", Id),
                hint is null ? null : El.Of("div", "govuk-hint govuk-checkboxes__hint", hint).With("id", $"{Id}-hint"))).With("data-module", "govuk-checkboxes");
        RenderField(output, input, around, ownLabel: true);
    }
}

/// <summary>An item of <c>gov-radios</c>; what it contains shows only when it is chosen: <c>&lt;gov-radio value="Phone" label="By phone"&gt;…&lt;/gov-radio&gt;</c>.</summary>
[HtmlTargetElement("gov-radio", ParentTag = "gov-radios")]
public sealed class GovRadio : ChoiceTagHelper;

/// <summary>An item of <c>gov-checkboxes</c>; what it contains shows only when it is ticked.</summary>
[HtmlTargetElement("gov-checkbox", ParentTag = "gov-checkboxes")]
public sealed class GovCheckbox : ChoiceTagHelper;

public abstract class ChoiceTagHelper : TagHelper
{
    public string Value { get; set; } = "";
    public string Label { get; set; } = "";
    public string? Hint { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // A field inside must not find this group as its own.
        var group = (ChoiceGroupTagHelper)context.Items[typeof(ChoiceGroupTagHelper)];
        var content = await output.GetChildContentAsync();
        group.Add(new Choice(Value, Label, Hint), content.IsEmptyOrWhiteSpace ? null : new HtmlString(content.GetContent()));
        output.SuppressOutput();
    }
}

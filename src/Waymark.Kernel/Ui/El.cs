using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Waymark.Kernel.Ui;

/// <summary>Builds encoded markup: strings are text, <see cref="IHtmlContent"/> is markup, <c>null</c> is nothing.</summary>
internal static class El
{
    public static TagBuilder Of(string name, string? css, params ReadOnlySpan<object?> children)
    {
        var tag = new TagBuilder(name);
        if (!string.IsNullOrEmpty(css))
        {
            tag.Attributes["class"] = css;
        }

        foreach (var child in children)
        {
            tag.Add(child);
        }

        return tag;
    }

    /// <summary>An element without content, such as <c>input</c>.</summary>
    public static TagBuilder Void(string name, string css)
    {
        var tag = Of(name, css);
        tag.TagRenderMode = TagRenderMode.SelfClosing;
        return tag;
    }

    /// <summary>Sets the attribute; leaves it off when the value is <c>null</c>.</summary>
    public static TagBuilder With(this TagBuilder tag, string attribute, string? value)
    {
        if (value is not null)
        {
            tag.Attributes[attribute] = value;
        }

        return tag;
    }

    /// <summary>Sets a boolean attribute such as <c>checked</c>.</summary>
    public static TagBuilder When(this TagBuilder tag, bool condition, string attribute) => tag.With(attribute, condition ? attribute : null);

    public static TagBuilder Add(this TagBuilder tag, object? child)
    {
        if (child is IHtmlContent markup)
        {
            tag.InnerHtml.AppendHtml(markup);
        }
        else if (child is not null)
        {
            tag.InnerHtml.Append(child.ToString()!);
        }

        return tag;
    }

    /// <summary>Class names joined; empty ones left out.</summary>
    public static string Css(params ReadOnlySpan<string?> names)
    {
        var css = new System.Text.StringBuilder();
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name))
            {
                css.Append(css.Length == 0 ? "" : " ").Append(name);
            }
        }

        return css.ToString();
    }

    /// <summary>Text that only a screen reader says.</summary>
    public static TagBuilder Hidden(string text) => Of("span", "govuk-visually-hidden", text);
}

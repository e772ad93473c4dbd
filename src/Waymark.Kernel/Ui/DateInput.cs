using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Waymark.Kernel.Ui;

/// <summary>
/// <c>&lt;gov-date-input asp-for="Input.DateOfBirth" /&gt;</c>: day, month and year, posted as <c>Name.Day</c>, <c>Name.Month</c>, <c>Name.Year</c> and bound to
/// <c>DateOnly?</c> by <see cref="DatePartsBinder"/>, which keeps what was typed. The day has the field's own id, so that the error summary's link lands on it.
/// </summary>
[HtmlTargetElement("gov-date-input", TagStructure = TagStructure.WithoutEndTag)]
public sealed class GovDateInput : FieldTagHelper
{
    /// <summary>It is the person's own birthday: the browser may fill it in.</summary>
    public bool Birthday { get; set; }

    /// <summary>The date shown, where there is no <c>asp-for</c>; what was typed still wins.</summary>
    [HtmlAttributeName("value")]
    public DateOnly? Given { get; set; }

    protected override IEnumerable<string> ErrorKeys => [FullName, $"{FullName}.Day", $"{FullName}.Month", $"{FullName}.Year"];

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var date = For?.Model as DateOnly? ?? Given;
        var group = El.Of("div", "govuk-date-input",
            Part("Day", Id, 2, date?.Day),
            Part("Month", $"{Id}_Month", 2, date?.Month),
            Part("Year", $"{Id}_Year", 4, date?.Year)).With("id", $"{Id}-parts");
        RenderFieldset(output, group, role: "group");
    }

    private TagBuilder Part(string part, string id, int width, int? value)
    {
        var name = $"{FullName}.{part}";
        var typed = ModelState.TryGetValue(name, out var entry) && entry.AttemptedValue is { } text ? text : Text(value);
        var faulty = entry?.Errors.Count > 0 || (Errors.Count > 0 && ErrorKeys.Skip(1).All(k => !HasErrors(k)));
        var input = El.Void("input", El.Css($"govuk-input govuk-date-input__input govuk-input--width-{width}", faulty ? "govuk-input--error" : null))
            .With("type", "text").With("inputmode", "numeric").With("id", id).With("name", name).With("value", typed)
            .With("autocomplete", Birthday ? $"bday-{part.ToLowerInvariant()}" : null);
        return El.Of("div", "govuk-date-input__item", El.Of("div", "govuk-form-group",
            El.Of("label", "govuk-label govuk-date-input__label", part).With("for", id), input));
    }

    private bool HasErrors(string key) => ModelState.TryGetValue(key, out var entry) && entry.Errors.Count > 0;
}

/// <summary>
/// Binds <c>DateOnly</c> from three parts (<c>Name.Day</c> …), or from one text: "2024-07-31" as in an address, or "31/7/2024" as people write it.
/// A month may be a word. An error says what is wrong in GOV.UK's words and stands at the part that is wrong; what was typed stays in ModelState.
/// </summary>
public sealed class DatePartsBinder : IModelBinder
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");
    private static readonly string[] OneText = ["yyyy-MM-dd", "d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d MMMM yyyy", "d MMM yyyy"];

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        ArgumentNullException.ThrowIfNull(bindingContext);
        if (!BindParts(bindingContext))
        {
            BindText(bindingContext);
        }

        return Task.CompletedTask;
    }

    /// <summary>The date of three parts as typed; else <c>null</c>, with what is wrong and the parts it is wrong in. All empty is neither.</summary>
    /// <param name="name">Starts the message: "Date of birth must include a month".</param>
    /// <returns>The date, the message, and <c>Day</c>, <c>Month</c> or <c>Year</c> where one part alone is wrong.</returns>
    public static (DateOnly? Date, string? Error, string? Part) Read(string name, string? day, string? month, string? year)
    {
        (string Part, string Text)[] parts = [("Day", (day ?? "").Trim()), ("Month", (month ?? "").Trim()), ("Year", (year ?? "").Trim())];
        var missing = parts.Where(p => p.Text.Length == 0).Select(p => p.Part).ToList();
        if (missing.Count == 3)
        {
            return default;
        }

        if (missing.Count > 0)
        {
            var words = string.Join(" and ", missing.Select(p => p.ToLowerInvariant()));
            return (null, $"{name} must include a {words}", missing[0]);
        }

        if (parts[2].Text.Length != 4 && int.TryParse(parts[2].Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return (null, $"{name}: year must include 4 numbers", "Year");
        }

        return int.TryParse(parts[0].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var d) && MonthOf(parts[1].Text) is { } m
            && int.TryParse(parts[2].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var y) && y is >= 1 and <= 9999 && m is >= 1 and <= 12 && d >= 1 && d <= DateTime.DaysInMonth(y, m)
            ? (new DateOnly(y, m, d), null, null)
            : (null, $"{name} must be a real date", null);
    }

    private static bool BindParts(ModelBindingContext binding)
    {
        var values = new Dictionary<string, string?>();
        foreach (var part in new[] { "Day", "Month", "Year" })
        {
            var key = $"{binding.ModelName}.{part}";
            var value = binding.ValueProvider.GetValue(key);
            if (value != ValueProviderResult.None)
            {
                binding.ModelState.SetModelValue(key, value);

                // A part left "unvalidated" would make MVC take the whole date as valid and drop the error.
                binding.ModelState.MarkFieldSkipped(key);
                values[part] = value.FirstValue;
            }
        }

        if (values.Count == 0)
        {
            return false;
        }

        var (date, error, part2) = Read(NameOf(binding), values.GetValueOrDefault("Day"), values.GetValueOrDefault("Month"), values.GetValueOrDefault("Year"));
        if (error is not null)
        {
            binding.ModelState.TryAddModelError(part2 is null or "Day" ? binding.ModelName : $"{binding.ModelName}.{part2}", error);
        }

        Finish(binding, date, error);
        return true;
    }

    private static void BindText(ModelBindingContext binding)
    {
        var value = binding.ValueProvider.GetValue(binding.ModelName);
        if (value == ValueProviderResult.None)
        {
            return;
        }

        binding.ModelState.SetModelValue(binding.ModelName, value);
        var text = value.FirstValue?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            Finish(binding, null, null);
        }
        else if (DateOnly.TryParseExact(text, OneText, British, DateTimeStyles.AllowWhiteSpaces, out var date))
        {
            Finish(binding, date, null);
        }
        else
        {
            var error = $"{NameOf(binding)} must be a real date, like 31/7/2024";
            binding.ModelState.TryAddModelError(binding.ModelName, error);
            Finish(binding, null, error);
        }
    }

    private static void Finish(ModelBindingContext binding, DateOnly? date, string? error)
    {
        if (error is null && (date is not null || binding.ModelMetadata.IsReferenceOrNullableType))
        {
            binding.Result = ModelBindingResult.Success(date);
        }
        else if (error is null)
        {
            binding.ModelState.TryAddModelError(binding.ModelName, $"Enter {Format.LowerFirst(NameOf(binding))}");
        }
    }

    private static string NameOf(ModelBindingContext binding) =>
        binding.ModelMetadata.DisplayName ?? Choices.Humanise(binding.ModelMetadata.Name ?? binding.ModelName);

    private static int? MonthOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : DateOnly.TryParseExact($"1 {text} 2000", ["d MMMM yyyy", "d MMM yyyy"], British, DateTimeStyles.None, out var date) ? date.Month
        : text.Equals("sep", StringComparison.OrdinalIgnoreCase) ? 9
        : null;
}

/// <summary>Gives <see cref="DatePartsBinder"/> every <c>DateOnly</c>.</summary>
public sealed class DatePartsBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) => context.Metadata.UnderlyingOrModelType == typeof(DateOnly) ? new DatePartsBinder() : null;
}

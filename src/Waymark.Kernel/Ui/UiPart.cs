using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Ui;

/// <summary>Binding as the fields post it, and messages as GOV.UK writes them.</summary>
public sealed class UiPart : WaymarkModule
{
    public override string Name => "Ui";

    public override void ConfigureServices(IServiceCollection services) => services.PostConfigure<MvcOptions>(options =>
    {
        options.ModelBinderProviders.Insert(0, new DatePartsBinderProvider());
        options.ModelMetadataDetailsProviders.Add(new PlainWords());
        var messages = options.ModelBindingMessageProvider;
        messages.SetValueMustNotBeNullAccessor(_ => "Enter an answer");
        messages.SetMissingBindRequiredValueAccessor(name => $"Enter {Format.LowerFirst(Choices.Humanise(name))}");
        messages.SetValueIsInvalidAccessor(value => $"“{value}” is not an answer that can be used here");
        messages.SetAttemptedValueIsInvalidAccessor((value, name) => $"{Choices.Humanise(Last(name))}: “{value}” is not an answer that can be used here");
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}” is not an answer that can be used here");
        messages.SetUnknownValueIsInvalidAccessor(name => $"{Choices.Humanise(Last(name))} is not an answer that can be used here");
        messages.SetValueMustBeANumberAccessor(name => $"{Choices.Humanise(Last(name))} must be a number");
    });

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>"Enter date of birth" in place of "The DateOfBirth field is required.", where no message was given.</summary>
    private sealed class PlainWords : IValidationMetadataProvider
    {
        public void CreateValidationMetadata(ValidationMetadataProviderContext context)
        {
            if (context.Key.Name is not { } property)
            {
                return;
            }

            var name = context.PropertyAttributes?.OfType<DisplayAttribute>().FirstOrDefault()?.GetName() ?? Choices.Humanise(property);
            foreach (var attribute in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>())
            {
                if (attribute is { ErrorMessage: null, ErrorMessageResourceName: null })
                {
                    attribute.ErrorMessage = Message(attribute, name);
                }
            }
        }

        private static string? Message(ValidationAttribute attribute, string name) => attribute switch
        {
            RequiredAttribute => $"Enter {Format.LowerFirst(name)}",
            StringLengthAttribute { MaximumLength: var most } => $"{name} must be {Format.Count(most)} characters or fewer",
            MaxLengthAttribute { Length: var most } => $"{name} must be {Format.Count(most)} characters or fewer",
            RangeAttribute { Minimum: var least, Maximum: var most } => $"{name} must be between {least} and {most}",
            EmailAddressAttribute => "Enter an email address in the correct format, like name@example.com",
            _ => null,
        };
    }
}

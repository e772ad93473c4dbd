using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.FrontDoor.Prioritisation;

/// <summary>
/// FC-2 as answers change: the answers on the page go in, what the tool makes of them comes out. It reads no record and keeps nothing, so there is nothing to audit; the
/// same tool runs again when the contact is passed on, and that use of it is stored.
/// </summary>
public sealed class PriorityEndpoint : IEndpoints
{
    public const string Address = "/contacts/priority";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Address, WorkOut).Requires(Can.TakeContacts);

    private static IResult WorkOut(IFormCollection form, PrioritisationTools tools, CouncilPolicy policy, CareClock clock)
    {
        var answers = new Answers();
        foreach (var field in form.Where(f => f.Key.StartsWith(FormFieldsView.Prefix, StringComparison.Ordinal)))
        {
            if (AnswerAddress.Parse(field.Key[FormFieldsView.Prefix.Length..]) is { } address)
            {
                answers[address.Question, address.Row] = field.Value.ToString();
            }
        }

        return PriorityShown.Of(answers, tools, policy, clock.Today) is { } shown ? Results.Json(shown) : Results.NoContent();
    }
}

/// <summary>What the tool makes of answers so far, as a page shows it.</summary>
/// <param name="Reason">In the table's words.</param>
/// <param name="Version">Of the table.</param>
public sealed record PriorityShown(string Title, string Colour, string Reason, string Version)
{
    /// <summary>Null until the outcome is to pass it on.</summary>
    public static PriorityShown? Of(Answers answers, PrioritisationTools tools, CouncilPolicy policy, DateOnly today)
    {
        var form = (ContactForm)FormBinder.Bind(FormDefinition.Of<ContactForm>(), answers).Form;
        if (!form.IsPassedOn)
        {
            return null;
        }

        var tool = tools.On(today);
        var result = tool.Prioritise(form.PrioritisationAnswers());
        var title = policy.TitleOf(SetPriority.List, result.Priority, today);
        return form.Outcome == ContactOutcome.ActNow
            ? new PriorityShown(policy.TitleOf(SetPriority.List, tool.Urgent, today), "red", $"acting now; the answers alone give “{title}”: {result.Reason}", result.Version)
            : new PriorityShown(title, result.IsUrgent ? "red" : "blue", result.Reason, result.Version);
    }
}

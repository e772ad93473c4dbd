using Waymark.FrontDoor.Screening;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;

namespace Waymark.FrontDoor.Contacts;

/// <summary>
/// A contact from the first word to the team that takes it on: talked through, prioritised, screened by someone else, forwarded.
/// An emergency is acted on at once and looked at after, on the next working day (practice: first contact).
/// </summary>
public sealed class ContactPathway : Pathway
{
    public const string PathwayKey = "contact";

    /// <summary>Where a forwarded contact goes. Another module's pathway, named by key.</summary>
    public const string AssessmentPathway = "care-act-assessment";

    public ContactPathway()
        : base(PathwayKey, "Contact", "CON")
    {
        Stage("conversation", "First conversation", FrontDoorModule.FirstContact)
            .CompletedBy(Can.TakeContacts)
            .Asks<ContactForm>()
            .Exits(
                Close("close", "Closed with an outcome", Departures.Signposted),
                To("forward", "Forward to a team, after a supervisor's screening", "screen"),
                To("act-now", "Act now, screen after", "screen-after").Opens(AssessmentPathway));

        var screen = Stage("screen", "Supervisor's screening", FrontDoorModule.Supervision)
            .CompletedBy(Can.ScreenContacts)
            .NotBy("conversation")
            .Asks<ScreeningForm>()
            .MayGoBackTo("conversation")
            .Exits(
                Close("forward", "Forward with this priority", Departures.MovedOn).Opens(AssessmentPathway),
                Close("signpost", "Signpost: no assessment is needed now", Departures.Signposted),
                Close("decline", "The person does not want this", Departures.Declined),
                Close("duplicate", "Already in hand elsewhere", Departures.Duplicate),
                To("ask-again", "Ask the caller for more", "conversation"));

        var after = Stage("screen-after", "To look at after acting", FrontDoorModule.Supervision)
            .CompletedBy(Can.ScreenContacts)
            .NotBy("conversation")
            .Asks<ScreeningAfterForm>()
            .Exits(Close("agreed", "Right to act at once", Departures.MovedOn), Close("not-agreed", "Could have waited for the screening", Departures.MovedOn));

        Clock("screen", "Supervisor's screening").From(screen.Entered).Until(screen.Left).Within(ClockLimit.ByPolicy("front-door.screen"));
        Clock("screen-after", "Look at what was acted on").From(after.Entered).Until(after.Left).Within(ClockLimit.ByPolicy("front-door.screen-after"));
    }
}

using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>Planning an enquiry with the adult: who leads, who makes it, what the adult wants, who speaks for them.</summary>
[Form(Key, "Planning", Permission = SafeguardingCan.Enquire)]
public sealed record PlanningForm : Form
{
    public const string Key = "safeguarding-planning";

    [Question("Was the adult, or who speaks for them, asked what they want to happen?", Section = "What the adult wants", Required = true)] public OutcomesAsked? OutcomesAsked { get; init; }
    [Question("What do they want to happen?", Hint = "In their own words", Required = true, When = "OutcomesAsked=Expressed", Lines = 4)] public string? DesiredOutcomes { get; init; }
    [Question("Why were they not asked?", Required = true, When = "OutcomesAsked=NotAsked", Lines = 2)] public string? WhyNotAsked { get; init; }
    [Question("Does the adult want the enquiry to go on?", Required = true)] public Concerns.ConcernAgreement? Agreement { get; init; }
    [Question("Why go on without their agreement?", Hint = "For example risk to others, a crime, coercion, a vital interest", Required = true, When = "Agreement=No", Lines = 2)] public string? GroundToGoOn { get; init; }

    [Question("Can the adult decide about the enquiry?", Section = "Taking part", Required = true)] public CapacityAnswer? Capacity { get; init; }
    [Question("How was that found?", Required = true, When = "Capacity=Lacks", Lines = 2)] public string? CapacityAssessment { get; init; }
    [Question("Would they have substantial difficulty in taking part?", Hint = "Section 68", Required = true)] public bool? HasDifficulty { get; init; }
    [Question("Who supports or represents them?", Required = true)] public SupportedBy? SupportedBy { get; init; }
    [Question("Their name, and when they were referred or asked", Required = true, When = "SupportedBy=Advocate|FamilyOrFriend")] public string? SupporterName { get; init; }
    [Question("When will an advocate be found, and how is the adult heard until then?", Required = true, When = "SupportedBy=Nobody", Lines = 2)] public string? SupportPlan { get; init; }
    [Question("Health conditions", Hint = "As reported; all that apply", Required = true)] public IReadOnlyList<HealthCondition>? HealthConditions { get; init; }

    [Question("Who leads?", Hint = "The council where the abuse happened", Section = "Who does what", Required = true)] public EnquiryLead? Lead { get; init; }
    [Question("Which council?", Required = true, When = "Lead=OtherCouncil")] public string? LeadCouncil { get; init; }
    [Question("Another council that arranges or pays for the adult's care", Hint = "Leave empty if there is none")] public string? PlacedBy { get; init; }
    [Question("What will be asked, of whom, by whom and by when?", Required = true, Lines = 5)] public string? Plan { get; init; }
    [Question("Does a person in a position of trust need a referral?", Required = true)] public YesNoUnknown? PositionOfTrust { get; init; }
    [Question("Are the police involved, or should they be?", Required = true)] public YesNoUnknown? Police { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (HasDifficulty == true && SupportedBy == Safeguarding.SupportedBy.NotNeeded)
        {
            yield return (nameof(SupportedBy), "Someone who would have substantial difficulty must be supported or represented. Say by whom");
        }

        if (HealthConditions is { Count: > 1 } conditions && conditions.Contains(HealthCondition.None))
        {
            yield return (nameof(HealthConditions), "Choose the conditions, or that there is no relevant one, not both");
        }
    }
}

public enum EnquiryLead
{
    [Choice("This council")] ThisCouncil,
    [Choice("Another council", Hint = "The abuse happened in its area; it counts the enquiry")] OtherCouncil,
}

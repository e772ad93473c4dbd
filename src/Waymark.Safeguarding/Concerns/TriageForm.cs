using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Concerns;

/// <summary>
/// SG-3: the decision. The duty of section 42(1) is "reasonable cause to suspect" about an adult in the area: each limb is yes, no or not yet known, with reasons. While
/// a limb that may yet be met is not known the concern stays open.
/// </summary>
[Form(Key, "Triage", Permission = SafeguardingCan.Triage)]
public sealed record TriageForm : Form
{
    public const string Key = "safeguarding-triage";

    [Question("What has been found out, and from whom?", Section = "What is known", Required = true, Lines = 5, ThirdParty = true)] public string? Gathered { get; init; }
    [Question("Was the adult, or who speaks for them, asked what they want to happen?", Required = true)] public OutcomesAsked? OutcomesAsked { get; init; }
    [Question("What do they want to happen?", Hint = "In their own words", Required = true, When = "OutcomesAsked=Expressed", Lines = 3)] public string? DesiredOutcomes { get; init; }
    [Question("Why were they not asked?", Required = true, When = "OutcomesAsked=NotAsked", Lines = 2)] public string? WhyNotAsked { get; init; }
    [Question("Does the adult want it to go on?")] public ConcernAgreement? Agreement { get; init; }
    [Question("Why go on without their agreement?", Required = true, When = "Agreement=No", Lines = 2)] public string? GroundToGoOn { get; init; }
    [Question("Can the adult decide about this?")] public CapacityAnswer? Capacity { get; init; }
    [Question("Is an advocate needed?", Hint = "Section 68: substantial difficulty in taking part, and nobody appropriate to support them")] public YesNoUnknown? AdvocateNeeded { get; init; }
    [Question("Where does it happen?")] public RiskLocation? Location { get; init; }
    [Question("Is that in this council's area?", Required = true)] public YesNoUnknown? InThisArea { get; init; }
    [Question("What kind of abuse or neglect is it?", Hint = "All that apply")] public IReadOnlyList<AbuseType>? Abuse { get; init; }
    [Question("Who is thought to be the source of the risk?")] public RiskSource? RiskSource { get; init; }
    [Question("Is it about how an organisation works, more than about one act?")] public bool? IsOrganisational { get; init; }

    [Question("Is there reasonable cause to suspect that the adult has needs for care and support?", Hint = "Whether or not the council meets any of them", Section = "Section 42(1)", Required = true)]
    public Limb? HasNeeds { get; init; }
    [Question("Why?", Required = true, Lines = 2)] public string? HasNeedsReason { get; init; }
    [Question("… that the adult is experiencing, or is at risk of, abuse or neglect?", Required = true)] public Limb? AtRisk { get; init; }
    [Question("Why?", Required = true, Lines = 2)] public string? AtRiskReason { get; init; }
    [Question("… that because of those needs the adult cannot protect themselves against it?", Required = true)] public Limb? CannotProtect { get; init; }
    [Question("Why?", Required = true, Lines = 2)] public string? CannotProtectReason { get; init; }

    [Question("What happens now?", Hint = "Leave it empty while something is not yet known that decides it", Section = "Decision")] public TriageOutcome? Outcome { get; init; }
    [Question("Who enquires?", Hint = "A team that knows the person goes on with it; an organisation is for the safeguarding team", Required = true, When = "Outcome=Section42|OtherEnquiry")]
    public TriageEnquirer? Enquirer { get; init; }
    [Question("How is the adult protected until a worker has it?", Required = true, When = "Outcome=Section42|OtherEnquiry", Lines = 3)] public string? InterimProtection { get; init; }
    [Question("Reference of the enquiry that it joins", Hint = "Such as SGE-2024-001377", Required = true, When = "Outcome=Joins")] public string? JoinsReference { get; init; }
    [Question("Why is an enquiry needed although section 42 is not met?", Required = true, When = "Outcome=OtherEnquiry", Lines = 2)] public string? OtherEnquiryReason { get; init; }
    [Question("Referred to whom?", Hint = "All that apply", Required = true, When = "Outcome=ReferredOn")] public IReadOnlyList<OnwardReferral>? ReferredTo { get; init; }
    [Question("To whom exactly, and when", Required = true, When = "Outcome=ReferredOn")] public string? ReferredDetail { get; init; }
    [Question("What advice was given?", Required = true, When = "Outcome=Advice", Lines = 3)] public string? AdviceGiven { get; init; }
    [Question("Why does it end here?", Required = true, When = "Outcome=Close", Lines = 3)] public string? CloseReason { get; init; }
    [Question("What was done?", Required = true, When = "Outcome=Section42|OtherEnquiry|Joins|ReferredOn|Advice|Close", Lines = 3)] public string? WhatWasDone { get; init; }
    [Question("What immediate protection is in place?", Hint = "Say so if none is needed", Required = true, When = "Outcome=Joins|ReferredOn|Advice|Close", Lines = 2)] public string? ImmediateProtection { get; init; }
    [Question("What was the referrer told?", Hint = "That it is received and looked at; more only with the adult's consent, or in their best interests", Required = true, When = "Outcome=Section42|OtherEnquiry|Joins|ReferredOn|Advice|Close", ThirdParty = true)]
    public ReferrerFeedback? Feedback { get; init; }
    [Question("On what day?", Required = true, When = "Feedback=Told|ToldMore")] public DateOnly? FeedbackDate { get; init; }
    [Question("Why not?", Required = true, When = "Feedback=NotTold")] public string? NoFeedbackReason { get; init; }

    [Question("How good was the concern as it was sent?", Hint = "The agency is told, without names", Section = "For the agency that raised it")] public ConcernQuality? Quality { get; init; }
    [Question("What would have helped?", When = "Quality=Incomplete|NotSafeguarding", Lines = 2)] public string? QualityWords { get; init; }

    /// <summary>No limb is a no, and at least one is not yet known: it may still be met.</summary>
    public bool IsUndecided => !Limbs.Contains(Limb.No) && Limbs.Contains(Limb.NotYetKnown);

    public bool IsSection42 => Limbs.All(l => l == Limb.Yes);

    private Limb?[] Limbs => [HasNeeds, AtRisk, CannotProtect];

    public override Decision Decide(Facts facts) => IsUndecided ? Decision.Stay : Outcome switch
    {
        TriageOutcome.Section42 => Decision.Take(ConcernPathway.Section42),
        TriageOutcome.OtherEnquiry => Decision.Take(ConcernPathway.OtherEnquiry),
        TriageOutcome.Joins => Decision.Take(ConcernPathway.Joined),
        TriageOutcome.ReferredOn => Decision.Take(ConcernPathway.ReferredOn),
        TriageOutcome.Advice => Decision.Take(ConcernPathway.Advice),
        TriageOutcome.Close => Decision.Take(ConcernPathway.Closed),
        _ => Decision.Stay,
    };

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (IsUndecided)
        {
            yield break;
        }

        if (Outcome is null)
        {
            yield return (nameof(Outcome), "Say what happens now: nothing that decides it is unknown any more");
        }
        else if (IsSection42 && Outcome is not (TriageOutcome.Section42 or TriageOutcome.Joins) && InThisArea != YesNoUnknown.No)
        {
            yield return (nameof(Outcome), "All three limbs are met, so the council must make enquiries or have them made: choose a section 42 enquiry, or the enquiry that it joins");
        }
        else if (!IsSection42 && Outcome == TriageOutcome.Section42)
        {
            yield return (nameof(Outcome), "A section 42 enquiry needs all three limbs. Choose another enquiry, or look at the limbs again");
        }
        else if (Outcome is TriageOutcome.Section42 or TriageOutcome.OtherEnquiry && facts.Episode is { PersonId: null } && IsOrganisational != true)
        {
            yield return (nameof(Outcome), "Find or add the adult's record first, at the top of the page; an enquiry without one must be about an organisation");
        }
    }
}

public enum TriageOutcome
{
    [Choice("A section 42 enquiry")] Section42,
    [Choice("Another enquiry", Hint = "Section 42 is not met, and the council thinks one is needed")] OtherEnquiry,
    [Choice("It joins an enquiry that is open")] Joins,
    [Choice("Referred on")] ReferredOn,
    [Choice("Advice")] Advice,
    [Choice("Close")] Close,
}

public enum TriageEnquirer
{
    [Choice("The team that knows the person")] KnownTeam,
    [Choice("The safeguarding team")] SafeguardingTeam,
}

public enum OnwardReferral
{
    [Choice("The council in whose area it happened")] OtherCouncil,
    [Choice("Police")] Police,
    [Choice("Children's services")] Children,
    [Choice("Domestic abuse service, or MARAC")] DomesticAbuse,
    [Choice("Multi-agency risk management")] Marm,
    [Choice("The officer for people in positions of trust")] PositionOfTrust,
    [Choice("Care Quality Commission")] CareQualityCommission,
    [Choice("Health")] Health,
    [Choice("A care needs assessment")] Assessment,
    [Choice("Trading standards")] TradingStandards,
    [Choice("Housing")] Housing,
    [Choice("Somebody else")] Other,
}

public enum ReferrerFeedback
{
    [Choice("That it is received and looked at")] Told,
    [Choice("More than that", Hint = "With the adult's recorded consent, an attorney's or deputy's, or in their best interests")] ToldMore,
    [Choice("Nothing")] NotTold,
    [Choice("There is nobody to tell: it came without a name")] Anonymous,
}

public enum ConcernQuality
{
    [Choice("Clear and complete")] Clear,
    [Choice("Needed more before it could be triaged")] Incomplete,
    [Choice("Not a safeguarding matter")] NotSafeguarding,
}

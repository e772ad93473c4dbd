using Waymark.Kernel.Forms;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>How the work ended: with an assessment, or without one.</summary>
public enum AssessmentResult
{
    [Choice("The assessment was carried out")] CarriedOut,
    [Choice("The person refused it", Hint = "Section 11 of the Care Act")] Refused,
    [Choice("The person has died")] Died,
    [Choice("They have moved to another council's area")] Moved,
    [Choice("Signposted, and an assessment is no longer wanted")] Signposted,
}

/// <summary>Whether an outcome can be achieved: regulation 2(3) of the Care and Support (Eligibility Criteria) Regulations 2015.</summary>
public enum Ability
{
    [Choice("Can achieve it")] Can,
    [Choice("Cannot without assistance")] Cannot,
    [Choice("Can, but with significant pain, distress or anxiety")] Pain,
    [Choice("Can, but it endangers the health or safety of the person or of others")] Danger,
    [Choice("Can, but takes significantly longer than normally expected")] Longer,
    [Choice("Does not arise for this person")] DoesNotArise,
}

/// <summary>Areas of wellbeing: section 1(2) of the Care Act.</summary>
public enum WellbeingArea
{
    [Choice("Personal dignity")] Dignity,
    [Choice("Physical and mental health and emotional wellbeing")] Health,
    [Choice("Protection from abuse and neglect")] Protection,
    [Choice("Control over day-to-day life")] Control,
    [Choice("Work, education, training or recreation")] Participation,
    [Choice("Social and economic wellbeing")] SocialAndEconomic,
    [Choice("Domestic, family and personal relationships")] Relationships,
    [Choice("Suitability of living accommodation")] Accommodation,
    [Choice("Contribution to society")] Contribution,
}

/// <summary>Client Level Data, method of assessment.</summary>
public enum WhoTookPart
{
    [Choice("The person")] ServiceUserOnly,
    [Choice("The carer only")] CarerOnly,
    [Choice("The person and their carer")] ServiceUserAndCarer,
}

/// <summary>Substantial difficulty: section 67(4).</summary>
public enum Difficulty
{
    [Choice("Understanding relevant information")] Understanding,
    [Choice("Retaining that information")] Retaining,
    [Choice("Using or weighing it")] Weighing,
    [Choice("Communicating their views, wishes or feelings")] Communicating,
}

public enum AdvocateStep
{
    [Choice("An advocate took part")] TookPart,
    [Choice("Referred; the assessment went on because waiting would have harmed the person")] Referred,
}

public enum CapacityFinding
{
    [Choice("No reason to doubt it")] NotDoubted,
    [Choice("Assessed: has capacity")] HasCapacity,
    [Choice("Assessed: lacks capacity")] LacksCapacity,
}

/// <summary>Client Level Data, primary support reason, release 1.</summary>
public enum PrimarySupportReason
{
    [Choice("Physical Support: Access & mobility only")] AccessAndMobility,
    [Choice("Physical Support: Personal care support")] PersonalCare,
    [Choice("Sensory Support: Support for visual impairment")] Visual,
    [Choice("Sensory Support: Support for hearing impairment")] Hearing,
    [Choice("Sensory Support: Support for dual impairment")] DualSensory,
    [Choice("Support with Memory & Cognition")] Memory,
    [Choice("Learning Disability Support")] LearningDisability,
    [Choice("Mental Health Support")] MentalHealth,
    [Choice("Social Support: Substance misuse support")] SubstanceMisuse,
    [Choice("Social Support: Asylum seeker support")] AsylumSeeker,
    [Choice("Social Support: Support for Social Isolation/Other")] SocialIsolation,
}

/// <summary>Section 10(5): whether the carer is able and willing, and will go on being so.</summary>
public enum CarerFooting
{
    [Choice("Able and willing, and likely to go on")] AbleAndWilling,
    [Choice("Able and willing for some of it")] Partly,
    [Choice("Willing but not able")] NotAble,
    [Choice("Not willing")] NotWilling,
}

public enum CarerAssessmentOffer
{
    [Choice("Offered and wanted")] Wanted,
    [Choice("Offered and declined")] Declined,
    [Choice("Has one already")] HasOne,
    [Choice("Joint with this assessment")] Joint,
}

/// <summary>Sections 39 to 41.</summary>
public enum OrdinaryResidence
{
    [Choice("This council")] ThisCouncil,
    [Choice("Another council")] AnotherCouncil,
    [Choice("No settled residence; present in this area")] NoSettledResidence,
    [Choice("In question, not yet decided")] NotDecided,
}

public enum HealthcareChecklist
{
    [Choice("Not indicated")] NotIndicated,
    [Choice("Completed; full assessment needed")] Positive,
    [Choice("Completed; full assessment not needed")] Negative,
    [Choice("Needed, not yet done")] ToDo,
}

/// <summary>Section 24 and what may go with it.</summary>
public enum NextStep
{
    [Choice("Care and support plan")] Plan,
    [Choice("Reablement")] Reablement,
    [Choice("Equipment or adaptations")] Equipment,
    [Choice("Financial assessment")] FinancialAssessment,
    [Choice("Carer's assessment")] CarersAssessment,
    [Choice("Prevention: what reduces or delays needs", Hint = "Section 2")] Prevention,
    [Choice("Community groups and services nearby")] Community,
    [Choice("Meeting needs that are not eligible", Hint = "Section 19")] PowerToMeet,
    [Choice("Information and advice only", Hint = "Section 4")] AdviceOnly,
}

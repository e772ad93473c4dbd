using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols;

/// <summary>National collection, location type: care homes and hospitals only; elsewhere it is the Court of Protection.</summary>
public enum PlaceKind
{
    [Choice("Care home")] CareHome,
    [Choice("Nursing home")] NursingHome,
    [Choice("Acute hospital")] AcuteHospital,
    [Choice("Mental health establishment")] MentalHealth,
    [Choice("Other hospital or hospice")] Other,
}

/// <summary>National collection, funding source.</summary>
public enum Funding
{
    [Choice("Local authority")] Council,
    [Choice("NHS continuing healthcare")] Nhs,
    [Choice("Joint: NHS and local authority")] Joint,
    [Choice("Self funder")] Self,
    [Choice("Other")] Other,
}

public enum RequestKind
{
    [Choice("Standard authorisation")] Standard,
    [Choice("Standard authorisation, and we have given ourselves an urgent one", Hint = "At most 7 days, only where the need is so urgent that the care cannot wait")] Urgent,
    [Choice("Further standard authorisation", Hint = "Form 2: the one in force is about to end")] Further,
}

/// <summary>National collection, disability group.</summary>
public enum DisabilityGroup
{
    [Choice("Physical disability: hearing impairment")] Hearing,
    [Choice("Physical disability: visual impairment")] Visual,
    [Choice("Physical disability: dual sensory loss")] DualSensory,
    [Choice("Physical disability: other")] Physical,
    [Choice("Mental health needs: dementia")] Dementia,
    [Choice("Mental health needs: other")] MentalHealth,
    [Choice("Learning disability")] LearningDisability,
    [Choice("Other disability")] Other,
    [Choice("No disability")] None,
}

/// <summary>National collection, status of an application that ended.</summary>
public enum DolsStatus
{
    [Choice("Granted")] Granted,
    [Choice("Not granted")] NotGranted,
    [Choice("Not granted: no deprivation of liberty")] NoDeprivation,
    [Choice("Withdrawn or closed")] Withdrawn,
    [Choice("Sent to the wrong supervisory body")] WrongBody,
}

/// <summary>National collection, reason not granted.</summary>
public enum NotGrantedReason
{
    [Choice("Age requirement not met")] Age,
    [Choice("No refusals requirement not met")] NoRefusals,
    [Choice("Mental capacity requirement not met")] Capacity,
    [Choice("Mental health requirement not met")] MentalHealth,
    [Choice("Eligibility requirement not met")] Eligibility,
    [Choice("Best interests requirement not met")] BestInterests,
    [Choice("Discharged or moved")] Moved,
    [Choice("The person has died")] Died,
    [Choice("Other change of circumstances")] Other,
}

/// <summary>National collection, why an authorisation ended.</summary>
public enum EndReason
{
    [Choice("It ran to its end")] Expired,
    [Choice("Ended by a review")] Review,
    [Choice("The person has died", Hint = "The coroner is told where something else calls for it, not for the authorisation alone (since April 2017)")] Died,
    [Choice("The person moved", Hint = "The new care home or hospital must make its own request: an authorisation does not move with the person")] Moved,
    [Choice("A new authorisation replaced it")] Replaced,
    [Choice("Detained under the Mental Health Act")] Detained,
    [Choice("Other")] Other,
}

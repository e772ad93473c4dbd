using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding;

/// <summary>Types of abuse and neglect: the ten of the statutory guidance and sexual exploitation, which the Safeguarding Adults Collection counts apart. Stored by name.</summary>
public enum AbuseType
{
    [Choice("Physical abuse")] Physical,
    [Choice("Sexual abuse")] Sexual,
    [Choice("Psychological or emotional abuse")] Psychological,
    [Choice("Financial or material abuse")] Financial,
    [Choice("Discriminatory abuse")] Discriminatory,
    [Choice("Organisational abuse")] Organisational,
    [Choice("Neglect and acts of omission")] Neglect,
    [Choice("Domestic abuse")] Domestic,
    [Choice("Sexual exploitation")] SexualExploitation,
    [Choice("Modern slavery")] ModernSlavery,
    [Choice("Self-neglect")] SelfNeglect,
}

/// <summary>Source of risk, Safeguarding Adults Collection. A council, NHS trust or GP that assesses health or social care counts under "Other".</summary>
public enum RiskSource
{
    [Choice("A service provider", Hint = "Anyone paid, contracted or commissioned to give social care, however it is paid for; care homes too")] ServiceProvider,
    [Choice("Someone else the adult knows")] KnownToIndividual,
    [Choice("Someone else the adult does not know")] UnknownToIndividual,
}

/// <summary>Location of risk, Safeguarding Adults Collection.</summary>
public enum RiskLocation
{
    [Choice("Own home")] OwnHome,
    [Choice("In the community, but not at a community service")] Community,
    [Choice("At a community service")] CommunityService,
    [Choice("Care home, with nursing")] CareHomeNursing,
    [Choice("Care home, residential")] CareHomeResidential,
    [Choice("Hospital, acute")] HospitalAcute,
    [Choice("Hospital, mental health")] HospitalMentalHealth,
    [Choice("Hospital, community")] HospitalCommunity,
    [Choice("Somewhere else")] Other,
}

/// <summary>Who told the council (SG-12).</summary>
public enum ConcernSource
{
    [Choice("The adult themselves")] Self,
    [Choice("Family, friend or neighbour")] FamilyOrFriend,
    [Choice("Member of the public")] Public,
    [Choice("Care provider")] CareProvider,
    [Choice("Ambulance service")] Ambulance,
    [Choice("Police")] Police,
    [Choice("Fire and rescue service")] FireAndRescue,
    [Choice("Hospital")] Hospital,
    [Choice("GP, community nurse or other health worker")] Health,
    [Choice("Mental health service")] MentalHealth,
    [Choice("Adult social care staff")] AdultSocialCare,
    [Choice("Housing")] Housing,
    [Choice("Care Quality Commission")] CareQualityCommission,
    [Choice("Voluntary or community organisation")] Voluntary,
    [Choice("Another council")] OtherCouncil,
    [Choice("Education, probation or another agency")] OtherAgency,
    [Choice("They will not say")] Anonymous,
}

public enum YesNoUnknown
{
    [Choice("Yes")] Yes,
    [Choice("No")] No,
    [Choice("Not known")] NotKnown,
}

/// <summary>A limb of section 42(1): reasonable cause to suspect.</summary>
public enum Limb
{
    [Choice("Yes")] Yes,
    [Choice("No")] No,
    [Choice("Not yet known")] NotYetKnown,
}

/// <summary>Was the adult or their representative asked what they want to happen? Safeguarding Adults Collection, SG4a.</summary>
public enum OutcomesAsked
{
    [Choice("Asked, and they said what they want")] Expressed,
    [Choice("Asked, and they expressed none")] NoneExpressed,
    [Choice("Not asked")] NotAsked,
    [Choice("Not known")] NotKnown,
}

public enum OutcomesAchieved
{
    [Choice("Fully achieved")] Fully,
    [Choice("Partly achieved")] Partially,
    [Choice("Not achieved")] NotAchieved,
}

/// <summary>Risk assessment outcome, Safeguarding Adults Collection, SG2c.</summary>
public enum RiskAssessmentOutcome
{
    [Choice("Risk identified and action taken")] IdentifiedAction,
    [Choice("Risk identified and no action taken")] IdentifiedNoAction,
    [Choice("Inconclusive and action taken")] InconclusiveAction,
    [Choice("Inconclusive and no action taken")] InconclusiveNoAction,
    [Choice("No risk identified and action taken")] NoRiskAction,
    [Choice("No risk identified and no action taken")] NoRiskNoAction,
    [Choice("The enquiry ceased at the adult's request and no action was taken")] CeasedAtRequest,
}

/// <summary>Where a risk was identified, what became of it: SG2e.</summary>
public enum RiskOutcome
{
    [Choice("Risk remains")] Remained,
    [Choice("Risk reduced")] Reduced,
    [Choice("Risk removed")] Removed,
}

/// <summary>Mental capacity to decide about the enquiry: SG3a.</summary>
public enum CapacityAnswer
{
    [Choice("Lacks capacity")] Lacks,
    [Choice("Does not lack capacity")] HasCapacity,
    [Choice("Not known")] NotKnown,
    [Choice("Not recorded")] NotRecorded,
}

/// <summary>Who supports and speaks for an adult who lacks capacity or has substantial difficulty (Care Act, section 68; SG-21).</summary>
public enum SupportedBy
{
    [Choice("An independent advocate")] Advocate,
    [Choice("A family member or friend")] FamilyOrFriend,
    [Choice("Nobody yet")] Nobody,
    [Choice("They need no one")] NotNeeded,
}

/// <summary>Reported health conditions, Safeguarding Adults Collection, SG1e.</summary>
public enum HealthCondition
{
    [Choice("Chronic obstructive pulmonary disease")] CopdOrRespiratory,
    [Choice("Cancer")] Cancer,
    [Choice("Acquired physical injury")] PhysicalInjury,
    [Choice("HIV or AIDS")] Hiv,
    [Choice("Other physical condition")] OtherPhysical,
    [Choice("Stroke")] Stroke,
    [Choice("Parkinson's")] Parkinsons,
    [Choice("Motor neurone disease")] MotorNeurone,
    [Choice("Acquired brain injury")] BrainInjury,
    [Choice("Other neurological condition")] OtherNeurological,
    [Choice("Visual impairment")] Visual,
    [Choice("Hearing impairment")] Hearing,
    [Choice("Other sensory impairment")] OtherSensory,
    [Choice("Learning disability")] LearningDisability,
    [Choice("Autism")] Autism,
    [Choice("Other learning, developmental or intellectual disability")] OtherLearning,
    [Choice("Dementia")] Dementia,
    [Choice("Other mental health condition")] OtherMentalHealth,
    [Choice("No relevant condition")] None,
}

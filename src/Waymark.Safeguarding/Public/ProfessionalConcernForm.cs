using Waymark.Kernel.Forms;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Public;

/// <summary>A concern by someone at work: a professional, or a care provider. The guidance on levels of concern stands beside it and never stops it.</summary>
[Form(Key, "What a professional told us", Permission = SafeguardingCan.Raise)]
public sealed record ProfessionalConcernForm : Form, IConcernTimes
{
    public const string Key = "safeguarding-professional-concern";

    [Question("What do you work for?", Section = "You", Required = true, ThirdParty = true)] public ConcernAgency? Agency { get; init; }
    [Question("Name of your organisation", Required = true, ThirdParty = true)] public string? Organisation { get; init; }
    [Question("Your name", Required = true, ThirdParty = true)] public string? ReferrerName { get; init; }
    [Question("Your work", Hint = "For example staff nurse, care manager", Required = true, ThirdParty = true)] public string? ReferrerRelation { get; init; }
    [Question("How can we reach you today?", Hint = "Telephone or work e-mail", Required = true, ThirdParty = true)] public string? ReferrerContact { get; init; }
    [Question("Is it about your own organisation, and do you tell us without its knowing?", Hint = "If so, it will never be shown what you tell us", Required = true, ThirdParty = true)] public bool? IsWhistleblower { get; init; }
    [Question("Must your name be kept from the adult's family and whoever is thought to be the source?", Required = true, ThirdParty = true)] public bool? KeepNameSecret { get; init; }

    [Question("Name of the adult", Section = "The adult", Required = true)] public string? AdultName { get; init; }
    [Question("Their date of birth")] public DateOnly? AdultBirthDate { get; init; }
    [Question("NHS number")] public string? NhsNumber { get; init; }
    [Question("Their address, and where they are now", Required = true, Lines = 2)] public string? AdultAddress { get; init; }
    [Question("What needs for care and support do they have, or may they have?", Lines = 2, Required = true)] public string? AdultNeeds { get; init; }
    [Question("Can the adult decide about this?", Required = true)] public CapacityAnswer? Capacity { get; init; }
    [Question("Does the adult want it raised?", Required = true)] public ConcernAgreement? Agreement { get; init; }
    [Question("Why go on without their agreement?", Hint = "For example risk to others, a crime, coercion, a vital interest", Required = true, When = "Agreement=No", Lines = 2)] public string? GroundToGoOn { get; init; }
    [Question("Was the adult, or who speaks for them, asked what they want to happen?", Required = true)] public OutcomesAsked? OutcomesAsked { get; init; }
    [Question("What do they want to happen?", Hint = "In their own words", Required = true, When = "OutcomesAsked=Expressed", Lines = 3)] public string? DesiredOutcomes { get; init; }
    [Question("Why were they not asked?", Required = true, When = "OutcomesAsked=NotAsked", Lines = 2)] public string? WhyNotAsked { get; init; }
    [Question("Who supports or speaks for them?", Hint = "Name and how to reach them", Lines = 2, ThirdParty = true)] public string? Supporter { get; init; }

    [Question("What happened, or may happen?", Hint = "Facts first; say what was seen, by whom, and what was only heard", Section = "What happened", Required = true, Lines = 7)] public string? WhatHappened { get; init; }
    [Question("On what day did it happen?", Hint = "Leave it empty if it is not known, or goes on")] public DateOnly? HappenedDate { get; init; }
    [Question("At what time?")] public TimeOnly? HappenedTime { get; init; }
    [Question("On what day was it identified?", Hint = "When you or a colleague first saw it or heard of it", Required = true)] public DateOnly? IdentifiedDate { get; init; }
    [Question("At what time was it identified?")] public TimeOnly? IdentifiedTime { get; init; }
    [Question("What kind of abuse or neglect is it?", Hint = "All that apply", Required = true)] public IReadOnlyList<AbuseType>? Abuse { get; init; }
    [Question("Where does it happen?", Required = true)] public RiskLocation? Location { get; init; }
    [Question("Name of the place", When = "Location=CommunityService|CareHomeNursing|CareHomeResidential|HospitalAcute|HospitalMentalHealth|HospitalCommunity|Other")] public string? PlaceName { get; init; }
    [Question("Who is thought to be the source of the risk?")] public RiskSource? RiskSource { get; init; }
    [Question("Their name, and what they are to the adult", ThirdParty = true)] public string? RiskSourceName { get; init; }
    [Question("Are they in a position of trust with adults or children?", Hint = "Paid or not")] public YesNoUnknown? PositionOfTrust { get; init; }

    [Question("Is anyone in danger now?", Section = "Safety now", Required = true)] public YesNoUnknown? InDanger { get; init; }
    [Question("What has been done to make the adult safe?", Required = true, Lines = 3)] public string? ImmediateProtection { get; init; }
    [Question("Are there children in the household, or other adults at risk?", Required = true)] public YesNoUnknown? OthersAtRisk { get; init; }
    [Question("Police reference")] public string? PoliceReference { get; init; }
    [Question("Domestic abuse: result of the DASH checklist, and whether MARAC knows", When = "Abuse=Domestic")] public string? Dash { get; init; }
    [Question("Has the Care Quality Commission been told?", When = "RiskSource=ServiceProvider")] public YesNoUnknown? RegulatorTold { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) => ConcernTimes.Check(this, facts.Now, facts.Now);

    public NewConcern ConcernFor(DateTime now, bool isProvider) => new()
    {
        Channel = isProvider ? ConcernChannel.Provider : Agency == ConcernAgency.OtherCouncil ? ConcernChannel.OtherCouncil : ConcernChannel.Professional,
        Source = Enum.Parse<ConcernSource>(Agency!.Value.ToString()),
        ReceivedOn = now,
        RaisedOn = now,
        IdentifiedOn = ConcernTimes.At(IdentifiedDate!.Value, IdentifiedTime, now),
        HappenedDate = HappenedDate,
        HappenedTime = HappenedTime,
        ReferrerName = ReferrerName,
        ReferrerOrganisation = Organisation,
        ReferrerRelation = $"{ReferrerRelation}, {Organisation}",
        ReferrerContact = ReferrerContact,
        IsWhistleblower = IsWhistleblower == true,
        KeepsReferrerSecret = KeepNameSecret == true || IsWhistleblower == true,
        Abuse = Abuse ?? [],
        RiskSource = RiskSource,
        RiskSourceName = RiskSourceName,
        Location = Location,
        PlaceName = PlaceName,
        OutcomesAsked = OutcomesAsked,
        Capacity = Capacity,
        ImmediateProtection = ImmediateProtection,
    };
}

/// <summary>The agencies among <see cref="ConcernSource"/>; each has the name of its source.</summary>
public enum ConcernAgency
{
    [Choice("Care provider")] CareProvider,
    [Choice("Ambulance service")] Ambulance,
    [Choice("Police")] Police,
    [Choice("Fire and rescue service")] FireAndRescue,
    [Choice("Hospital")] Hospital,
    [Choice("GP, community nurse or other health worker")] Health,
    [Choice("Mental health service")] MentalHealth,
    [Choice("Housing")] Housing,
    [Choice("Care Quality Commission")] CareQualityCommission,
    [Choice("Voluntary or community organisation")] Voluntary,
    [Choice("Another council")] OtherCouncil,
    [Choice("Education, probation or another agency")] OtherAgency,
}

using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Concerns;

/// <summary>Whose time a concern can tell: the four that are kept apart. Received is the council's own.</summary>
internal interface IConcernTimes
{
    DateOnly? HappenedDate { get; }
    TimeOnly? HappenedTime { get; }
    DateOnly? IdentifiedDate { get; }
    TimeOnly? IdentifiedTime { get; }
}

/// <summary>
/// A concern taken by staff, of whoever tells it (SG-1). Nothing but what happened and who tells must be known: a concern is never stopped by what is not known yet.
/// </summary>
[Form(Key, "Safeguarding concern", Permission = SafeguardingCan.Raise, IsOwn = true)]
public sealed record ConcernForm : Form, IConcernTimes
{
    public const string Key = "safeguarding-concern";

    [Question("How did it reach us?", Section = "Who tells us", Required = true, ThirdParty = true)] public TakenChannel? Channel { get; init; }
    [Question("Who raises it?", Required = true, ThirdParty = true)] public ConcernSource? Source { get; init; }
    [Question("Their name", When = "Source=" + Named, ThirdParty = true)] public string? ReferrerName { get; init; }
    [Question("Their organisation", When = "Source=CareProvider|Ambulance|Police|FireAndRescue|Hospital|Health|MentalHealth|AdultSocialCare|Housing|CareQualityCommission|Voluntary|OtherCouncil|OtherAgency", ThirdParty = true)]
    public string? ReferrerOrganisation { get; init; }
    [Question("Their relation to the adult, or their work", When = "Source=" + Named, ThirdParty = true)] public string? ReferrerRelation { get; init; }
    [Question("How to reach them", Hint = "Telephone or e-mail", When = "Source=" + Named, ThirdParty = true)] public string? ReferrerContact { get; init; }
    [Question("Do they work for the organisation it is about?", Hint = "Then nothing of it is ever shown to that organisation", When = "Source=" + Named, ThirdParty = true)] public bool? IsWhistleblower { get; init; }
    [Question("Do they ask that their name is not told?", When = "Source=" + Named, ThirdParty = true)] public bool? KeepNameSecret { get; init; }

    [Question("When was it raised with the council?", Hint = "Leave the day and time empty if it is now", Section = "The four times")] public DateOnly? RaisedDate { get; init; }
    [Question("At what time?")] public TimeOnly? RaisedTime { get; init; }
    [Question("When did the council receive it?", Hint = "If a letter or a message lay unread, when it arrived. Leave empty if it is when it was raised")] public DateOnly? ReceivedDate { get; init; }
    [Question("At what time?")] public TimeOnly? ReceivedTime { get; init; }
    [Question("When did it happen?", Hint = "Leave empty if it is not known, or goes on")] public DateOnly? HappenedDate { get; init; }
    [Question("At what time?")] public TimeOnly? HappenedTime { get; init; }
    [Question("When did somebody first see or hear of it?", Required = true)] public DateOnly? IdentifiedDate { get; init; }
    [Question("At what time?")] public TimeOnly? IdentifiedTime { get; init; }

    [Question("Name of the adult", Hint = "As far as it is known; the record is found or made afterwards", Section = "The adult")] public string? AdultName { get; init; }
    [Question("Their date of birth")] public DateOnly? AdultBirthDate { get; init; }
    [Question("Their address, or where they are now", Lines = 2)] public string? AdultAddress { get; init; }
    [Question("Why they may need care and support", Lines = 2)] public string? AdultNeeds { get; init; }
    [Question("Does the adult know that this is raised?")] public YesNoUnknown? AdultKnows { get; init; }
    [Question("Does the adult want it raised?")] public ConcernAgreement? Agreement { get; init; }
    [Question("Why go on without their agreement?", Required = true, When = "Agreement=No", Lines = 2, Hint = "For example risk to others, a crime, coercion, a vital interest")] public string? GroundToGoOn { get; init; }
    [Question("Was the adult, or who speaks for them, asked what they want to happen?", Required = true)] public OutcomesAsked? OutcomesAsked { get; init; }
    [Question("What do they want to happen?", Hint = "In their own words", Required = true, When = "OutcomesAsked=Expressed", Lines = 3)] public string? DesiredOutcomes { get; init; }
    [Question("Why were they not asked?", Required = true, When = "OutcomesAsked=NotAsked", Lines = 2)] public string? WhyNotAsked { get; init; }
    [Question("Can the adult decide about this?")] public CapacityAnswer? Capacity { get; init; }
    [Question("Who supports or speaks for them?")] public SupportedBy? SupportedBy { get; init; }

    [Question("What has happened, or may happen?", Section = "What happened", Required = true, Lines = 6)] public string? WhatHappened { get; init; }
    [Question("What kind of abuse or neglect is it?", Hint = "All that apply")] public IReadOnlyList<AbuseType>? Abuse { get; init; }
    [Question("Where does it happen?")] public RiskLocation? Location { get; init; }
    [Question("Name of the place", When = "Location=CommunityService|CareHomeNursing|CareHomeResidential|HospitalAcute|HospitalMentalHealth|HospitalCommunity|Other")] public string? PlaceName { get; init; }
    [Question("Is that in this council's area?", Hint = "The place of abuse decides which council leads and counts")] public YesNoUnknown? InThisArea { get; init; }
    [Question("Does another council pay for or arrange the adult's care?")] public string? PlacingCouncil { get; init; }
    [Question("Who is thought to be the source of the risk?")] public RiskSource? RiskSource { get; init; }
    [Question("Their name, and what they are to the adult", Hint = "As told; nothing is held to be proven", ThirdParty = true)] public string? RiskSourceName { get; init; }
    [Question("Are they in a position of trust with adults or children?", Hint = "Paid or not")] public YesNoUnknown? PositionOfTrust { get; init; }
    [Question("Is it about how an organisation works, more than about one act?")] public bool? IsOrganisational { get; init; }

    [Question("Is anyone in danger now?", Section = "Safety now", Required = true)] public YesNoUnknown? InDanger { get; init; }
    [Question("What has been done to make the adult safe?", Lines = 3)] public string? ImmediateProtection { get; init; }
    [Question("Are there children in the household?", Hint = "If yes, refer to children's services too")] public YesNoUnknown? Children { get; init; }
    [Question("Are other adults at risk?", Lines = 2, ThirdParty = true)] public string? OthersAtRisk { get; init; }
    [Question("Police reference")] public string? PoliceReference { get; init; }
    [Question("Is it a crime, or may it be?")] public YesNoUnknown? MayBeCrime { get; init; }
    [Question("Domestic abuse: result of the DASH checklist, and whether MARAC knows", When = "Abuse=Domestic")] public string? Dash { get; init; }
    [Question("Has the Care Quality Commission been told?", When = "RiskSource=ServiceProvider")] public YesNoUnknown? RegulatorTold { get; init; }

    private const string Named = "Self|FamilyOrFriend|Public|CareProvider|Ambulance|Police|FireAndRescue|Hospital|Health|MentalHealth|AdultSocialCare|Housing|CareQualityCommission|Voluntary|OtherCouncil|OtherAgency";

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        var (raised, received) = Arrived(facts.Now);
        return ConcernTimes.Check(this, raised, facts.Now).Concat(received > facts.Now
            ? [(nameof(ReceivedDate), "It cannot be received in the future. Give the day and time at which it arrived")]
            : received < raised ? [(nameof(ReceivedDate), "It cannot be received before it was raised. Check both times")] : []);
    }

    /// <summary>When it was raised and received; now where nothing is said.</summary>
    internal (DateTime Raised, DateTime Received) Arrived(DateTime now)
    {
        var raised = RaisedDate is { } day ? ConcernTimes.At(day, RaisedTime, notAfter: now) : now;
        return (raised, ReceivedDate is { } arrived ? ConcernTimes.At(arrived, ReceivedTime, notAfter: now) : raised);
    }
}

public enum TakenChannel
{
    [Choice("By telephone, in person or by letter")] FrontDoor,
    [Choice("From a professional")] Professional,
    [Choice("From a care provider")] Provider,
    [Choice("From another council")] OtherCouncil,
}

/// <summary>The adult's own wish about the concern.</summary>
public enum ConcernAgreement
{
    [Choice("Yes")] Yes,
    [Choice("No, they do not want it to go on")] No,
    [Choice("They cannot decide; it is in their best interests")] BestInterests,
    [Choice("They were not asked, or it was not safe to ask")] NotAsked,
}

internal static class ConcernTimes
{
    /// <summary>A London day and time; of a day whose time is not known, midday or, where that is yet to come, now.</summary>
    public static DateTime At(DateOnly day, TimeOnly? time, DateTime notAfter)
    {
        var at = CareClock.FromLondon(day, time ?? new TimeOnly(12, 0));
        return time is null && at > notAfter && CareClock.LondonDate(notAfter) == day ? notAfter : at;
    }

    public static IEnumerable<(string Question, string Message)> Check(IConcernTimes times, DateTime raised, DateTime now)
    {
        if (raised > now)
        {
            yield return ("RaisedDate", "It cannot be raised in the future. Check the day and the time");
        }

        var identified = times.IdentifiedDate is { } seen ? At(seen, times.IdentifiedTime, now) : raised;
        if (identified > raised && (times.IdentifiedTime is not null || times.IdentifiedDate > CareClock.LondonDate(raised)))
        {
            yield return (nameof(times.IdentifiedDate), "It cannot be seen or heard of after it was raised. Check both times");
        }

        if (times.HappenedDate > CareClock.LondonDate(now) || (times.HappenedDate is { } happened && times.HappenedTime is { } at && CareClock.FromLondon(happened, at) > now))
        {
            yield return (nameof(times.HappenedDate), "It cannot have happened in the future. If it is feared, say so under what happened");
        }
    }
}

using Waymark.Kernel.Forms;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Public;

/// <summary>A concern told by anyone, in plain words. Only what has happened must be said; a name is never asked for.</summary>
[Form(Key, "What a member of the public told us", Permission = SafeguardingCan.Raise)]
public sealed record PublicConcernForm : Form, IConcernTimes
{
    public const string Key = "safeguarding-public-concern";

    [Question("Who are you worried about?", Section = "What is wrong", Required = true, ThirdParty = true)] public PublicAbout? About { get; init; }
    [Question("What has happened, or what worries you?", Hint = "Say what you have seen or heard. You do not need proof.", Required = true, Lines = 7, ThirdParty = true)] public string? WhatHappened { get; init; }
    [Question("What kind of harm is it?", Hint = "Tick all that fit. Leave it if you are not sure.")] public IReadOnlyList<PublicHarm>? Harm { get; init; }
    [Question("Is anyone in danger now?", Hint = "If they are, call 999 first.", Required = true)] public YesNoUnknown? InDanger { get; init; }
    [Question("When did it happen?", Hint = "Leave it if you do not know, or if it still goes on. For example, 31 7 2024")] public DateOnly? HappenedDate { get; init; }
    [Question("When did you first see it or hear of it?", Hint = "Leave it if it was today. For example, 31 7 2024")] public DateOnly? IdentifiedDate { get; init; }
    [Question("Where does it happen?")] public RiskLocation? Location { get; init; }
    [Question("What is the place called?", Hint = "For example the name of the care home or hospital", When = "Location=CommunityService|CareHomeNursing|CareHomeResidential|HospitalAcute|HospitalMentalHealth|HospitalCommunity|Other")] public string? PlaceName { get; init; }
    [Question("Who do you think is doing it?", Hint = "Their name, and who they are to the person", ThirdParty = true)] public string? RiskSourceName { get; init; }

    [Question("What is their name?", Section = "The person you are worried about", When = "About=SomeoneElse")] public string? AdultName { get; init; }
    [Question("Where do they live, or where can we find them?", When = "About=SomeoneElse", Lines = 2)] public string? AdultAddress { get; init; }
    [Question("How old are they?", When = "About=SomeoneElse", Hint = "A guess will do")] public string? AdultAge { get; init; }
    [Question("Do they know that you are telling us?", When = "About=SomeoneElse")] public YesNoUnknown? AdultKnows { get; init; }
    [Question("What do they want to happen?", Hint = "If you know", When = "About=SomeoneElse", Lines = 2)] public string? AdultWants { get; init; }
    [Question("What do you want to happen?", When = "About=Me", Lines = 2)] public string? MyWish { get; init; }

    [Question("Do you want to tell us who you are?", Hint = "You do not have to", Section = "About you", Required = true, ThirdParty = true)] public bool? GivesName { get; init; }
    [Question("Your name", When = "GivesName=Yes", Required = true, ThirdParty = true)] public string? ReferrerName { get; init; }
    [Question("Your address, or where we can find you", When = "About=Me", Lines = 2)] public string? MyAddress { get; init; }
    [Question("How do you know the person?", When = "About=SomeoneElse", ThirdParty = true)] public PublicRelation? Relation { get; init; }
    [Question("Do you work for the place or the people this is about, or did you?", Hint = "If you do, they will never be shown what you tell us", When = "About=SomeoneElse", ThirdParty = true)] public bool? IsWhistleblower { get; init; }
    [Question("May we say that it was you who told us?", When = "GivesName=Yes", ThirdParty = true)] public bool? MayTellName { get; init; }
    [Question("Is it safe for us to get in touch with you?", When = "GivesName=Yes", Required = true, ThirdParty = true)] public bool? SafeToContact { get; init; }
    [Question("How can we reach you safely, and when?", Hint = "For example: ring 01632 960123, weekdays before noon. Do not leave a message.", When = "SafeToContact=Yes", Required = true, Lines = 2, ThirdParty = true)] public string? SafeContact { get; init; }

    public TimeOnly? HappenedTime => null;
    public TimeOnly? IdentifiedTime => null;

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts) => ConcernTimes.Check(this, facts.Now, facts.Now);

    internal NewConcern Concern(DateTime now) => new()
    {
        Channel = ConcernChannel.Public,
        Source = Source,
        ReceivedOn = now,
        RaisedOn = now,
        IdentifiedOn = IdentifiedDate is { } seen ? ConcernTimes.At(seen, null, now) : now,
        HappenedDate = HappenedDate,
        ReferrerName = GivesName == true ? ReferrerName : null,
        ReferrerRelation = GivesName == true ? (About == PublicAbout.Me ? "The adult themselves" : Relation is { } relation ? Kernel.Ui.Choices.Text(relation) : null) : null,
        ReferrerContact = GivesName != true ? null : SafeToContact == true ? SafeContact : "Not safe to contact",
        IsAnonymous = GivesName != true,
        IsWhistleblower = IsWhistleblower == true,
        KeepsReferrerSecret = MayTellName != true,
        Abuse = [.. (Harm ?? []).Select(h => (AbuseType)h)],
        RiskSourceName = RiskSourceName,
        Location = Location,
        PlaceName = PlaceName,
        OutcomesAsked = About == PublicAbout.Me ? (MyWish is null ? OutcomesAsked.NoneExpressed : OutcomesAsked.Expressed) : AdultWants is null ? OutcomesAsked.NotKnown : OutcomesAsked.Expressed,
    };

    private ConcernSource Source => About == PublicAbout.Me ? ConcernSource.Self : Relation switch
    {
        PublicRelation.FamilyOrFriend or PublicRelation.Neighbour => ConcernSource.FamilyOrFriend,
        PublicRelation.CareWorker => ConcernSource.CareProvider,
        PublicRelation.OtherWork => ConcernSource.OtherAgency,
        _ => GivesName == true ? ConcernSource.Public : ConcernSource.Anonymous,
    };
}

public enum PublicAbout
{
    [Choice("Me")] Me,
    [Choice("Someone else")] SomeoneElse,
}

public enum PublicRelation
{
    [Choice("I am family or a friend")] FamilyOrFriend,
    [Choice("I am a neighbour")] Neighbour,
    [Choice("I work in care")] CareWorker,
    [Choice("I met them in other work")] OtherWork,
    [Choice("I do not know them")] Stranger,
}

/// <summary>The types of abuse in plain words; each has the value of its <see cref="AbuseType"/>.</summary>
public enum PublicHarm
{
    [Choice("Hitting, hurting or rough handling")] Physical = AbuseType.Physical,
    [Choice("Sexual touching or acts they do not want")] Sexual = AbuseType.Sexual,
    [Choice("Threats, bullying or control")] Psychological = AbuseType.Psychological,
    [Choice("Taking or misusing money or things")] Financial = AbuseType.Financial,
    [Choice("Treating them badly for who they are", Hint = "Such as their age, race, religion or disability")] Discriminatory = AbuseType.Discriminatory,
    [Choice("Bad care from a care home, hospital or service")] Organisational = AbuseType.Organisational,
    [Choice("Not getting food, care, medicine or warmth")] Neglect = AbuseType.Neglect,
    [Choice("Harm by a partner, ex-partner or family")] Domestic = AbuseType.Domestic,
    [Choice("Being used for sex by others")] SexualExploitation = AbuseType.SexualExploitation,
    [Choice("Being forced to work or kept from leaving")] ModernSlavery = AbuseType.ModernSlavery,
    [Choice("Not looking after themselves, so that they may come to harm")] SelfNeglect = AbuseType.SelfNeglect,
}

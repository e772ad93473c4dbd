using Waymark.Kernel.Data;
using Waymark.Kernel.People;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Waymark.Tests.Support;

namespace Waymark.Tests.HandMadeCounty;

/// <summary>
/// Safeguarding of ten people, written by hand, whose figures are worked out here without Waymark. The year is April 2023 to March 2024.
/// </summary>
internal static class SafeguardingCounty
{
    // Concerns of the year: Ada 2 May (care provider, opened E1) and 5 May (police, joined E1); Ben 1 July (care provider, opened E2) and 31 March (family, undecided);
    //   Dee 25 December (public, closed); Fay 6 June (public, opened E4). Six, of four people; two by care providers, 2/6.
    //   Not counted: Dee 26 December, the same as the day before; Eve 8 August, in another council's area. Not of the year: Ada 10 June 2022, Cat 1 April 2022 and 1 April 2024, Fay 2021.
    //   To an enquiry: four of six; to a section 42 one, those of E1 (two) and E4 (one), 3/6; to another one, Ben's, 1/6.
    //   In both 2022/23 and 2023/24: Ada. (Cat has 2022/23 and 2024/25; Fay 2021/22 and 2023/24.)
    //   Types: Ada's first has neglect and physical, Ben's first neglect: neglect 2, physical 1. Asked at the concern: Ada's first (said), Dee's (said nothing): 2/6.
    // Enquiries started in the year: E1 E2 E4 E6 E7, five (E5 is led elsewhere and counted there), four under section 42. Concerns for each: 6/5 = 1.2.
    // Section 42 enquiries concluded in the year: E1 E3 E6 E7, four. Days: 92, 364, 182, 31: mean 669/4 = 167.25, median (92 + 182)/2 = 137.
    //   Asked at planning: E1 E6, 2/4. Asked at close: all, 4/4; expressed: E1 E3 E7, 3/4; met: E1 (fully) and E3 (partly), 2/3; fully 1/3.
    //   Risk known in E1 (reduced), E3 (removed), E6 (remained): 2/3. Lacked capacity: E1 (advocate), E3 (family), E7 (nobody): 1/3 with an advocate, 2/3 supported.
    // Open on 31 July 2023: E1 E2 E4, and concerns none. Past 12 weeks: E1, 88 days old, since 28 July. Past 6 weeks: E1, and E4 at 53 days.
    // Open on 31 July 2024: E4 alone, past 12 weeks since 1 September 2023.
    public static readonly DateOnly YearEnd = new(2024, 3, 31);

    public static async Task<IReadOnlyDictionary<string, Person>> MakeAsync(WaymarkDb db)
    {
        var people = "Ada Ben Cat Dee Eve Fay Gil Hal Ida".Split(' ').ToDictionary(n => n, Of);
        db.AddRange(people.Values);
        var e1 = db.AddEnquiry(people["Ada"], new(2023, 5, 4), new(2023, 8, 4), but: Found(OutcomesAsked.Expressed, OutcomesAsked.Expressed, OutcomesAchieved.Fully, CapacityAnswer.Lacks, SupportedBy.Advocate, RiskOutcome.Reduced));
        var e2 = db.AddEnquiry(people["Ben"], new(2023, 7, 3), new(2023, 9, 1), isSection42: false, Found(OutcomesAsked.NotAsked, OutcomesAsked.NotAsked, null, CapacityAnswer.NotKnown, null, null));
        var e3 = db.AddEnquiry(people["Cat"], new(2022, 4, 4), new(2023, 4, 3), but: Found(OutcomesAsked.NotAsked, OutcomesAsked.Expressed, OutcomesAchieved.Partially, CapacityAnswer.Lacks, SupportedBy.FamilyOrFriend, RiskOutcome.Removed));
        var e4 = db.AddEnquiry(people["Fay"], new(2023, 6, 8), null);
        db.AddEnquiry(people["Gil"], new(2023, 9, 1), new(2024, 3, 1), but: e => e.CountsHere = false);
        var e6 = db.AddEnquiry(people["Hal"], new(2023, 10, 1), new(2024, 3, 31), but: Found(OutcomesAsked.NoneExpressed, OutcomesAsked.NoneExpressed, null, CapacityAnswer.HasCapacity, SupportedBy.NotNeeded, RiskOutcome.Remained));
        var e7 = db.AddEnquiry(people["Ida"], new(2024, 1, 1), new(2024, 2, 1), but: Found(OutcomesAsked.NotAsked, OutcomesAsked.Expressed, OutcomesAchieved.NotAchieved, CapacityAnswer.Lacks, SupportedBy.Nobody, null));

        db.AddConcern(people["Ada"], new(2022, 6, 10), ConcernSource.CareProvider, ConcernPathway.Advice);
        var first = db.AddConcern(people["Ada"], new(2023, 5, 2), ConcernSource.CareProvider, ConcernPathway.Section42, c => c.OutcomesAsked = OutcomesAsked.Expressed, e1);
        db.AddConcern(people["Ada"], new(2023, 5, 5), ConcernSource.Police, ConcernPathway.Joined, enquiry: e1);
        var other = db.AddConcern(people["Ben"], new(2023, 7, 1), ConcernSource.CareProvider, ConcernPathway.OtherEnquiry, c => c.Location = RiskLocation.CareHomeNursing, e2);
        db.AddConcern(people["Ben"], new(2024, 3, 31), ConcernSource.FamilyOrFriend, null);
        db.AddConcern(people["Cat"], new(2022, 4, 1), ConcernSource.Hospital, ConcernPathway.Section42, enquiry: e3);
        db.AddConcern(people["Cat"], new(2024, 4, 1), ConcernSource.Hospital, ConcernPathway.Advice);
        db.AddConcern(people["Dee"], new(2023, 12, 25), ConcernSource.Public, ConcernPathway.Closed, c => c.OutcomesAsked = OutcomesAsked.NoneExpressed);
        db.AddConcern(people["Dee"], new(2023, 12, 26), ConcernSource.Public, ConcernPathway.Duplicate);
        db.AddConcern(people["Eve"], new(2023, 8, 8), ConcernSource.OtherCouncil, ConcernPathway.ReferredOn, c => c.InThisArea = YesNoUnknown.No);
        db.AddConcern(people["Fay"], new(2021, 5, 5), ConcernSource.Public, ConcernPathway.Closed);
        db.AddConcern(people["Fay"], new(2023, 6, 6), ConcernSource.Public, ConcernPathway.Section42, enquiry: e4);

        db.AddRange(Risk(first.Id, AbuseType.Neglect), Risk(first.Id, AbuseType.Physical), Risk(other.Id, AbuseType.Neglect));

        // Risks of the enquiries, which the national collection counts: E1 neglect and physical, both by a provider in a residential home; E3 neglect by a provider and financial by
        // somebody known, at home; E6 physical by a stranger in the community; E7 none recorded yet.
        db.AddRange(
            Risk(e1.Id, AbuseType.Neglect, RiskSource.ServiceProvider, RiskLocation.CareHomeResidential), Risk(e1.Id, AbuseType.Physical, RiskSource.ServiceProvider, RiskLocation.CareHomeResidential),
            Risk(e3.Id, AbuseType.Neglect, RiskSource.ServiceProvider, RiskLocation.OwnHome), Risk(e3.Id, AbuseType.Financial, RiskSource.KnownToIndividual, RiskLocation.OwnHome),
            Risk(e6.Id, AbuseType.Physical, RiskSource.UnknownToIndividual, RiskLocation.Community), Risk(e7.Id, AbuseType.SelfNeglect));
        await db.SaveChangesAsync();
        return people;
    }

    private static Action<EnquiryRecord> Found(OutcomesAsked planning, OutcomesAsked close, OutcomesAchieved? achieved, CapacityAnswer capacity, SupportedBy? supported, RiskOutcome? risk) => e =>
    {
        (e.AskedAtPlanning, e.AskedAtClose, e.Achieved, e.Capacity, e.SupportedBy, e.RiskOutcome) = (planning, close, achieved, capacity, supported, risk);
        e.RiskAssessment = risk is null ? RiskAssessmentOutcome.NoRiskNoAction : RiskAssessmentOutcome.IdentifiedAction;
        e.Ended = EnquiryEnd.Made;
    };

    private static SafeguardingRisk Risk(Guid episodeId, AbuseType type, RiskSource? source = null, RiskLocation? location = null) => new() { EpisodeId = episodeId, Type = type, Source = source, Location = location };

    private static Person Of(string name) => new()
    {
        Reference = $"P-{name}", GivenName = name, FamilyName = "Hand", SortKey = $"hand {name.ToLowerInvariant()}", BirthDate = new DateOnly(1940, 1, 1), Sex = Sex.Female, Ethnicity = "A", SupportReason = "Physical Support",
    };
}

using Waymark.Kernel.Measures;
using Waymark.Kernel.People;
using Waymark.Kernel.Ui;

namespace Waymark.Safeguarding.Collection;

/// <summary>One thing that counts in one cell. A cell counts different subjects, so that what is entered twice counts once.</summary>
internal readonly record struct CollectionEntry(int Row, int Column, Guid Subject, Guid? EpisodeId, Guid? PersonId, DateOnly Date);

/// <summary>A table of the collection: its rows and columns by name, and what counts where.</summary>
internal sealed record CollectionTable(string Code, string Title, string Counts, IReadOnlyList<string> Rows, IReadOnlyList<string> Columns, Func<CollectionData, IEnumerable<CollectionEntry>> Entries)
{
    public bool IsVoluntary { get; init; }
}

/// <summary>
/// The tables SG1 to SG5. SG1 counts concerns raised and enquiries started in the year, SG2 to SG4 the enquiries concluded in it, each once in a category however often the
/// category was recorded. Section 42 is what the collection must have; other enquiries and concerns by person are voluntary.
/// </summary>
internal static class CollectionTables
{
    private static readonly AgeBand[] Bands = [new("18 to 64", 18, 65), new("65 to 74", 65, 75), new("75 to 84", 75, 85), new("85 to 94", 85, 95), new("95 and over", 95, null)];
    private static readonly string[] Groups = ["White", "Mixed or multiple", "Asian or Asian British", "Black, Black British, Caribbean or African", "Other", "Refused", "Undeclared or not known"];
    private static readonly string[] Reasons =
        ["Physical Support", "Sensory Support", "Support with Memory and Cognition", "Learning Disability Support", "Mental Health Support", "Social Support", "No Support Reason", "Not known"];

    private static readonly string[] Individuals = ["In concerns", "In section 42 enquiries", "In other enquiries"];
    private static readonly string[] Kinds = ["Section 42 enquiries", "Other enquiries"];
    private static readonly string[] Sources = [.. Kinds.SelectMany(k => Choices.Of<RiskSource>().Select(s => $"{k}: {Format.LowerFirst(s.Text)}"))];
    private static readonly string[] Places = [.. Kinds.SelectMany(k => Choices.Of<RiskLocation>().Select(s => $"{k}: {Format.LowerFirst(s.Text)}"))];
    private static readonly int SourceCount = Enum.GetValues<RiskSource>().Length;
    private static readonly int PlaceCount = Enum.GetValues<RiskLocation>().Length;

    public static IReadOnlyList<CollectionTable> All { get; } =
    [
        Adults("SG1a", "Individuals by age", [.. Bands.Select(b => b.Title), "Not known"], (a, year) => [Age(a, year)]),
        Adults("SG1b", "Individuals by gender", ["Male", "Female", "Other or not known"], (a, _) => [a.Sex switch { Sex.Male => 0, Sex.Female => 1, _ => 2 }]),
        Adults("SG1c", "Individuals by ethnic group", Groups, (a, _) => [Ethnic(a.Ethnicity)]),
        Adults("SG1d", "Individuals by primary support reason", Reasons, (a, _) => [Reason(a.SupportReason)]),
        new("SG1e", "Individuals by reported health conditions", "individuals", [.. Choices.Of<HealthCondition>().Select(c => c.Text), "Not recorded"], Individuals[1..],
            data => data.Started.SelectMany(a => Conditions(a).SelectMany(c => Individual(a, c, a.IsSection42 == true ? 0 : 1)))),
        new("SG1f", "Counts of activity", "concerns and enquiries", ["Safeguarding concerns", "Section 42 enquiries", "Other enquiries"], ["Total"],
            data => data.Concerns.Select(c => Activity(c, 0)).Concat(data.Started.Select(e => Activity(e, e.IsSection42 == true ? 1 : 2)))),
        Concluded("SG2a", "Type of risk by source of risk", Choices.Of<AbuseType>(), Sources, e => e.Risks.Where(r => r.Source is not null).Select(r => ((int)r.Type, (int)r.Source!)), SourceCount),
        Concluded("SG2a_b1", "Type of risk by location of risk", Choices.Of<AbuseType>(), Places, e => e.Risks.Where(r => r.Location is not null).Select(r => ((int)r.Type, (int)r.Location!)), PlaceCount) with
        { IsVoluntary = true },
        Concluded("SG2b", "Location of risk by source of risk", Choices.Of<RiskLocation>(), Sources, e => e.Risks.Where(r => r is { Location: not null, Source: not null }).Select(r => ((int)r.Location!, (int)r.Source!)), SourceCount),
        Concluded("SG2c", "Risk assessment outcome by source of risk", Choices.Of<RiskAssessmentOutcome>(), Sources, e => e.RiskAssessment is { } outcome ? SourcesOf(e).Select(s => ((int)outcome, s)) : [], SourceCount),
        Concluded("SG2e", "What became of an identified risk, by source of risk", Choices.Of<RiskOutcome>(), Sources, e => e.RiskOutcome is { } outcome ? SourcesOf(e).Select(s => ((int)outcome, s)) : [], SourceCount),
        Plain("SG3a", "Mental capacity", [.. Choices.Of<CapacityAnswer>().Select(c => c.Text), "Of those who lacked capacity: supported by an advocate, family or a friend"], Capacity),
        Plain("SG4a", "Making Safeguarding Personal",
            [.. Choices.Of<OutcomesAsked>().Select(c => c.Text), "Not recorded", .. Choices.Of<OutcomesAchieved>().Select(c => $"Of those who said what they want: {Format.LowerFirst(c.Text)}")], Personal),
        new("SG5a", "Safeguarding Adults Reviews", "reviews", ["Where one or more individuals died", "Where no individuals died"], ["Reviews"],
            data => data.Reviews.Select(r => new CollectionEntry(r.Died > 0 ? 0 : 1, 0, r.Id, null, null, r.ConcludedDate))),
        new("SG5b", "People in Safeguarding Adults Reviews", "people", ["Who suffered serious harm and died", "Who suffered serious harm and survived"], ["People"],
            data => data.Reviews.SelectMany(r => People(r, 0, r.Died).Concat(People(r, 1, r.Survived)))),
    ];

    private static CollectionTable Adults(string code, string title, string[] rows, Func<CollectionAdult, CollectionYear, int[]> row) => new(code, title, "individuals", rows, Individuals, data =>
        data.Concerns.SelectMany(a => row(a, data.Year).SelectMany(r => Individual(a, r, 0)))
            .Concat(data.Started.SelectMany(a => row(a, data.Year).SelectMany(r => Individual(a, r, a.IsSection42 == true ? 1 : 2)))));

    private static CollectionTable Concluded(
        string code, string title, IReadOnlyList<Choice> rows, string[] columns, Func<ConcludedEnquiry, IEnumerable<(int Row, int Column)>> cells, int width) =>
        new(code, title, "enquiries concluded", [.. rows.Select(r => r.Text)], columns,
            data => data.Concluded.SelectMany(e => cells(e).Select(c => Enquiry(e, c.Row, c.Column + (e.IsSection42 ? 0 : width)))));

    private static CollectionTable Plain(string code, string title, string[] rows, Func<ConcludedEnquiry, IEnumerable<int>> cells) =>
        new(code, title, "enquiries concluded", rows, Kinds, data => data.Concluded.SelectMany(e => cells(e).Select(r => Enquiry(e, r, e.IsSection42 ? 0 : 1))));

    private static IEnumerable<int> Capacity(ConcludedEnquiry enquiry)
    {
        yield return (int)(enquiry.Capacity ?? CapacityAnswer.NotRecorded);
        if (enquiry is { Capacity: CapacityAnswer.Lacks, SupportedBy: SupportedBy.Advocate or SupportedBy.FamilyOrFriend })
        {
            yield return 4;
        }
    }

    private static IEnumerable<int> Personal(ConcludedEnquiry enquiry)
    {
        yield return enquiry.AskedAtClose is { } asked ? (int)asked : 4;
        if (enquiry is { AskedAtClose: OutcomesAsked.Expressed, Achieved: { } achieved })
        {
            yield return 5 + (int)achieved;
        }
    }

    private static IEnumerable<int> SourcesOf(ConcludedEnquiry enquiry) => enquiry.Risks.Where(r => r.Source is not null).Select(r => (int)r.Source!).Distinct();

    private static IEnumerable<int> Conditions(CollectionAdult adult) => string.IsNullOrEmpty(adult.HealthConditions)
        ? [Enum.GetValues<HealthCondition>().Length]
        : adult.HealthConditions.Split(',').Select(name => (int)Enum.Parse<HealthCondition>(name));

    /// <summary>Age on the last day of the year, or at death. Somebody under 18 is no adult: their age is taken for a mistake.</summary>
    private static int Age(CollectionAdult adult, CollectionYear year)
    {
        var day = adult.DeathDate is { } died && died < year.Last ? died : year.Last;
        if (adult.BirthDate is { } born)
        {
            var age = Names.Age(born, day);
            return age < Bands[0].From ? Bands.Length : Array.FindIndex(Bands, b => b.Below is null || age < b.Below);
        }

        var band = AgeBands.Of(Bands, null, adult.AgeBand, day);
        return Array.FindIndex(Bands, b => b.Title == band) is var index && index >= 0 ? index : Bands.Length;
    }

    /// <summary>By the letter of the NHS code, or by the words of the national list.</summary>
    private static int Ethnic(string? code) => code switch
    {
        null or "" or "99" or "Z" => 6,
        { Length: 1 } => code[0] switch { 'A' or 'B' or 'C' => 0, 'D' or 'E' or 'F' or 'G' => 1, 'H' or 'J' or 'K' or 'L' or 'R' => 2, 'M' or 'N' or 'P' => 3, 'S' => 4, _ => 6 },
        _ when code.StartsWith("White", StringComparison.Ordinal) => 0,
        _ when code.StartsWith("Mixed", StringComparison.Ordinal) => 1,
        _ when code.StartsWith("Asian", StringComparison.Ordinal) => 2,
        _ when code.StartsWith("Black", StringComparison.Ordinal) => 3,
        _ when code.StartsWith("Other", StringComparison.Ordinal) => 4,
        _ when code.Contains("Refused", StringComparison.OrdinalIgnoreCase) => 5,
        _ => 6,
    };

    /// <summary>The group of a reason, whether an extract gives the group or its finer parts ("Physical Support: Personal Care Support").</summary>
    private static int Reason(string? reason) =>
        reason is not null && Array.FindIndex(Reasons, r => reason.StartsWith(r, StringComparison.OrdinalIgnoreCase)) is var index && index >= 0 ? index : Reasons.Length - 1;

    private static IEnumerable<CollectionEntry> Individual(CollectionAdult adult, int row, int column) =>
        adult.PersonId is { } person ? [new CollectionEntry(row, column, person, adult.EpisodeId, person, adult.Date)] : [];

    private static CollectionEntry Activity(CollectionAdult adult, int row) => new(row, 0, adult.EpisodeId, adult.EpisodeId, adult.PersonId, adult.Date);

    private static CollectionEntry Enquiry(ConcludedEnquiry enquiry, int row, int column) => new(row, column, enquiry.EpisodeId, enquiry.EpisodeId, enquiry.PersonId, enquiry.Date);

    /// <summary>So many people of a review, who are not named: each is a subject of their own.</summary>
    private static IEnumerable<CollectionEntry> People(AdultReview review, int row, int count) =>
        Enumerable.Range(0, count).Select(i => new CollectionEntry(row, 0, new Guid(i + 1, (short)row, 0, review.Id.ToByteArray()[8..]), null, null, review.ConcludedDate));
}

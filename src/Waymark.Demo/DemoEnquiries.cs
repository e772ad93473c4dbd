using Waymark.Kernel.People;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Demo;

/// <summary>An enquiry of the story, before it is a record.</summary>
internal sealed class MadeEnquiry
{
    public required Person Person { get; init; }
    public required DateOnly Started { get; init; }
    public required IReadOnlyList<(AbuseType Type, RiskSource Source, RiskLocation Location)> Risks { get; init; }

    /// <summary>The last day on which a concern joined it: it cannot end before.</summary>
    public DateOnly LastJoined { get; set; }
    public DateOnly Given { get; set; }
    public DateOnly? Concluded { get; set; }
    public bool IsSection42 { get; set; }
    public Guid EpisodeId { get; set; }
    public EnquiryAnswers Answers { get; } = new();

    public EnquiryRecord Record(Guid episodeId) => new()
    {
        EpisodeId = episodeId,
        IsSection42 = IsSection42,
        StartedDate = Started,
        ConcludedDate = Concluded,
        InterimProtection = "Seen daily by those who care for them until a worker has it",
        AskedAtPlanning = Answers.Planning,
        AskedAtClose = Answers.Close,
        Achieved = Answers.Achieved,
        Capacity = Answers.Capacity,
        SupportedBy = Answers.SupportedBy,
        HealthConditions = Answers.HealthConditions,
        RiskAssessment = Answers.RiskAssessment,
        RiskOutcome = Answers.RiskOutcome,
        Ended = Concluded is null ? null : Answers.RiskAssessment == RiskAssessmentOutcome.CeasedAtRequest ? EnquiryEnd.CeasedAtRequest : EnquiryEnd.Made,
        HasProtectionPlan = Concluded is null ? null : Answers.RiskOutcome is RiskOutcome.Remained or RiskOutcome.Reduced,
        ReviewConsidered = Concluded is null ? null : false,
    };
}

/// <summary>What was answered in the course of it.</summary>
internal sealed class EnquiryAnswers
{
    public OutcomesAsked? Planning { get; set; }
    public OutcomesAsked? Close { get; set; }
    public OutcomesAchieved? Achieved { get; set; }
    public CapacityAnswer? Capacity { get; set; }
    public SupportedBy? SupportedBy { get; set; }
    public string? HealthConditions { get; set; }
    public RiskAssessmentOutcome? RiskAssessment { get; set; }
    public RiskOutcome? RiskOutcome { get; set; }
}

/// <summary>
/// From concerns to enquiries, how long each was open, and what was found: as many are open and aged on the last days of July 2023 and 2024 as are printed (F-42), and as
/// many answers of each kind in each year as make the printed shares (F-43 to F-45; Table 2 of the source document).
/// </summary>
internal static class DemoEnquiries
{
    private static readonly DateOnly FirstCount = new(2023, 7, 31);

    /// <summary>
    /// For each year to March: section 42 enquiries concluded, of them asked and expressed, of those met and fully met; a risk identified, of those reduced or removed; per cent of
    /// those who lack capacity with an advocate, and per cent asked at planning. 22% fewer were completed in 2023/24; an advocate was recorded 6 points less often in 2022/23.
    /// </summary>
    private static readonly (DateOnly End, int Concluded, int Expressed, int Met, int Fully, int Risk, int Better, int Advocate, int Planning)[] Years =
    [
        (new(2022, 3, 31), 900, 630, 598, 397, 760, 707, 41, 60),
        (new(2023, 3, 31), 1_300, 958, 944, 650, 1_050, 995, 35, 72),
        (new(2024, 3, 31), 1_014, 713, 694, 521, 850, 801, 42, 88),
        (new(2025, 3, 31), 300, 213, 207, 157, 260, 245, 44, 92),
    ];

    public static IReadOnlyList<MadeEnquiry> Of(Random random, int share, List<ToldConcern> concerns)
    {
        var made = Open(concerns);
        foreach (var enquiry in made)
        {
            var days = 6 + (int)(-75 * Math.Log(1 - (0.97 * random.NextDouble())));
            var end = DemoTime.WorkingDayAfter(enquiry.Started.AddDays(days), 0);
            enquiry.Concluded = end > enquiry.LastJoined ? end : enquiry.LastJoined.AddDays(1);
        }

        Hold(random, [.. made.Where(e => e.Started <= FirstCount)], FirstCount, 268 / share, 259 / share);
        Hold(random, made, DemoCounty.Until, 13 / share, 170 / share);
        foreach (var enquiry in made)
        {
            var given = DemoTime.WorkingDayAfter(enquiry.Started, 1 + random.Next(enquiry.Started < FirstCount ? 22 : 9));
            enquiry.Given = enquiry.Concluded is { } end && given >= end ? enquiry.Started : given;
            enquiry.IsSection42 = random.NextDouble() < 0.88;
            (enquiry.Answers.Capacity, enquiry.Answers.HealthConditions) = (Capacity(random), Conditions(random));
        }

        var from = DateOnly.MinValue;
        foreach (var year in Years)
        {
            Answer(random, share, [.. made.Where(e => e.Concluded > from && e.Concluded <= year.End)], year);
            from = year.End;
        }

        foreach (var (concern, enquiry) in concerns.Where(c => c is { GoesToEnquiry: true, Outcome: null }).Select(c => (c, c.Enquiry!)))
        {
            concern.Outcome = enquiry.IsSection42 ? ConcernPathway.Section42 : ConcernPathway.OtherEnquiry;
        }

        return made;
    }

    /// <summary>A concern that goes to an enquiry opens one, or joins the one that a concern of the same person opened within four weeks before.</summary>
    private static List<MadeEnquiry> Open(List<ToldConcern> concerns)
    {
        var made = new List<MadeEnquiry>();
        var last = new Dictionary<Person, MadeEnquiry>();
        foreach (var concern in concerns.Where(c => c.GoesToEnquiry).OrderBy(c => c.Decided))
        {
            if (last.TryGetValue(concern.Person, out var open) && concern.Decided <= open.Started.AddDays(28))
            {
                (concern.Enquiry, concern.Outcome, open.LastJoined) = (open, ConcernPathway.Joined, concern.Decided);
                continue;
            }

            var enquiry = new MadeEnquiry { Person = concern.Person, Started = concern.Decided, LastJoined = concern.Decided, Risks = concern.Risks };
            (concern.Enquiry, last[concern.Person]) = (enquiry, enquiry);
            made.Add(enquiry);
        }

        return made;
    }

    /// <summary>Leaves just so many open on a day, of those over twelve weeks old and of the younger ones: the latest to end are open, the rest end before.</summary>
    private static void Hold(Random random, List<MadeEnquiry> made, DateOnly day, int aged, int young)
    {
        var isLast = day == DemoCounty.Until;
        foreach (var (group, count) in new[] { (made.Where(e => e.Started < day.AddDays(-84)), aged), (made.Where(e => e.Started >= day.AddDays(-84)), young) })
        {
            var byEnd = group.OrderByDescending(e => e.LastJoined >= day ? DateOnly.MaxValue : e.Concluded).ThenByDescending(e => e.Started).ToList();
            foreach (var enquiry in byEnd.Take(count).Where(e => isLast || e.Concluded <= day))
            {
                enquiry.Concluded = isLast ? null : day.AddDays(1 + random.Next(160));
            }

            foreach (var enquiry in byEnd.Skip(count).Where(e => e.Concluded >= day))
            {
                var first = (enquiry.LastJoined > enquiry.Started ? enquiry.LastJoined : enquiry.Started).AddDays(1);
                var latest = day.AddDays(-1);
                enquiry.Concluded = first >= latest ? latest : latest.AddDays(-random.Next(Math.Min(120, latest.DayNumber - first.DayNumber)));
            }
        }
    }

    private static void Answer(Random random, int share, List<MadeEnquiry> concluded, (DateOnly End, int Concluded, int Expressed, int Met, int Fully, int Risk, int Better, int Advocate, int Planning) year)
    {
        var all = concluded.ToArray();
        random.Shuffle(all);
        var wanted = Math.Min(all.Length, year.Concluded / share);
        var fits = wanted == year.Concluded / share;
        int Of(int number) => fits ? number / share : number * wanted / year.Concluded;
        for (var i = 0; i < all.Length; i++)
        {
            all[i].IsSection42 = i < wanted;
            Outcomes(random, all[i].Answers, i % Math.Max(1, wanted), Of(year.Expressed), Of(year.Met), Of(year.Fully), year.Planning);
            Found(random, all[i].Answers, year.Advocate);
        }

        // Who had a risk that was reduced has nothing to do with who had said what they want.
        random.Shuffle(all);
        var section42 = all.Where(e => e.IsSection42).ToArray();
        for (var i = 0; i < section42.Length; i++)
        {
            Risk(random, section42[i].Answers, i, Of(year.Risk), Of(year.Better));
        }

        foreach (var other in all.Where(e => !e.IsSection42))
        {
            Risk(random, other.Answers, random.Next(100), 75, 70);
        }
    }

    private static void Outcomes(Random random, EnquiryAnswers answers, int i, int expressed, int met, int fully, int planning)
    {
        answers.Planning = random.Next(100) < planning ? random.NextDouble() < 0.85 ? OutcomesAsked.Expressed : OutcomesAsked.NoneExpressed : OutcomesAsked.NotAsked;
        answers.Close = i < expressed ? OutcomesAsked.Expressed : random.NextDouble() switch { < 0.55 => OutcomesAsked.NoneExpressed, < 0.95 => OutcomesAsked.NotAsked, _ => OutcomesAsked.NotKnown };
        answers.Achieved = i >= expressed ? null : i < fully ? OutcomesAchieved.Fully : i < met ? OutcomesAchieved.Partially : OutcomesAchieved.NotAchieved;
    }

    private static void Found(Random random, EnquiryAnswers answers, int advocate) => answers.SupportedBy = answers.Capacity == CapacityAnswer.Lacks
        ? random.Next(100) < advocate ? SupportedBy.Advocate : random.NextDouble() < 0.7 ? SupportedBy.FamilyOrFriend : SupportedBy.Nobody
        : random.NextDouble() < 0.7 ? SupportedBy.NotNeeded : SupportedBy.FamilyOrFriend;

    private static void Risk(Random random, EnquiryAnswers answers, int i, int identified, int better)
    {
        answers.RiskOutcome = i >= identified ? null : i >= better ? RiskOutcome.Remained : random.NextDouble() < 0.62 ? RiskOutcome.Reduced : RiskOutcome.Removed;
        answers.RiskAssessment = i < identified
            ? random.NextDouble() < 0.93 ? RiskAssessmentOutcome.IdentifiedAction : RiskAssessmentOutcome.IdentifiedNoAction
            : random.NextDouble() switch
            {
                < 0.3 => RiskAssessmentOutcome.InconclusiveAction,
                < 0.4 => RiskAssessmentOutcome.InconclusiveNoAction,
                < 0.6 => RiskAssessmentOutcome.NoRiskAction,
                < 0.85 => RiskAssessmentOutcome.NoRiskNoAction,
                _ => RiskAssessmentOutcome.CeasedAtRequest,
            };
    }

    private static CapacityAnswer Capacity(Random random) => random.NextDouble() switch { < 0.34 => CapacityAnswer.Lacks, < 0.92 => CapacityAnswer.HasCapacity, < 0.98 => CapacityAnswer.NotKnown, _ => CapacityAnswer.NotRecorded };

    private static string Conditions(Random random) => random.NextDouble() switch
    {
        < 0.2 => nameof(HealthCondition.None),
        < 0.42 => nameof(HealthCondition.Dementia),
        < 0.55 => nameof(HealthCondition.LearningDisability),
        < 0.75 => nameof(HealthCondition.OtherMentalHealth),
        < 0.9 => nameof(HealthCondition.OtherPhysical),
        < 0.95 => $"{nameof(HealthCondition.Stroke)},{nameof(HealthCondition.OtherPhysical)}",
        _ => $"{nameof(HealthCondition.Dementia)},{nameof(HealthCondition.Parkinsons)}",
    };
}

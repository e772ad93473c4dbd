using Waymark.Kernel.Forms;

namespace Waymark.Assessment.CareActAssessment;

/// <summary>
/// A needs assessment (Care Act 2014, section 9). The decision follows from the answers: needs from an impairment or illness, two or more of the ten outcomes that
/// cannot be achieved, and a significant impact on wellbeing (SI 2015/313, regulation 2). The carer is asked about after, and never counts in it.
/// </summary>
[Form("care-act-assessment", "Care Act assessment", Minutes = 45)]
public sealed record CareActAssessmentForm : Form
{
    private const string CarriedOut = nameof(Result) + "=" + nameof(AssessmentResult.CarriedOut);
    private const string Unable = "=Cannot|Pain|Danger|Longer";
    private const string WhatHappens = "What happens, how often, and what helps?";

    [Question("How did this end?", Required = true)] public AssessmentResult? Result { get; init; }

    [Question("When and how did the person refuse?", Required = true, Lines = 3, When = nameof(Result) + "=Refused", Section = "Without an assessment")] public string? Refusal { get; init; }
    [Question("Do they have capacity to decide to refuse?", Required = true, When = nameof(Result) + "=Refused")] public bool? CanRefuse { get; init; }
    [Question("Is it in their best interests to be assessed?", Required = true, When = nameof(CanRefuse) + "=No")] public bool? IsInBestInterests { get; init; }
    [Question("Are they experiencing, or at risk of, abuse or neglect?", Required = true, When = nameof(Result) + "=Refused")] public bool? IsAtRisk { get; init; }
    [Question("Date of death", Required = true, When = nameof(Result) + "=Died")] public DateOnly? DeathDate { get; init; }
    [Question("Where to, and whom there was told", Required = true, Lines = 3, When = nameof(Result) + "=Moved")] public string? MovedTo { get; init; }
    [Question("Where to, and why that is enough", Required = true, Lines = 3, When = nameof(Result) + "=Signposted")] public string? SignpostedTo { get; init; }

    [Question("When did the assessment start?", Required = true, When = CarriedOut, Section = "The conversation")] public DateOnly? StartedDate { get; init; }
    [Question("Who took part?", Required = true, When = CarriedOut)] public WhoTookPart? WhoTookPart { get; init; }
    [Question("What matters to the person?", Hint = "In their own words", Required = true, Lines = 5, When = CarriedOut, Prefill = "what-matters")] public string? WhatMatters { get; init; }
    [Question("What does the person want to achieve?", Hint = "The outcomes they wish for in day-to-day life", Required = true, Lines = 5, When = CarriedOut)] public string? DesiredOutcomes { get; init; }
    [Question("Strengths, and who and what helps already", Lines = 4, When = CarriedOut)] public string? Strengths { get; init; }

    [Question("How does the person communicate?", Lines = 2, When = CarriedOut, Prefill = "person.communication-needs", Section = "Being involved")] public string? Communication { get; init; }
    [Question("Does the person have substantial difficulty in being involved?", Hint = "Section 67", Required = true, When = CarriedOut)] public bool? HasDifficulty { get; init; }
    [Question("With what?", Required = true, When = nameof(HasDifficulty) + "=Yes")] public IReadOnlyList<Difficulty>? Difficulties { get; init; }
    [Question("Is there an appropriate person to support them, whom they want?", Hint = "Not someone paid to care for them", Required = true, When = nameof(HasDifficulty) + "=Yes")] public bool? HasAppropriatePerson { get; init; }
    [Question("Independent advocate", Required = true, When = nameof(HasAppropriatePerson) + "=No")] public AdvocateStep? Advocate { get; init; }
    [Question("Capacity to make the decisions in this assessment", Required = true, When = CarriedOut)] public CapacityFinding? Capacity { get; init; }
    [Question("Which decision, how it was assessed, and what is in their best interests", Required = true, Lines = 4, When = nameof(Capacity) + "=LacksCapacity")] public string? BestInterests { get; init; }

    [Question("Do the needs arise from, or relate to, a physical or mental impairment or illness?", Required = true, When = CarriedOut, Section = "Needs")] public bool? FromImpairment { get; init; }
    [Question("Which?", Required = true, Lines = 2, When = nameof(FromImpairment) + "=Yes")] public string? Impairment { get; init; }
    [Question("Main reason for support", Required = true, When = CarriedOut)] public PrimarySupportReason? SupportReason { get; init; }
    [Question("Do the needs fluctuate?", Required = true, When = CarriedOut)] public bool? Fluctuates { get; init; }
    [Question("Over how long were they looked at, and how are they at their worst?", Required = true, Lines = 3, When = nameof(Fluctuates) + "=Yes")] public string? Fluctuation { get; init; }

    [Question("Managing and maintaining nutrition", Hint = "For each outcome, answer as if no carer were there", Required = true, When = CarriedOut, Section = "The ten outcomes")] public Ability? Nutrition { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Nutrition) + Unable)] public string? NutritionDetail { get; init; }
    [Question("Maintaining personal hygiene", Required = true, When = CarriedOut)] public Ability? Hygiene { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Hygiene) + Unable)] public string? HygieneDetail { get; init; }
    [Question("Managing toilet needs", Required = true, When = CarriedOut)] public Ability? Toilet { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Toilet) + Unable)] public string? ToiletDetail { get; init; }
    [Question("Being appropriately clothed", Required = true, When = CarriedOut)] public Ability? Clothing { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Clothing) + Unable)] public string? ClothingDetail { get; init; }
    [Question("Being able to make use of the home safely", Required = true, When = CarriedOut)] public Ability? HomeSafety { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(HomeSafety) + Unable)] public string? HomeSafetyDetail { get; init; }
    [Question("Maintaining a habitable home environment", Required = true, When = CarriedOut)] public Ability? HabitableHome { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(HabitableHome) + Unable)] public string? HabitableHomeDetail { get; init; }
    [Question("Developing and maintaining family or other personal relationships", Required = true, When = CarriedOut)] public Ability? Relationships { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Relationships) + Unable)] public string? RelationshipsDetail { get; init; }
    [Question("Accessing and engaging in work, training, education or volunteering", Required = true, When = CarriedOut)] public Ability? Work { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Work) + Unable)] public string? WorkDetail { get; init; }
    [Question("Making use of facilities or services in the community, including public transport and recreation", Required = true, When = CarriedOut)] public Ability? Community { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Community) + Unable)] public string? CommunityDetail { get; init; }
    [Question("Carrying out any caring responsibilities for a child", Required = true, When = CarriedOut)] public Ability? Children { get; init; }
    [Question(WhatHappens, Required = true, Lines = 2, When = nameof(Children) + Unable)] public string? ChildrenDetail { get; init; }

    [Question("As a consequence, is there or is there likely to be a significant impact on wellbeing?", Required = true, When = CarriedOut, Section = "Eligibility")] public bool? HasImpact { get; init; }
    [Question("On which areas of wellbeing?", Required = true, When = nameof(HasImpact) + "=Yes")] public IReadOnlyList<WellbeingArea>? Wellbeing { get; init; }
    [Question("Reasons for the decision, as they are given to the person in writing", Hint = "Section 13. Needs are eligible when they come from an impairment or illness, two or more outcomes cannot be achieved, and wellbeing is significantly affected", Required = true, Lines = 5, When = CarriedOut)]
    public string? Reasons { get; init; }

    [Question("Does a carer help now, unpaid?", Hint = "Recorded after the decision, which takes no account of it", Required = true, When = CarriedOut, Section = "Carers and family")] public bool? HasCarer { get; init; }
    [Question("Who, and what do they do?", Required = true, Lines = 3, When = nameof(HasCarer) + "=Yes")] public string? CarerDoes { get; init; }
    [Question("Are they able and willing to go on?", Required = true, When = nameof(HasCarer) + "=Yes")] public CarerFooting? CarerFooting { get; init; }
    [Question("Carer's own assessment", Required = true, When = nameof(HasCarer) + "=Yes")] public CarerAssessmentOffer? CarerAssessment { get; init; }
    [Question("Does a child or young person give care, or is one affected?", Hint = "The whole family", Required = true, When = CarriedOut)] public bool? AffectsChild { get; init; }
    [Question("Who, and what was done about it?", Required = true, Lines = 3, When = nameof(AffectsChild) + "=Yes")] public string? AffectedChild { get; init; }

    [Question("Ordinary residence", Required = true, When = CarriedOut, Section = "Whose duty")] public OrdinaryResidence? Residence { get; init; }
    [Question("Which council, and what was agreed with it?", Required = true, Lines = 2, When = nameof(Residence) + "=AnotherCouncil|NotDecided")] public string? OtherCouncil { get; init; }
    [Question("Entitled to aftercare under section 117 of the Mental Health Act?", Required = true, When = CarriedOut)] public bool? HasAftercare { get; init; }
    [Question("NHS continuing healthcare checklist", Required = true, When = CarriedOut)] public HealthcareChecklist? Checklist { get; init; }

    [Question("Next steps", Required = true, When = CarriedOut, Section = "What happens next")] public IReadOnlyList<NextStep>? NextSteps { get; init; }
    [Question("Information and advice given, when and in what format", Required = true, Lines = 3, When = CarriedOut)] public string? Advice { get; init; }
    [Question("When was the person given the decision and its reasons in writing?", Hint = "Leave it empty until it is done", When = CarriedOut)] public DateOnly? WrittenDate { get; init; }

    public int OutcomesNotAchieved => new[] { Nutrition, Hygiene, Toilet, Clothing, HomeSafety, HabitableHome, Relationships, Work, Community, Children }
        .Count(a => a is Ability.Cannot or Ability.Pain or Ability.Danger or Ability.Longer);

    /// <summary>Regulation 2(1): all three conditions.</summary>
    public bool IsEligible => FromImpairment == true && OutcomesNotAchieved >= 2 && HasImpact == true;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (IsInBestInterests == true)
        {
            yield return (nameof(IsInBestInterests), "A person who lacks capacity to refuse is assessed where that is in their best interests (section 11). Carry the assessment out");
        }

        if (Result == AssessmentResult.Refused && IsAtRisk == true)
        {
            yield return (nameof(IsAtRisk), "A person who is, or may be, abused or neglected is assessed though they refuse (section 11). Carry the assessment out as far as it can be");
        }

        foreach (var (question, date) in new[] { (nameof(DeathDate), DeathDate), (nameof(StartedDate), StartedDate), (nameof(WrittenDate), WrittenDate) })
        {
            if (date > facts.Today)
            {
                yield return (question, "The date is in the future. Give the day it happened");
            }
        }

        if (StartedDate is { } started && facts.Episode is { } episode && started < episode.ReceivedDate)
        {
            yield return (nameof(StartedDate), $"The assessment cannot have started before it was asked for, on {Waymark.Kernel.Ui.Format.Date(episode.ReceivedDate)}");
        }

        foreach (var (question, answer) in new[] { (nameof(Nutrition), Nutrition), (nameof(Hygiene), Hygiene), (nameof(Toilet), Toilet), (nameof(Clothing), Clothing) })
        {
            if (answer == Ability.DoesNotArise)
            {
                yield return (question, "This outcome arises for everyone. Say whether the person can achieve it");
            }
        }
    }

    public override Decision Decide(Facts facts) => Decision.Take(Result switch
    {
        AssessmentResult.CarriedOut => IsEligible ? CareActAssessmentPathway.Eligible : CareActAssessmentPathway.NotEligible,
        AssessmentResult.Refused => CareActAssessmentPathway.Declined,
        AssessmentResult.Died => CareActAssessmentPathway.Died,
        AssessmentResult.Moved => CareActAssessmentPathway.Moved,
        _ => CareActAssessmentPathway.Signposted,
    });
}

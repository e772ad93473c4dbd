using Shouldly;
using Waymark.Assessment.CareActAssessment;
using Waymark.Kernel.Forms;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Assessment.CareActAssessment;

public sealed class CareActAssessmentFormTests
{
    private static readonly FormDefinition Definition = FormDefinition.Of<CareActAssessmentForm>();
    private static readonly Facts Facts = new() { Today = new DateOnly(2024, 7, 31), Now = new DateTime(2024, 7, 31, 9, 0, 0, DateTimeKind.Utc) };
    private static readonly CareActAssessmentForm Eligible = Given.AssessmentForm(new DateOnly(2024, 7, 30));

    [Fact]
    public void AW_9_ShortAssessment_AnswersEveryQuestionAsked()
    {
        FormBinder.Bind(Definition, FormBinder.Unbind(Eligible)).Errors.ShouldBeEmpty();
        Eligible.Check(Facts).ShouldBeEmpty();
    }

    [Fact]
    public void AW_9_Outcomes_AreTheTenOfTheRegulation() =>
        Definition.Sections.Single(s => s.Title == "The ten outcomes").Questions.Count(q => q.Kind == QuestionKind.Choice).ShouldBe(10);

    [Fact]
    public void AW_9_Carer_IsAskedAboutAfterTheDecisionAndNeverCounts()
    {
        var sections = Definition.Sections.Select(s => s.Title).ToList();
        sections.IndexOf("Carers and family").ShouldBeGreaterThan(sections.IndexOf("Eligibility"));

        var withCarer = Eligible with { HasCarer = true, CarerDoes = "Everything", CarerFooting = CarerFooting.AbleAndWilling, CarerAssessment = CarerAssessmentOffer.Declined };
        withCarer.Decide(Facts).ShouldBe(Eligible.Decide(Facts));
    }

    [Theory]
    [InlineData(true, 2, true, CareActAssessmentPathway.Eligible)]
    [InlineData(true, 10, true, CareActAssessmentPathway.Eligible)]
    [InlineData(true, 1, true, CareActAssessmentPathway.NotEligible)]
    [InlineData(true, 0, true, CareActAssessmentPathway.NotEligible)]
    [InlineData(false, 2, true, CareActAssessmentPathway.NotEligible)]
    [InlineData(true, 2, false, CareActAssessmentPathway.NotEligible)]
    public void AW_9_Eligibility_NeedsAllThreeConditions(bool impairment, int notAchieved, bool impact, string exit)
    {
        Ability Answer(int place) => place < notAchieved ? (Ability)(1 + (place % 4)) : Ability.Can;
        var form = Eligible with
        {
            FromImpairment = impairment,
            HasImpact = impact,
            Nutrition = Answer(0),
            Hygiene = Answer(1),
            Toilet = Answer(2),
            Clothing = Answer(3),
            HomeSafety = Answer(4),
            HabitableHome = Answer(5),
            Relationships = Answer(6),
            Work = Answer(7),
            Community = Answer(8),
            Children = Answer(9),
        };

        form.OutcomesNotAchieved.ShouldBe(notAchieved);
        form.Decide(Facts).ShouldBe(Decision.Take(exit));
    }

    [Theory]
    [InlineData(AssessmentResult.Refused, CareActAssessmentPathway.Declined)]
    [InlineData(AssessmentResult.Died, CareActAssessmentPathway.Died)]
    [InlineData(AssessmentResult.Moved, CareActAssessmentPathway.Moved)]
    [InlineData(AssessmentResult.Signposted, CareActAssessmentPathway.Signposted)]
    public void Decide_WithoutAnAssessment_TakesItsOwnWayOut(AssessmentResult result, string exit) =>
        (Eligible with { Result = result }).Decide(Facts).ShouldBe(Decision.Take(exit));

    [Fact]
    public void Ask_NotCarriedOut_AsksOnlyWhyAndNothingOfTheAssessment()
    {
        var answers = new Answers();
        answers["result"] = nameof(AssessmentResult.Signposted);

        FormBinder.Bind(Definition, answers).Asked.Select(a => a.Question).ShouldBe(["result", "signposted-to"]);
    }

    [Theory]
    [InlineData(false, true, false, "is-in-best-interests")]
    [InlineData(false, false, true, "is-at-risk")]
    [InlineData(true, null, true, "is-at-risk")]
    [InlineData(true, null, false, null)]
    [InlineData(false, false, false, null)]
    public void Refusal_OfSomeoneAtRiskOrWithoutCapacity_DoesNotEndTheDuty(bool hasCapacity, bool? bestInterests, bool atRisk, string? question)
    {
        var form = new CareActAssessmentForm { Result = AssessmentResult.Refused, Refusal = "By telephone", CanRefuse = hasCapacity, IsInBestInterests = bestInterests, IsAtRisk = atRisk };

        form.Check(Facts).Select(c => FormDefinition.KeyOf(c.Question)).ShouldBe(question is null ? [] : [question]);
    }

    [Fact]
    public void Advocate_SubstantialDifficultyAndNobodyAppropriate_IsRequired()
    {
        var answers = FormBinder.Unbind(Eligible with { HasDifficulty = true, Difficulties = [Difficulty.Retaining], HasAppropriatePerson = false });

        FormBinder.Bind(Definition, answers).Errors.Select(e => e.Field).ShouldBe(["advocate"]);
    }

    [Fact]
    public void Check_OutcomeThatArisesForEveryone_CannotBeLeftOut() =>
        (Eligible with { Toilet = Ability.DoesNotArise }).Check(Facts).Select(c => c.Question).ShouldBe(["Toilet"]);

    [Fact]
    public void Check_DateInTheFuture_IsAnError() =>
        (Eligible with { StartedDate = new DateOnly(2024, 8, 1) }).Check(Facts).Select(c => c.Question).ShouldBe(["StartedDate"]);
}

using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Assessors;
using Waymark.Liberty.Dols.Signing;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.Dols;

/// <summary>DL-1: at least two assessors, none in conflict; a signatory apart from them.</summary>
public sealed class AssessorRulesTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);
    private static readonly Guid Home = Guid.NewGuid();
    private static readonly DolsAssessor Interests = new() { Name = "Bea", Profession = Profession.SocialWorker, IsBestInterests = true, IsEmployedHere = true };
    private static readonly DolsAssessor Professional = new() { Name = "Maeve", Profession = Profession.Nurse, IsBestInterests = true, IsApprovedProfessional = true };
    private static readonly DolsAssessor Doctor = new() { Name = "Noor", Profession = Profession.Doctor, IsMentalHealth = true };

    public static TheoryData<string, string, DolsAssessor> Wrong => new()
    {
        { "mental-health", "takes a doctor", Interests },
        { "best-interests", "takes a best interests assessor", Doctor },
        { "best-interests", "works for Meadow View", new DolsAssessor { Name = "Ian", Profession = Profession.SocialWorker, IsBestInterests = true, AuthorityId = Home } },
        { "eligibility", "approved mental health professional", Interests },
        { "age", "takes a best interests assessor", Doctor },
        { "capacity", "takes a doctor or", new DolsAssessor { Name = "Uma", Profession = Profession.Nurse } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void DL_1_AssessorWhoMayNot_IsNamedWithTheReason(string kind, string why, DolsAssessor who) =>
        Faults(Usual(), kind, who).ShouldContain(f => f.Contains(why, StringComparison.Ordinal));

    [Fact]
    public void DL_1_UsualTwo_AreNoFault_AndAnApprovedProfessionalMayAssessEligibility()
    {
        Faults(Usual(), null, null).ShouldBeEmpty();
        Faults(Usual(), "eligibility", Professional).ShouldBeEmpty();
    }

    [Fact]
    public void DL_1_OneAlone_IsAFault()
    {
        var able = new DolsAssessor { Name = "Both", Profession = Profession.Doctor, IsMentalHealth = true, IsBestInterests = true };
        var faults = AssessorRules.Faults(AssessmentKind.All.ToDictionary(k => k.Key, _ => able), Case(), new Conflicts()).ToList();

        faults.ShouldContain("There must be at least two assessors.");
        faults.ShouldContain("Both cannot make both the mental health and the best interests assessment.");
    }

    [Fact]
    public void DL_1_OwnStaffForAPlaceTheCouncilRuns_IsAFault()
    {
        var own = Case();
        own.IsOwnPlace = true;

        AssessorRules.Faults(Usual().Chosen, own, new Conflicts()).ShouldHaveSingleItem().ShouldContain("The council runs this place");
    }

    [Theory]
    [InlineData(true, false, false, "regulation 10")]
    [InlineData(false, true, false, "regulation 11")]
    [InlineData(false, false, true, "regulation 12")]
    public void DL_1_DeclaredConflict_IsRefusedWithItsRegulation(bool related, bool paid, bool involved, string regulation) =>
        AssessorRules.Faults(Usual().Chosen, Case(), new Conflicts { IsRelated = related, IsPaidByPlace = paid, IsInvolvedInCare = involved }).ShouldHaveSingleItem().ShouldContain(regulation);

    [Theory, BothEngines]
    public async Task DL_1_OnlyTheAppointedAssessorCompletes_AndASignatoryAssessedNothing(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        await site.AcceptsAsync(people, episode.Id);
        await site.AppointsAsync(people, episode.Id);

        (await Should.ThrowAsync<RefusedException>(() => site.AssessesAsync(people, episode.Id, Given.SixMet(Today)[0], people.Team))).Message.ShouldContain("Bea Ives is appointed");
        (await site.InDbAsync(db => db.Set<DolsAssessment>().CountAsync())).ShouldBe(0);
        foreach (var form in Given.SixMet(Today))
        {
            await site.AssessesAsync(people, episode.Id, form);
        }

        await site.FillsInAsync(people.Team, episode.Id, new DolsOutcomeForm { Outcome = AssessedOutcome.AllMet });
        void AssessorWhoAlsoSigns(Viewer v) => v.SignIn(Given.IdOf(people.Interests), "Bea Ives", new HashSet<string>(), new HashSet<string> { Can.ViewWork, "dols.view", "dols.sign" }, [], []);
        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(AssessorWhoAlsoSigns, episode.Id, Given.Grant(Today)))).Message.ShouldContain("someone else must");
        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(people.Signatory, episode.Id, Given.Grant(Today) with { UntilDate = Today.AddMonths(7) }))).Message.ShouldContain("6 months at most");
    }

    [Fact]
    public async Task DL_1_DeclaredInterestInThePerson_KeepsAnAssessorOut()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        await site.AcceptsAsync(people, episode.Id);
        var person = (await site.EpisodeAsync(episode.Id)).PersonId!.Value;
        await site.InDbAsync(async db =>
        {
            db.DeclaredInterests.Add(new DeclaredInterest { UserId = Given.IdOf(people.Interests), PersonId = person, Relation = "My aunt", DeclaredOn = site.CareClock.Now });
            return await db.SaveChangesAsync();
        });

        (await Should.ThrowAsync<RefusedException>(() => site.AppointsAsync(people, episode.Id))).Message.ShouldContain("has declared");
    }

    [Fact]
    public async Task DL_1_EquivalentAssessment_StandsUnderAYear_AndNotOver()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        await site.AcceptsAsync(people, episode.Id);
        await site.AppointsAsync(people, episode.Id);
        var earlier = ((MentalHealthForm)Given.SixMet(Today)[3]) with { Basis = Basis.Equivalent, EquivalentReason = "Nothing has changed" };

        (await site.AssessesAsync(people, episode.Id, earlier with { EquivalentDate = new DateOnly(2023, 7, 31) })).Errors.ShouldHaveSingleItem().Message.ShouldContain("less than 12 months");
        (await site.AssessesAsync(people, episode.Id, earlier with { EquivalentDate = new DateOnly(2023, 8, 1) })).Errors.ShouldBeEmpty();
        (await site.InDbAsync(db => db.Set<DolsAssessment>().Select(a => a.EquivalentDate).SingleAsync())).ShouldBe(new DateOnly(2023, 8, 1));
    }

    [Fact]
    public async Task DL_1_NoDeprivation_IsAnOutcomeInItsOwnRight_AndStopsTheOtherAssessments()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.AsksAsync(people);
        await site.AcceptsAsync(people, episode.Id);
        await site.AppointsAsync(people, episode.Id);
        await site.AssessesAsync(people, episode.Id, Given.BestInterests(Today) with
        {
            IsDeprived = Deprivation.None,
            IsMet = false,
            Necessary = null,
            Proportionate = null,
            LessRestrictive = null,
            MostMonths = null,
            Representative = null,
            Reasons = "Free to leave, and does",
        });

        (await Should.ThrowAsync<RefusedException>(() => site.FillsInAsync(people.Team, episode.Id, new DolsOutcomeForm { Outcome = AssessedOutcome.NotMet }))).Message.ShouldContain("no deprivation of liberty");
        await site.FillsInAsync(people.Team, episode.Id, new DolsOutcomeForm { Outcome = AssessedOutcome.NoDeprivation });
        await site.FillsInAsync(people.Signatory, episode.Id, new DolsDecisionForm { Decided = SignatoryDecision.NoDeprivation, Reasons = "As assessed", Signature = "Ellis Ward" });

        var made = await site.CaseAsync(episode.Id);
        (made.Status, made.CompletedDate, made.WasFullyAssessed).ShouldBe((DolsStatus.NoDeprivation, Today, false));
        (await site.EpisodeAsync(episode.Id)).Departure.ShouldBe("no-deprivation");
    }

    private sealed record Choice(Dictionary<string, DolsAssessor> Chosen);

    private static Choice Usual() => new(AssessmentKind.All.ToDictionary(k => k.Key, k => k == AssessmentKind.MentalHealth || k == AssessmentKind.Eligibility ? Doctor : Interests));

    private static List<string> Faults(Choice usual, string? kind, DolsAssessor? who)
    {
        if (kind is not null)
        {
            usual.Chosen[kind] = who!;
        }

        return [.. AssessorRules.Faults(usual.Chosen, Case(), new Conflicts())];
    }

    private static DolsCase Case() => new()
    {
        EpisodeId = Guid.NewGuid(), AuthorityId = Home, AuthorityName = "Meadow View", Place = PlaceKind.CareHome, Funding = Funding.Council, Kind = RequestKind.Standard, GivenName = "A", FamilyName = "B", ReceivedDate = Today,
    };
}

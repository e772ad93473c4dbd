using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Liberty;
using Waymark.Liberty.Dols;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Assessors;
using Waymark.Liberty.Dols.Requests;
using Waymark.Liberty.Dols.Signing;

namespace Waymark.Tests.Support;

/// <summary>Requests for deprivation of liberty authorisations, from a care home to the signatory.</summary>
public static partial class Given
{
    /// <summary>The people of one council's DoLS work, made once a site.</summary>
    public sealed record DolsPeople(Organisation Home, Action<Viewer> HomeUser, Action<Viewer> Team, Action<Viewer> Signatory, Action<Viewer> Interests, DolsAssessor InterestsAssessor, DolsAssessor Doctor);

    public static async Task<DolsPeople> DolsPeopleAsync(this TestSite site, string home = "Meadow View")
    {
        var organisation = await site.HomeAsync(home);
        await site.TeamAsync($"DoLS Team {home}", DolsPathway.Duty.Key);
        var interests = await site.WorkerAsync($"Bea Ives {home}", Can.DoWork, Can.ViewWork, LibertyCan.View);
        var assessors = await site.InDbAsync(async db =>
        {
            DolsAssessor bia = new() { Name = "Bea Ives", Profession = Profession.SocialWorker, IsBestInterests = true, IsEmployedHere = true, UserId = IdOf(interests) };
            DolsAssessor doctor = new() { Name = "Dr Noor Haq", Profession = Profession.Doctor, IsMentalHealth = true };
            db.AddRange(bia, doctor);
            await db.SaveChangesAsync();
            return (bia, doctor);
        });
        return new DolsPeople(
            organisation,
            await site.HomeUserAsync(organisation),
            await site.WorkerAsync($"Nia Rowe {home}", Can.ViewPeople, Can.EditPeople, Can.ViewWork, Can.DoWork, LibertyCan.View, LibertyCan.Work, LibertyCan.Request, LibertyCan.Return),
            await site.WorkerAsync($"Ellis Ward {home}", Can.ViewPeople, Can.ViewWork, LibertyCan.View, LibertyCan.Sign),
            interests, assessors.bia, assessors.doctor);
    }

    public static Task<Organisation> HomeAsync(this TestSite site, string name) => site.InDbAsync(async db =>
    {
        var home = new Organisation { Name = name, SortKey = Names.Fold(name), Kind = "care-home" };
        db.Organisations.Add(home);
        await db.SaveChangesAsync();
        return home;
    });

    /// <summary>A user of a care home: in a team that is the home's.</summary>
    public static async Task<Action<Viewer>> HomeUserAsync(this TestSite site, Organisation home)
    {
        var user = IdOf(await site.WorkerAsync($"Manager of {home.Name}", LibertyCan.Request));
        var team = await site.InDbAsync(async db =>
        {
            var own = new Team { Key = home.SortKey.Replace(' ', '-'), Name = home.Name, OrganisationId = home.Id };
            db.Teams.Add(own);
            db.TeamMembers.Add(new TeamMember { TeamId = own.Id, UserId = user, FromDate = new DateOnly(2020, 1, 1) });
            await db.SaveChangesAsync();
            return own.Id;
        });
        return viewer => viewer.SignIn(user, home.Name, new HashSet<string>(), new HashSet<string> { LibertyCan.Request }, [team], []);
    }

    /// <summary>Form 1 with an urgent authorisation given the day before the care clock's day.</summary>
    public static RequestForm DolsRequest(DateOnly today, string home = "Meadow View", string given = "Edith", string family = "Marlow", string wishes = "Asks each afternoon to go home") => new()
    {
        SentBy = SentBy.Online,
        Kind = RequestKind.Urgent,
        GivenName = given,
        FamilyName = family,
        BirthDate = new DateOnly(1938, 3, 4),
        Sex = Sex.Female,
        Diagnosis = "Dementia of the Alzheimer type",
        Disability = DisabilityGroup.Dementia,
        Communication = "Speak slowly; wears glasses",
        Authority = home,
        Place = PlaceKind.CareHome,
        ContactPerson = "The manager, 01632 960001",
        Funding = Funding.Council,
        SupervisoryBody = "This council",
        NeededFrom = today,
        Purpose = "Care that she cannot have at home any more",
        Care = "Staff help her wash, dress and eat; someone is near at night",
        Restrictions = "The front door is locked; staff bring her back when she leaves",
        Objects = Objection.Objects,
        Wishes = wishes,
        HasNobody = false,
        Attorney = "None known",
        UrgentDate = today.AddDays(-1),
        UrgentTime = "14:30",
        UrgentDays = 7,
        UrgentReason = "She walked towards the road twice",
        Signature = "R. Hale, manager",
    };

    /// <summary>Fills in a form about nobody yet and sends it.</summary>
    public static async Task<CompletedForm> SendsAsync(this TestSite site, Action<Viewer> who, Form form)
    {
        var definition = FormDefinition.Of(form.GetType());
        var draft = await site.DraftAsync(definition.Key, new DraftSubject(), who);
        await site.TypesAsync(who, draft, [.. FormBinder.Unbind(form).All.Select(a => (a.Key.Field, a.Value))]);
        return await site.CompletesAsync(who, draft, definition.Version);
    }

    /// <summary>A request sent, and its application.</summary>
    public static async Task<Episode> AsksAsync(this TestSite site, DolsPeople people, RequestForm? form = null, Action<Viewer>? who = null)
    {
        var sent = await site.SendsAsync(who ?? people.HomeUser, form ?? DolsRequest(site.CareClock.Today, people.Home.Name));
        sent.Errors.Select(e => e.Message).ShouldBeNone();
        return await site.InDbAsync(async db =>
        {
            var id = await db.FormRevisions.Where(r => r.Id == sent.RevisionId).Select(r => r.EpisodeId).SingleAsync();
            return await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == id);
        });
    }

    private static void ShouldBeNone(this IEnumerable<string> messages)
    {
        if (messages.ToList() is { Count: > 0 } some)
        {
            throw new InvalidOperationException(string.Join("; ", some));
        }
    }

    /// <summary>Checked, its person found and its priority set: it waits for assessors.</summary>
    public static async Task AcceptsAsync(this TestSite site, DolsPeople people, Guid episodeId, params string[] criteria)
    {
        await site.DoAsync<MatchPerson>(async m => await m.RunAsync(await site.SeenAsync(episodeId), null), people.Team);
        await site.DoAsync<Prioritise>(async p => await p.RunAsync(await site.SeenAsync(episodeId), criteria.Length == 0 ? ["objection", "unsettled"] : criteria), people.Team);
        (await site.FillsInAsync(people.Team, episodeId, new DolsCheckForm { Result = CheckResult.Accept, IsOwnPlace = false, NeedsAdvocate = false })).Errors.Select(e => e.Message).ShouldBeNone();
    }

    public static Dictionary<string, Guid?> UsualAssessors(DolsPeople people) => AssessmentKind.All.ToDictionary(
        k => k.Key, k => (Guid?)(k == AssessmentKind.MentalHealth || k == AssessmentKind.Eligibility ? people.Doctor.Id : people.InterestsAssessor.Id));

    public static Task AppointsAsync(this TestSite site, DolsPeople people, Guid episodeId, Dictionary<string, Guid?>? chosen = null, Conflicts? declared = null) =>
        site.DoAsync<AppointAssessors>(async a => await a.RunAsync(await site.SeenAsync(episodeId), chosen ?? UsualAssessors(people), declared ?? new Conflicts(), hasDeclared: true), people.Team);

    /// <summary>One of the six, by whoever is appointed to it.</summary>
    public static async Task<CompletedForm> AssessesAsync(this TestSite site, DolsPeople people, Guid episodeId, AssessmentForm form, Action<Viewer>? who = null)
    {
        var definition = FormDefinition.Of(form.GetType());
        var kind = AssessmentKind.All.First(k => k.FormKey == definition.Key);
        var task = await site.InDbAsync(db => db.EpisodeTasks.Where(t => t.EpisodeId == episodeId && t.TaskKey == kind.Key && t.CompletedOn == null).OrderByDescending(t => t.Id).FirstAsync());
        var by = who ?? (kind == AssessmentKind.MentalHealth || kind == AssessmentKind.Eligibility ? people.Team : people.Interests);
        var draft = await site.DraftAsync(definition.Key, new DraftSubject { EpisodeId = episodeId, VisitId = task.VisitId, TaskId = task.Id }, by);
        await site.TypesAsync(by, draft, [.. FormBinder.Unbind(form).All.Select(a => (a.Key.Field, a.Value))]);
        return await site.CompletesAsync(by, draft, definition.Version);
    }

    /// <summary>All six, met, made today.</summary>
    public static IReadOnlyList<AssessmentForm> SixMet(DateOnly today) =>
    [
        new AgeForm { Evidence = "Birth certificate", Basis = Basis.New, AssessedDate = today, IsMet = true, Reasons = "86 years old" },
        new NoRefusalsForm { HasAdvanceDecision = false, AttorneyObjects = false, Basis = Basis.New, AssessedDate = today, IsMet = true, Reasons = "No attorney, no advance decision" },
        new DolsCapacityForm
        {
            Help = "Seen in the morning, with pictures", Understand = TestedBy.Cannot, Retain = TestedBy.Cannot, Weigh = TestedBy.Cannot, Communicate = TestedBy.Can, IsBecauseOfImpairment = true,
            Basis = Basis.New, AssessedDate = today, IsMet = true, Reasons = "Dementia: cannot hold what the home is for",
        },
        new MentalHealthForm { Disorder = "Dementia", Effect = "Distress in the afternoons", Basis = Basis.New, AssessedDate = today, IsMet = true, Reasons = "A disorder of mind" },
        new EligibilityForm { IsSubjectToAct = false, IsWithinScope = false, Basis = Basis.New, AssessedDate = today, IsMet = true, Reasons = "A care home; not under the Act" },
        BestInterests(today),
    ];

    public static DolsBestInterestsForm BestInterests(DateOnly today, ConsentByWishes consents = ConsentByWishes.NotAsked) => new()
    {
        Consulted = "Her niece, and two of the staff", Situation = "In the home day and night; out in the garden with staff", Restrictions = "A locked door, all the time", Effects = "She tries the door; it keeps her from the road",
        Normality = "Her life before was her own garden and the shops", Wishes = "Asks to go home", Shown = ShownWishes.Objecting, Consents = consents, IsDeprived = Deprivation.Deprived,
        Necessary = "The road", Proportionate = "The garden is open to her", LessRestrictive = "A door sensor was tried", MostMonths = 6, Representative = "Her niece",
        Basis = Basis.New, AssessedDate = today, IsMet = true, Reasons = "In her best interests for now",
    };

    /// <summary>A request that waits for the signatory, all six met.</summary>
    public static async Task<Episode> ToSignatoryAsync(this TestSite site, DolsPeople people)
    {
        var episode = await site.AsksAsync(people);
        await site.AcceptsAsync(people, episode.Id);
        await site.AppointsAsync(people, episode.Id);
        foreach (var form in SixMet(site.CareClock.Today))
        {
            (await site.AssessesAsync(people, episode.Id, form)).Errors.Select(e => e.Message).ShouldBeNone();
        }

        (await site.FillsInAsync(people.Team, episode.Id, new DolsOutcomeForm { Outcome = AssessedOutcome.AllMet })).Errors.Select(e => e.Message).ShouldBeNone();
        return episode;
    }

    public static DolsDecisionForm Grant(DateOnly today) => new()
    {
        Decided = SignatoryDecision.Grant, FromDate = today, UntilDate = today.AddMonths(3), Purpose = "Care in the home",
        Conditions = [new GrantedCondition { Text = "Offer a walk outside each day", DueDate = today.AddDays(28) }],
        Representative = RepresentativeKind.Unpaid, RepresentativeName = "June Marlow, niece", Reasons = "All six are met; proportionate for three months", Signature = "Ellis Ward, head of service",
    };

    public static async Task<Episode> GrantedAsync(this TestSite site, DolsPeople people)
    {
        var episode = await site.ToSignatoryAsync(people);
        (await site.FillsInAsync(people.Signatory, episode.Id, Grant(site.CareClock.Today))).Errors.Select(e => e.Message).ShouldBeNone();
        return episode;
    }

    public static Task<DolsCase> CaseAsync(this TestSite site, Guid episodeId) => site.InDbAsync(db => db.Set<DolsCase>().AsNoTracking().SingleAsync(c => c.EpisodeId == episodeId));
}

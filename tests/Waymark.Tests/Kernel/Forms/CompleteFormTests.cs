using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Forms;

public sealed class CompleteFormTests
{
    private static readonly FormDefinition Definition = FormDefinition.Of<SampleForm>();

    [Theory, BothEngines]
    public async Task Complete_StageForm_StoresQuestionsAsAskedAndMovesTheEpisodeOn(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var (episode, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "Yes"), ("help", "Meals"), ("meals", "7"), ("why-not-known", "typed, then hidden"), ("visited-date", "30/7/2024"));

        var completed = await site.CompletesAsync(ana, draft, 2);

        completed.Errors.ShouldBeEmpty();
        completed.Stage!.Result.ShouldBe(CompletionResult.MovedOn);
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("after");
        var revision = await site.InDbAsync(db => db.FormRevisions.SingleAsync());
        (revision.Number, revision.FormVersion, revision.ExitKey, revision.CompletedDate).ShouldBe((1, 2, "needs", new DateOnly(2024, 7, 31)));
        revision.Hash.ShouldBe(FormContent.HashOf(revision.Content));
        var answers = FormContent.Parse(revision.Content).Flat.ToDictionary(q => q.Text, q => q.Shown);
        answers["What matters to the person?"].ShouldBe("Her dog");
        answers["When was the visit?"].ShouldBe("30 July 2024");
        answers["Savings"].ShouldBe("", "a question asked and not answered stands in the record");
        answers.ShouldNotContainKey("Why is it not yet known?");
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "complete-form"))).ShouldBe(1);
    }

    [Fact]
    public async Task Complete_FaultyAnswers_SaysEachAndChangesNothing()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var (episode, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("has-needs", "Yes"), ("visited-date", "31/6/2024"));

        var completed = await site.CompletesAsync(ana, draft, 2);

        completed.Errors.Select(e => e.Field).ShouldBe(["what-matters", "visited-date"]);
        (await site.EpisodeAsync(episode.Id)).StageKey.ShouldBe("fill");
        (await site.InDbAsync(db => db.FormRevisions.CountAsync())).ShouldBe(0);
        (await site.ReadsAsync(ana, draft))!.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_CheckBetweenAnswersFails_IsAnErrorAtItsQuestion()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var (_, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "No"), ("visited-date", "1/8/2024"));

        (await site.CompletesAsync(ana, draft, 2)).Errors.ShouldBe([new FormError("visited-date", "The visit is in the future; give the day it took place")]);
    }

    [Theory, BothEngines]
    public async Task Complete_StageClosedTwice_TheSecondIsToldByWhomAndWhen(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var (_, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "No"));

        var tries = await Task.WhenAll(new[] { ana, ben, ana, ben }.Select(async worker =>
        {
            try
            {
                return (await site.CompletesAsync(worker, draft, 2)).RevisionId is null ? "no" : "done";
            }
            catch (RefusedException refused)
            {
                return refused.Message;
            }
        }));

        tries.Count(t => t == "done").ShouldBe(1);
        tries.Where(t => t != "done").ShouldAllBe(t => t.Contains("completed this form on 31 July 2024, 10:00"));
        (await site.InDbAsync(db => db.FormRevisions.CountAsync())).ShouldBe(1);
        (await site.TypesAsync(ben, draft, ("what-matters", "Late"))).State.ShouldBe(DraftState.Completed);
    }

    [Fact]
    public async Task Complete_DraftOfAVisitThatHasEnded_IsRefusedAndNothingIsStored()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var (episode, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "Yes"));
        await site.LeavesAsync(episode.Id, "needs", ana);

        await Should.ThrowAsync<RefusedException>(() => site.CompletesAsync(ana, draft, 2));

        (await site.InDbAsync(db => db.FormRevisions.CountAsync())).ShouldBe(0);
        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("Her dog");
    }

    [Fact]
    public async Task Complete_AgainstTheAnswers_NeedsADeclaredWayOutAndAReason()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var (episode, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "Yes"));

        (await Should.ThrowAsync<RefusedException>(() => site.CompletesAsync(ana, draft, 2, "against"))).Field.ShouldBe(CompleteForm.ExitReasonField);
        (await Should.ThrowAsync<RefusedException>(() => site.CompletesAsync(ana, draft, 2, "no-needs", "Because"))).Field.ShouldBe(CompleteForm.ExitField);
        await site.CompletesAsync(ana, draft, 2, "against", "She moved in with her son");

        var closed = await site.EpisodeAsync(episode.Id);
        (closed.ExitKey, closed.ExitReason).ShouldBe(("against", "She moved in with her son"));
        FormContent.Parse(await site.InDbAsync(db => db.FormRevisions.Select(r => r.Content).SingleAsync())).ExitReason.ShouldBe("She moved in with her son");
    }

    [Theory, BothEngines]
    public async Task Open_AfterAMoveBack_StartsFromWhatWasAnsweredAndMakesASecondRevision(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee", Can.DoWork, Can.ViewWork, Can.AllocateWork);
        var (episode, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "Yes"), ("is-helped", "Yes"), ("helpers[a1]", Answers.RowStands), ("helpers.name[a1]", "Ben"));
        await site.CompletesAsync(ana, draft, 2);
        await site.DoAsync<MoveBack>(async m => await m.RunAsync(await site.SeenAsync(episode.Id), "fill", "Look again at help"), ana);

        var again = await site.DraftAsync(Definition.Key, await SubjectAsync(site, episode), ana);
        again.ShouldNotBe(draft);
        var seen = (await site.ReadsAsync(ana, again))!;
        (seen.Answers["what-matters"], seen.Answers["helpers.name", "a1"]).ShouldBe(("Her dog", "Ben"));
        await site.TypesAsync(ana, again, ("has-needs", "No"));
        await site.CompletesAsync(ana, again, 2);

        (await site.InDbAsync(db => db.FormRevisions.OrderBy(r => r.Number).Select(r => r.ExitKey).ToListAsync())).ShouldBe(["needs", "no-needs"]);
    }

    [Fact]
    public async Task Complete_PageOfAnEarlierVersion_IsAskedToLoadAgainAndKeepsItsAnswers()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var (_, draft) = await OpenAsync(site, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "No"));

        (await Should.ThrowAsync<RefusedException>(() => site.CompletesAsync(ana, draft, 1))).Message.ShouldContain("has changed since this page was loaded");
        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("Her dog");
    }

    [Theory, BothEngines]
    public async Task Read_DraftOfAnEarlierVersion_SaysWhatChangedAndNoAnswerIsDropped(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var (episode, _) = await OpenAsync(site, ana);
        var draft = await OldDraftAsync(site, ana, episode);

        var seen = (await site.ReadsAsync(ana, draft))!;

        seen.Answers["what-matters"].ShouldBe("Her dog");
        seen.Changes.ShouldContain(new FormChange(FormChangeKind.Changed, "what-matters", "What is important?", "What matters to the person?"));
        seen.Changes.ShouldContain(new FormChange(FormChangeKind.NoLongerAsked, "pets", "Which pets?", null));
        seen.Changes.ShouldContain(new FormChange(FormChangeKind.Added, "savings", null, "Savings"));
        seen.Changes.ShouldNotContain(c => c.QuestionKey == "has-needs");
        seen.NoLongerAsked.Select(q => (q.Text, q.Answer)).ShouldBe([("Which pets?", "A dog")]);

        await site.CompletesAsync(ana, draft, 2);
        var content = FormContent.Parse(await site.InDbAsync(db => db.FormRevisions.Select(r => r.Content).SingleAsync()));
        content.NoLongerAsked!.Select(q => (q.Text, q.Answer)).ShouldBe([("Which pets?", "A dog")]);
    }

    [Theory, BothEngines]
    public async Task Complete_FormOnNoEpisode_IsStoredForThePersonAndPrefillsTheNext(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var person = await site.SomeoneAsync();
        var draft = await site.DraftAsync(Definition.Key, new DraftSubject { PersonId = person.Id }, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "No"));
        await site.CompletesAsync(ana, draft, 2);

        var next = await site.DraftAsync(Definition.Key, new DraftSubject { PersonId = person.Id }, ana);

        (await site.ReadsAsync(ana, next))!.Suggestions["what-matters"].ShouldBe(new Suggestion("Her dog", "Her dog", "Sample form, 31 July 2024"));
        (await site.ReadsAsync(ana, next))!.Answers["what-matters"].ShouldBe("", "nothing is answered for anyone unseen");
    }

    /// <summary>A draft started when the form asked other questions.</summary>
    internal static Task<Guid> OldDraftAsync(TestSite site, Action<Viewer> worker, Episode episode) => site.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<Waymark.Kernel.Data.WaymarkDb>();
        var now = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc);
        await db.Drafts.Where(d => d.EpisodeId == episode.Id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Slot, (string?)null).SetProperty(d => d.DiscardedOn, now));
        var draft = new Draft
        {
            FormKey = Definition.Key,
            FormVersion = 1,
            EpisodeId = episode.Id,
            VisitId = await db.StageSpans.Where(s => s.EpisodeId == episode.Id && s.ToOn == null).Select(s => s.VisitId).SingleAsync(),
            Asked = """
                [{"Key":"what-matters","Text":"What is important?","Kind":"Text"},{"Key":"pets","Text":"Which pets?","Kind":"Text"},
                 {"Key":"has-needs","Text":"Are there needs for care and support?","Kind":"Choice","Choices":["Yes","No","Not yet known"]}]
                """,
            StartedById = Given.IdOf(worker),
            StartedOn = now,
        };
        db.Drafts.Add(draft);
        foreach (var (question, text) in new[] { ("what-matters", "Her dog"), ("pets", "A dog"), ("has-needs", "No") })
        {
            db.DraftAnswers.Add(new DraftAnswer { DraftId = draft.Id, Question = question, Text = text, SavedById = Given.IdOf(worker), SavedOn = now, SaveNumber = 1 });
        }

        await db.SaveChangesAsync();
        return draft.Id;
    });

    internal static async Task<(Episode Episode, Guid Draft)> OpenAsync(TestSite site, Action<Viewer> worker)
    {
        var person = await site.SomeoneAsync();
        var episode = await site.OpensAsync(new NewEpisode { PathwayKey = SampleFormPathway.PathwayKey, PersonId = person.Id });
        return (episode, await site.DraftAsync(Definition.Key, await SubjectAsync(site, episode), worker));
    }

    internal static async Task<DraftSubject> SubjectAsync(TestSite site, Episode episode) => new() { EpisodeId = episode.Id, VisitId = await site.VisitAsync(episode.Id) };

    private static Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(new SampleFormModule()));
}

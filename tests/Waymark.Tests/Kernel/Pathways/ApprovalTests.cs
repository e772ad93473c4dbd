using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Pathways;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Pathways;

/// <summary>A form completed at a stage that needs approval, from the draft to the decision.</summary>
public sealed class ApprovalTests
{
    private readonly SampleWorkModule module = new();

    [Theory, BothEngines]
    public async Task Approval_IsAskedOnCompleting_NeverDecidedByTheAuthor_AndThenLeadsOn(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine, Given.ModuleOf(module));
        var (ana, ben, mia) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"), await site.WorkerAsync("Mia Poe", Can.ApproveWork, Can.DoWork));
        var episode = await InCheckAsync(site, ana);

        var completed = await CompleteAsync(site, episode, mia);

        completed.Stage!.Result.ShouldBe(CompletionResult.AwaitsApproval);
        (await site.EpisodeAsync(episode)).StageKey.ShouldBe("check");
        var approval = await site.InDbAsync(db => db.Approvals.SingleAsync());
        (approval.RevisionId, approval.ExitKey, approval.AskedById).ShouldBe((completed.RevisionId!.Value, "end", Given.IdOf(mia)));
        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(site, approval.Id, true, mia))).Message.ShouldBe("You wrote this, so someone else must approve it.");
        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(site, approval.Id, true, ben))).Message.ShouldContain("You may not approve");
        (await Should.ThrowAsync<RefusedException>(() => CompleteAsync(site, episode, ben))).Message.ShouldContain("was sent for approval by Mia Poe");

        var boss = await site.WorkerAsync("Kit Roe", Can.ApproveWork);
        (await DecideAsync(site, approval.Id, true, boss)).Result.ShouldBe(CompletionResult.Closed);

        (await site.EpisodeAsync(episode)).Departure.ShouldBe(Departures.Assessed);
        module.Seen[^1].Form.ShouldBeOfType<SampleWorkForm>().IsRight.ShouldBe(true);
        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(site, approval.Id, false, boss, "no"))).Message.ShouldContain("was closed by Kit Roe");
    }

    [Theory, BothEngines]
    public async Task Approval_ReturnedNeedsWords_AndTheFormOpensAgainFromItsAnswers(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine, Given.ModuleOf(module));
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var boss = await site.WorkerAsync("Kit Roe", Can.ApproveWork);
        var episode = await InCheckAsync(site, ana);
        await CompleteAsync(site, episode, ben);
        var approval = await site.InDbAsync(db => db.Approvals.SingleAsync());

        (await Should.ThrowAsync<RefusedException>(() => DecideAsync(site, approval.Id, false, boss, "  "))).Field.ShouldBe("Words");
        (await DecideAsync(site, approval.Id, false, boss, "Say what he wants")).Result.ShouldBe(CompletionResult.Stayed);

        var draft = await site.DraftAsync("sample-work", await SubjectAsync(site, episode), ben);
        (await site.ReadsAsync(ben, draft))!.Answers["is-right"].ShouldBe("Yes");
        (await site.CompletesAsync(ben, draft, 1)).Stage!.Result.ShouldBe(CompletionResult.AwaitsApproval);
        (await site.InDbAsync(db => db.FormRevisions.CountAsync(r => r.EpisodeId == episode))).ShouldBe(2);
    }

    [Fact]
    public async Task CompleteForm_ByWhoeverDidTheStageBefore_IsRefused_AndTheDraftIsKept()
    {
        await using var site = await TestSite.StartAsync(configure: Given.ModuleOf(module));
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await InCheckAsync(site, ana);

        (await Should.ThrowAsync<RefusedException>(() => CompleteAsync(site, episode, ana))).Message.ShouldBe("You completed “Work”, so someone else must complete “Check”.");

        (await site.InDbAsync(db => db.FormRevisions.CountAsync())).ShouldBe(0);
        (await site.InDbAsync(db => db.DraftAnswers.SingleAsync())).Text.ShouldBe("Yes");
        (await site.InDbAsync(db => db.Drafts.SingleAsync())).CompletedOn.ShouldBeNull();
    }

    [Fact]
    public async Task CompleteForm_OfATask_CompletesTheTask()
    {
        await using var site = await TestSite.StartAsync(configure: Given.ModuleOf(module));
        var ana = await site.WorkerAsync("Ana Lee");
        var episode = await InWorkAsync(site, ana);
        var task = await site.InDbAsync(db => db.EpisodeTasks.SingleAsync());
        var draft = await site.DraftAsync("sample-side", new DraftSubject { EpisodeId = episode, VisitId = task.VisitId, TaskId = task.Id }, ana);

        var completed = await site.CompletesAsync(ana, draft, 1);

        (await site.InDbAsync(db => db.EpisodeTasks.SingleAsync())).ShouldSatisfyAllConditions(t => t.RevisionId.ShouldBe(completed.RevisionId), t => t.CompletedById.ShouldBe(Given.IdOf(ana)));
    }

    private static async Task<Guid> InWorkAsync(TestSite site, Action<Viewer> worker)
    {
        var episode = await site.OpensAsync(new NewEpisode { PathwayKey = SampleWork.PathwayKey, PersonId = (await site.SomeoneAsync()).Id });
        await site.DoAsync(async (AllocateEpisode allocate) => await allocate.RunAsync(await site.SeenAsync(episode.Id), Given.IdOf(worker)));
        return episode.Id;
    }

    private static async Task<Guid> InCheckAsync(TestSite site, Action<Viewer> worker)
    {
        var episode = await InWorkAsync(site, worker);
        var task = await site.InDbAsync(db => db.EpisodeTasks.Select(t => t.Id).SingleAsync());
        await site.DoAsync((CompleteTask complete) => complete.RunAsync(task));
        await site.LeavesAsync(episode, "on", worker);
        return episode;
    }

    private static async Task<DraftSubject> SubjectAsync(TestSite site, Guid episode) => new() { EpisodeId = episode, VisitId = await site.VisitAsync(episode) };

    private static async Task<CompletedForm> CompleteAsync(TestSite site, Guid episode, Action<Viewer> worker)
    {
        var draft = await site.DraftAsync("sample-work", await SubjectAsync(site, episode), worker);
        await site.TypesAsync(worker, draft, ("is-right", "Yes"));
        return await site.CompletesAsync(worker, draft, 1);
    }

    private static Task<StageCompleted> DecideAsync(TestSite site, Guid approval, bool approve, Action<Viewer> worker, string? words = null) =>
        site.DoAsync((DecideApproval decide) => decide.RunAsync(approval, approve, words), worker);
}

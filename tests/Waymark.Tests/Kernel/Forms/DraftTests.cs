using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Forms;

public sealed class DraftTests
{
    private static readonly string Key = FormDefinition.Of<SampleForm>().Key;

    [Theory, BothEngines]
    public async Task Save_TwoWorkersOneForm_LastWriterWinsAndTheOtherAnswerIsKept(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var draft = await site.DraftAsync(Key, await PersonAsync(site), ana);

        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"), ("has-needs", "Yes"));
        await site.TypesAsync(ben, draft, ("what-matters", "Her dog and her garden"));
        await site.TypesAsync(ben, draft, ("what-matters", "Her dog and the garden"));

        var seen = (await site.ReadsAsync(ana, draft))!;
        seen.Answers["what-matters"].ShouldBe("Her dog and the garden");
        seen.Answers["has-needs"].ShouldBe("Yes");
        seen.Stamps[new AnswerAddress("what-matters")].ShouldBe(new AnswerStamp("Ben Ode", seen.Stamps[new AnswerAddress("what-matters")].On, IsMine: false));
        seen.Overwritten.ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.Text.ShouldBe("Her dog"), o => o.By.ShouldBe("Ana Lee"));
        seen.Draft.Version.ShouldBe(0, "an autosave is no change that another must be warned of");
    }

    [Theory, BothEngines]
    public async Task Save_TwoWorkersAtTheSameMoment_BothAnswersAreThere(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var draft = await site.DraftAsync(Key, await PersonAsync(site), ana);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => site.TypesAsync(
            i % 2 == 0 ? ana : ben, draft, ("what-matters", $"Text {i}"), (i % 2 == 0 ? "has-needs" : "savings", i % 2 == 0 ? "Yes" : "20"))));

        var seen = (await site.ReadsAsync(ana, draft))!;
        (seen.Answers["has-needs"], seen.Answers["savings"]).ShouldBe(("Yes", "20"));
        seen.Draft.SaveNumber.ShouldBe(10);
    }

    [Theory, BothEngines]
    public async Task Open_TwoWorkersAtOnce_ShareOneDraft(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var person = await PersonAsync(site);

        var drafts = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => site.DraftAsync(Key, person, i % 2 == 0 ? ana : ben)));

        drafts.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Open_AfterAMerge_FindsTheDraftBegunForTheOtherRecord()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var begun = await site.DraftAsync(Key, await PersonAsync(site), ana);
        var kept = await site.SomeoneAsync();
        await site.InDbAsync(db => db.Drafts.ExecuteUpdateAsync(set => set.SetProperty(d => d.PersonId, kept.Id)));

        (await site.DraftAsync(Key, new DraftSubject { PersonId = kept.Id }, ana)).ShouldBe(begun);
    }

    [Fact]
    public async Task Open_AboutNobodyYet_GivesEachItsOwn()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");

        var (first, second) = (await site.DraftAsync(Key, new DraftSubject(), ana), await site.DraftAsync(Key, new DraftSubject(), ana));

        first.ShouldNotBe(second);
    }

    [Theory, BothEngines]
    public async Task Restore_OverwrittenAnswer_ComesBackAndTheOtherIsKeptInTurn(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var draft = await site.DraftAsync(Key, await PersonAsync(site), ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"));
        await site.TypesAsync(ben, draft, ("what-matters", "Nothing"));

        var kept = (await site.ReadsAsync(ana, draft))!.Overwritten[0];
        await site.InScopeAsync(s => s.GetRequiredService<RestoreAnswer>().RunAsync(draft, kept.Id), ana);

        var seen = (await site.ReadsAsync(ana, draft))!;
        seen.Answers["what-matters"].ShouldBe("Her dog");
        seen.Overwritten.Select(o => o.Text).ShouldBe(["Nothing", "Her dog"]);
        (await site.InDbAsync(db => db.Audit.CountAsync(a => a.Act == "restore-answer"))).ShouldBe(1);
    }

    [Fact]
    public async Task Save_TenMegabytes_IsRefusedInPlainWordsAndNothingIsLost()
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var draft = await site.DraftAsync(Key, await PersonAsync(site), ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"));

        var refused = await Should.ThrowAsync<RefusedException>(() => site.TypesAsync(ana, draft, ("what-matters", new string('x', 10_000_000))));

        refused.Field.ShouldBe("what-matters");
        refused.Message.ShouldContain("the most that can be saved is 200,000");
        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("Her dog");
    }

    [Theory, BothEngines]
    public async Task Save_RightToLeftNullAndHalfACharacter_ComesBackReadable(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var ana = await site.WorkerAsync("Ana Lee");
        var draft = await site.DraftAsync(Key, await PersonAsync(site), ana);

        await site.TypesAsync(ana, draft, ("what-matters", "שרה כהן مُحَمَّد\0\r\n" + '\ud83d'));

        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("שרה כהן مُحَمَّد\n\ufffd");
    }

    [Theory]
    [InlineData("no-such-question")]
    [InlineData("helpers.name[../../x]")]
    public async Task Save_QuestionThatNoVersionAsked_IsRefused(string field)
    {
        await using var site = await StartAsync();
        var ana = await site.WorkerAsync("Ana Lee");
        var draft = await site.DraftAsync(Key, new DraftSubject(), ana);

        (await Should.ThrowAsync<RefusedException>(() => site.TypesAsync(ana, draft, (field, "x")))).Message.ShouldContain("has no question");
    }

    [Fact]
    public async Task Save_ByWhoMayNot_SavesNothing()
    {
        await using var site = await StartAsync();
        var (ana, reader) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Rea Der", Can.ViewWork));
        var draft = await site.DraftAsync(Key, new DraftSubject(), ana);

        (await site.TypesAsync(reader, draft, ("what-matters", "x"))).State.ShouldBe(DraftState.NotAllowed);
        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("");
        await Should.ThrowAsync<RefusedException>(() => site.DraftAsync(Key, new DraftSubject(), reader));
    }

    [Theory, BothEngines]
    public async Task Discard_Draft_KeepsItsAnswersAndSaysWhoToALaterSave(Engine engine)
    {
        await using var site = await StartAsync(engine);
        var (ana, ben) = (await site.WorkerAsync("Ana Lee"), await site.WorkerAsync("Ben Ode"));
        var person = await PersonAsync(site);
        var draft = await site.DraftAsync(Key, person, ana);
        await site.TypesAsync(ana, draft, ("what-matters", "Her dog"));

        await site.InScopeAsync(s => s.GetRequiredService<DiscardDraft>().RunAsync(draft), ben);

        var late = await site.TypesAsync(ana, draft, ("what-matters", "Late"));
        late.State.ShouldBe(DraftState.Discarded);
        late.Words.ShouldBe("Ben Ode discarded this form on 31 July 2024, 10:00. What you have typed since is not saved; copy it from the page if you need it.");
        (await site.ReadsAsync(ana, draft))!.Answers["what-matters"].ShouldBe("Her dog");
        (await site.DraftAsync(Key, person, ana)).ShouldNotBe(draft);
    }

    private static Task<TestSite> StartAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(engine, Given.ModuleOf(new SampleFormModule()));

    private static async Task<DraftSubject> PersonAsync(TestSite site) => new()
    {
        PersonId = await site.InDbAsync(async db =>
        {
            var person = new Person { Reference = "P-900001", GivenName = "Amal", FamilyName = "Okafor", SortKey = "okafor amal" };
            db.People.Add(person);
            await db.SaveChangesAsync();
            return person.Id;
        }),
    };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class MergePeopleTests
{
    [Theory, BothEngines]
    public async Task Merge_MovesEverything_AndFindsTheOneThatStays(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (kept, merged) = await TwoAsync(site);
        var note = await site.NoteAsync(merged);
        await HangAsync(site, merged);

        await MergeAsync(site, kept, merged, nameof(Person.NhsNumber), nameof(Person.Phone));

        (await site.InDbAsync(db => db.NoteSubjects.Where(s => s.NoteId == note.Id).Select(s => s.PersonId).SingleAsync())).ShouldBe(kept.Id);
        foreach (var count in await CountsAsync(site, merged.Id))
        {
            count.Value.ShouldBe(0, count.Key);
        }

        var read = await PersonAsync(site, kept.Id);
        (read.NhsNumber, read.Phone, read.PhoneKey).ShouldBe(("9434765919", "01632 960123", "01632960123"));
        (await PersonAsync(site, merged.Id)).MergedIntoId.ShouldBe(kept.Id);
        foreach (var typed in new[] { "okaffor", "943 476 5919", merged.Reference, kept.Reference, "M2" })
        {
            (await site.InScopeAsync(s => s.GetRequiredService<FindPeople>().RunAsync(typed))).Hits.Select(h => h.Reference).ShouldBe([kept.Reference], typed);
        }
    }

    [Theory, BothEngines]
    public async Task Unmerge_AWeekLaterWithNewNotesOnBoth_GivesEachTheirOwnBack(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (kept, merged) = await TwoAsync(site);
        var keptBefore = await site.NoteAsync(kept, "Hers from before");
        var mergedBefore = await site.NoteAsync(merged, "His from before");
        await HangAsync(site, merged);
        var before = await CountsAsync(site, merged.Id);
        var merge = await MergeAsync(site, kept, merged, nameof(Person.NhsNumber), nameof(Person.FamilyName), nameof(Person.Phone));

        site.Time.Advance(TimeSpan.FromDays(7));
        var named = await site.NoteAsync(merged, "Written on the record that had gone");
        var hers = await site.NoteAsync(kept, "Hers from after");
        var his = await site.NoteAsync(kept, "His, written on the joint record");
        var since = await site.InScopeAsync(s => s.GetRequiredService<SinceMerge>().ReadAsync(merge));
        since.Select(w => w.Title).ShouldBe(["Hers from after", "His, written on the joint record"]);
        await UnmergeAsync(site, merge, [since[1].Id]);

        (await NotesOfAsync(site, kept.Id)).ShouldBe([keptBefore.Id, hers.Id], ignoreOrder: true);
        (await NotesOfAsync(site, merged.Id)).ShouldBe([mergedBefore.Id, named.Id, his.Id], ignoreOrder: true);
        var (one, other) = (await PersonAsync(site, kept.Id), await PersonAsync(site, merged.Id));
        (one.NhsNumber, one.FamilyName, one.Phone, one.MergedIntoId).ShouldBe((null, "Okafor", null, null));
        (other.NhsNumber, other.FamilyName, other.Phone, other.MergedIntoId).ShouldBe(("9434765919", "Okaffor", "01632 960123", null));
        foreach (var (table, count) in before)
        {
            (await CountsAsync(site, merged.Id))[table].ShouldBe(table == "NoteSubject.PersonId" ? count + 2 : count, table);
        }

        (await site.InDbAsync(db => db.PersonNames.CountAsync())).ShouldBe(0);
        (await site.InScopeAsync(s => s.GetRequiredService<FindPeople>().RunAsync("okaffor 1971"))).Hits.Single().Id.ShouldBe(merged.Id);
        (await site.InScopeAsync(s => s.GetRequiredService<FindPeople>().RunAsync("okafor 1940"))).Hits.Select(h => h.Id).ShouldBe([kept.Id]);
    }

    [Theory, BothEngines]
    public async Task Unmerge_EpisodeThatGoesBack_TakesWhatWasWrittenOnItSince(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (kept, merged) = await TwoAsync(site);
        var episode = await HangAsync(site, merged);
        var merge = await MergeAsync(site, kept, merged);
        await site.InDbAsync(async db =>
        {
            db.StageSpans.Add(Span(episode, kept.Id, new DateOnly(2024, 7, 3)));
            return await db.SaveChangesAsync();
        });

        await UnmergeAsync(site, merge, []);

        (await site.InDbAsync(db => db.StageSpans.Where(s => s.EpisodeId == episode).Select(s => s.PersonId).ToListAsync())).ShouldBe([merged.Id, merged.Id]);
    }

    [Fact]
    public async Task Unmerge_AFieldChangedSince_StaysAsItWasLeft()
    {
        await using var site = await TestSite.StartAsync();
        var (kept, merged) = await TwoAsync(site);
        var merge = await MergeAsync(site, kept, merged, nameof(Person.Phone));
        var joint = await PersonAsync(site, kept.Id);
        await site.InScopeAsync(s => s.GetRequiredService<EditPerson>().RunAsync(kept.Id, new PersonChange { Details = PersonDetails.Of(joint) with { Phone = "01632 960999" }, Version = joint.Version }));

        await UnmergeAsync(site, merge, []);

        (await PersonAsync(site, kept.Id)).Phone.ShouldBe("01632 960999");
        (await PersonAsync(site, merged.Id)).Phone.ShouldBe("01632 960123");
    }

    [Fact]
    public async Task Merge_WhatMayNotBe_IsRefused()
    {
        await using var site = await TestSite.StartAsync();
        var (kept, merged) = await TwoAsync(site);
        var worker = await site.WorkerAsync("Wyn Worker", Can.EditPeople);
        Task Act(Guid keep, Guid merge, string? reason, Action<Viewer>? by = null) => site.InScopeAsync(s => s.GetRequiredService<MergePeople>().RunAsync(keep, merge, reason, new HashSet<string>()), by);

        (await Should.ThrowAsync<RefusedException>(() => Act(kept.Id, merged.Id, " "))).Field.ShouldBe("Reason");
        (await Should.ThrowAsync<RefusedException>(() => Act(kept.Id, kept.Id, "why"))).Message.ShouldContain("same record");
        await Should.ThrowAsync<RefusedException>(() => Act(kept.Id, Guid.NewGuid(), "why"));
        (await Should.ThrowAsync<RefusedException>(() => Act(kept.Id, merged.Id, "why", worker))).Message.ShouldContain("may not merge");
        await Act(kept.Id, merged.Id, "why");
        (await Should.ThrowAsync<RefusedException>(() => Act(kept.Id, merged.Id, "why"))).Message.ShouldContain("merged already");
        var merge = await site.InDbAsync(db => db.PersonMerges.SingleAsync());
        await UnmergeAsync(site, merge, []);
        (await Should.ThrowAsync<RefusedException>(() => UnmergeAsync(site, merge, []))).Message.ShouldContain("taken apart already");
    }

    /// <summary>A module's new table is merged without a line of code; this says which columns that is, and that each has one key to write down.</summary>
    [Fact]
    public async Task PersonColumns_HaveASingleKey()
    {
        await using var site = await TestSite.StartAsync();
        await site.InDbAsync(db =>
        {
            var columns = PersonColumns.Of(db);
            columns.Select(c => $"{c.Table}.{c.Column}").ShouldContain("PersonRelationship.OtherPersonId");
            columns.Select(c => c.Table).ShouldNotContain("AuditEntry");
            foreach (var table in columns.Select(c => c.Table).Distinct())
            {
                var key = db.Model.GetEntityTypes().First(t => t.GetTableName() == table).FindPrimaryKey()!;
                key.Properties.Select(p => p.Name).ShouldBe(["Id"], table);
            }

            return Task.FromResult(0);
        });
    }

    private static async Task<(Person Kept, Person Merged)> TwoAsync(TestSite site) =>
        (await site.PersonAsync("Amal Okafor", new DateOnly(1940, 3, 12), d => d with { CouncilId = "M1" }),
            await site.PersonAsync("Amal Okaffor", new DateOnly(1971, 3, 12), d => d with { CouncilId = "M2", NhsNumber = "943 476 5919", Phone = "01632 960123" }));

    private static Task<Guid> HangAsync(TestSite site, Person person) => site.InDbAsync(async db =>
    {
        var now = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc);
        var episode = new Episode { Reference = "ASM-2024-000001", PathwayKey = "needs-assessment", PersonId = person.Id, ReceivedOn = now, ReceivedDate = new DateOnly(2024, 7, 1), StageKey = "waiting" };
        db.Add(episode);
        db.Add(Span(episode.Id, person.Id));
        db.Add(new CareEvent { PersonId = person.Id, Kind = CareEventKind.Request, Source = "waymark", Reference = "R1", StartDate = new DateOnly(2024, 7, 1) });
        db.Add(new EpisodeParty { EpisodeId = episode.Id, PersonId = person.Id, Role = "subject" });
        db.Add(new PersonRelationship { PersonId = person.Id, OtherPersonId = Guid.NewGuid(), Kind = "son" });
        db.Add(new PersonAlert { PersonId = person.Id, Kind = "health", Text = "t", Reason = "r", ReviewDate = new DateOnly(2024, 9, 1), ExpiryDate = new DateOnly(2024, 10, 1), AddedOn = now, AddedById = Guid.Empty });
        db.Add(new Restriction { PersonId = person.Id, Field = RestrictedFields.Phone, Reason = "r", OwnerId = Guid.NewGuid(), FromOn = now });
        await db.SaveChangesAsync();
        return episode.Id;
    });

    private static StageSpan Span(Guid episode, Guid person, DateOnly? to = null) => new()
    {
        EpisodeId = episode, PersonId = person, PathwayKey = "needs-assessment", StageKey = "waiting", VisitId = Guid.NewGuid(), VisitDate = new DateOnly(2024, 7, 1),
        FromOn = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc), FromDate = new DateOnly(2024, 7, 1), ToDate = to, ToOn = to is null ? null : new DateTime(2024, 7, 3, 9, 0, 0, DateTimeKind.Utc),
    };

    private static Task<PersonMerge> MergeAsync(TestSite site, Person kept, Person merged, params string[] take) =>
        site.InScopeAsync(s => s.GetRequiredService<MergePeople>().RunAsync(kept.Id, merged.Id, "Same person, she says", take.ToHashSet()));

    private static Task UnmergeAsync(TestSite site, PersonMerge merge, Guid[] theirs) =>
        site.InScopeAsync(s => s.GetRequiredService<UnmergePeople>().RunAsync(merge.Id, "Mother and son", theirs.ToHashSet()));

    private static Task<Person> PersonAsync(TestSite site, Guid id) => site.InDbAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == id));

    private static Task<List<Guid>> NotesOfAsync(TestSite site, Guid personId) => site.InDbAsync(db => db.NoteSubjects.Where(s => s.PersonId == personId).Select(s => s.NoteId).ToListAsync());

    /// <summary>Rows that name the person, by every column of the house.</summary>
    private static Task<Dictionary<string, int>> CountsAsync(TestSite site, Guid personId) => site.InDbAsync(async db =>
    {
        var counts = new Dictionary<string, int>();
        foreach (var column in PersonColumns.Of(db))
        {
            var sql = System.Runtime.CompilerServices.FormattableStringFactory.Create($$"""SELECT COUNT(*) AS "Value" FROM "{{column.Table}}" WHERE "{{column.Column}}" = {0}""", personId);
            counts[$"{column.Table}.{column.Column}"] = (await db.Database.SqlQuery<int>(sql).ToListAsync())[0];
        }

        return counts;
    });
}

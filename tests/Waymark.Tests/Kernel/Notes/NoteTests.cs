using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Notes;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Notes;

public sealed class NoteTests : IAsyncLifetime
{
    private TestSite site = null!;

    public async ValueTask InitializeAsync() => site = await TestSite.StartAsync();

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task AddNote_AboutSeveralPeople_StandsOnEach()
    {
        var amal = await site.PersonAsync("Amal Okafor");
        var chidi = await site.PersonAsync("Chidi Okafor");

        var note = await AddAsync(new NoteDetails { Kind = "visit", Text = "Both were at home.", HappenedDate = new DateOnly(2024, 7, 30), HappenedAt = new TimeOnly(14, 5), PersonIds = [amal.Id, chidi.Id] });

        (await SubjectsAsync(note.Id)).ShouldBe([amal.Id, chidi.Id], ignoreOrder: true);
        note.HappenedOn.ShouldBe(new DateTime(2024, 7, 30, 13, 5, 0, DateTimeKind.Utc));
        note.WrittenOn.ShouldBe(new DateTime(2024, 7, 31, 9, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task AddNote_Wrong_SaysWhatToDo()
    {
        var amal = await site.PersonAsync();
        var good = new NoteDetails { Kind = "call", Text = "Words", PersonIds = [amal.Id] };
        (NoteDetails Wrong, string? Field, string Says)[] cases =
        [
            (good with { Text = " " }, "Text", "Enter the note"),
            (good with { Text = new string('x', 10_000_000) }, "Text", "Attach a longer text"),
            (good with { Kind = "gossip" }, "Kind", "Choose what kind"),
            (good with { HappenedDate = new DateOnly(2024, 8, 1) }, "HappenedDate", "today or in the past"),
            (good with { HappenedDate = new DateOnly(2024, 7, 31), HappenedAt = new TimeOnly(23, 0) }, "HappenedAt", "still to come"),
            (good with { PersonIds = [Guid.NewGuid()] }, null, "who the note is about"),
        ];
        foreach (var (wrong, field, says) in cases)
        {
            var refused = await Should.ThrowAsync<RefusedException>(() => AddAsync(wrong));
            refused.Field.ShouldBe(field);
            refused.Message.ShouldContain(says);
        }

        (await site.InDbAsync(db => db.Notes.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task AddNote_ManagersDecisionByNoManager_IsRefused()
    {
        var amal = await site.PersonAsync();
        var worker = await site.WorkerAsync("Wyn Worker", Can.WriteNotes);

        var refused = await Should.ThrowAsync<RefusedException>(() => AddAsync(new NoteDetails { Kind = "call", Text = "Agreed", IsManagerDecision = true, PersonIds = [amal.Id] }, worker));

        refused.Field.ShouldBe("IsManagerDecision");
    }

    [Fact]
    public async Task CorrectNote_KeepsTheFirstText()
    {
        var amal = await site.PersonAsync();
        var first = await site.NoteAsync(amal, "Her son Ben rang.");

        var second = await site.InScopeAsync(s => s.GetRequiredService<CorrectNote>().RunAsync(first.Id, new NoteDetails { Kind = "call", Text = "Her son Len rang." }));

        var notes = await site.InDbAsync(db => db.Notes.AsNoTracking().ToDictionaryAsync(n => n.Id));
        notes[first.Id].Text.ShouldBe("Her son Ben rang.");
        notes[first.Id].CorrectedById.ShouldBe(second.Id);
        notes[second.Id].CorrectsId.ShouldBe(first.Id);
        (await SubjectsAsync(second.Id)).ShouldBe([amal.Id]);
        var again = await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<CorrectNote>().RunAsync(first.Id, new NoteDetails { Kind = "call", Text = "x" })));
        again.Message.ShouldContain("corrected this note already");
    }

    [Fact]
    public async Task CorrectNote_BySomeoneElse_IsRefused()
    {
        var author = await site.WorkerAsync("Ann Author", Can.WriteNotes);
        var other = await site.WorkerAsync("Oz Other", Can.WriteNotes);
        var note = await site.NoteAsync(await site.PersonAsync(), by: author);

        await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<CorrectNote>().RunAsync(note.Id, new NoteDetails { Kind = "call", Text = "x" }), other));
    }

    [Fact]
    public async Task StrikeNote_WrittenOnTheWrongPerson_MovesWithItsReason()
    {
        var wrong = await site.PersonAsync("Amal Okafor");
        var right = await site.PersonAsync("Amal Okonkwo");
        var first = await site.NoteAsync(wrong, "Frist words");
        var note = await site.InScopeAsync(s => s.GetRequiredService<CorrectNote>().RunAsync(first.Id, new NoteDetails { Kind = "call", Text = "First words" }));

        await site.InScopeAsync(s => s.GetRequiredService<StrikeNote>().RunAsync(note.Id, wrong.Id, "About Mrs Okonkwo", right.Id));

        var standing = await site.InDbAsync(db => db.NoteSubjects.Where(s => s.StruckOn == null).Select(s => new { s.NoteId, s.PersonId }).ToListAsync());
        standing.ShouldAllBe(s => s.PersonId == right.Id);
        standing.Select(s => s.NoteId).ShouldBe([first.Id, note.Id], ignoreOrder: true);
        (await site.InDbAsync(db => db.NoteSubjects.Where(s => s.PersonId == wrong.Id).Select(s => s.StruckReason).Distinct().ToListAsync())).ShouldBe(["About Mrs Okonkwo"]);
    }

    [Fact]
    public async Task StrikeNote_WithoutReason_IsRefused()
    {
        var amal = await site.PersonAsync();
        var note = await site.NoteAsync(amal);

        var refused = await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<StrikeNote>().RunAsync(note.Id, amal.Id, " ")));

        refused.Field.ShouldBe("Reason");
    }

    private Task<Note> AddAsync(NoteDetails details, Action<Viewer>? by = null) => site.InScopeAsync(s => s.GetRequiredService<AddNote>().RunAsync(details), by);

    private Task<List<Guid?>> SubjectsAsync(Guid noteId) => site.InDbAsync(db => db.NoteSubjects.Where(s => s.NoteId == noteId && s.StruckOn == null).Select(s => s.PersonId).ToListAsync());
}

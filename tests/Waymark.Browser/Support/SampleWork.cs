using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Browser.Support;

/// <summary>Work done once so that every page has something to show: two contacts taken to their end about one person, and one still being taken.</summary>
public sealed record SampleWork(string Person, string OpenEpisode, Guid Draft, Guid Revision, Guid EarlierRevision)
{
    private static readonly (string Question, string Text)[] Answers =
    [
        (nameof(ContactForm.Caller), nameof(CallerKind.Person)), (nameof(ContactForm.WhatMatters), "To get out on Sundays, and to keep the garden"),
        (nameof(ContactForm.Outcome), nameof(ContactOutcome.Signposted)),
    ];

    public static async Task<SampleWork> MakeAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var adviser = await db.Users.SingleAsync(u => u.UserName == "asha.patel");
        services.GetRequiredService<Viewer>().SignIn(adviser.Id, adviser.DisplayName, new HashSet<string>(), new HashSet<string> { Can.TakeContacts, Can.DoWork, Can.ViewWork, Can.ViewPeople }, [], []);
        var person = await db.People.OrderBy(p => p.Reference).FirstAsync(p => p.DeathDate == null);
        var earlier = await TakeAsync(services, db, person.Id);
        var later = await TakeAsync(services, db, person.Id);
        var (open, draft) = await StartAsync(services, db, person.Id);
        return new SampleWork(person.Reference, open, draft, later, earlier);
    }

    private static async Task<Guid> TakeAsync(IServiceProvider services, WaymarkDb db, Guid personId)
    {
        var (_, draft) = await StartAsync(services, db, personId);
        var version = await db.Drafts.Where(d => d.Id == draft).Select(d => d.FormVersion).SingleAsync();
        var completed = await services.GetRequiredService<CompleteForm>().RunAsync(new() { DraftId = draft, FormVersion = version });
        completed.Errors.ShouldBeEmpty();
        return completed.RevisionId!.Value;
    }

    private static async Task<(string Reference, Guid Draft)> StartAsync(IServiceProvider services, WaymarkDb db, Guid personId)
    {
        var episode = await services.GetRequiredService<StartContact>().RunAsync("phone", personId);
        var visit = await db.StageSpans.Where(s => s.EpisodeId == episode.Id).Select(s => s.VisitId).FirstAsync();
        var draft = await services.GetRequiredService<OpenDraft>().RunAsync("contact", new DraftSubject { EpisodeId = episode.Id, VisitId = visit });
        await services.GetRequiredService<SaveAnswers>().RunAsync(draft, [.. Answers.Select(a => new TypedAnswer(new AnswerAddress(FormDefinition.KeyOf(a.Question), ""), a.Text))]);
        return (episode.Reference, draft);
    }
}

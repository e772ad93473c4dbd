using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.FrontDoor.Prioritisation;
using Waymark.FrontDoor.Screening;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.FrontDoor.Contacts;

/// <summary>What a contact leaves behind as it moves, in the same transaction: outcome, priority with its table's version, the supervisor's word, the national Request.</summary>
internal static class ContactReactions
{
    public static EpisodeReaction Reaction { get; } = new(ContactPathway.PathwayKey, AfterAsync, BeforeAsync);

    /// <summary>Priority is set before the exit is taken, so that the stage entered, and the assessment opened, have it.</summary>
    private static async Task BeforeAsync(IServiceProvider services, TakenEpisode taken, StageCompletion completion)
    {
        var episode = taken.Episode;
        if (completion.Form is ContactForm { IsPassedOn: true } contact)
        {
            await PrioritiseAsync(services, episode, contact);
        }
        else if (completion.Form is ScreeningForm { Outcome: ScreeningDecision.Forward } screening)
        {
            await ScreenAsync(services, episode, screening);
        }
    }

    private static Task PrioritiseAsync(IServiceProvider services, Episode episode, ContactForm form)
    {
        var (db, clock, viewer) = Of(services);
        var answers = form.PrioritisationAnswers();
        var tool = services.GetRequiredService<PrioritisationTools>().On(clock.Today);
        var result = tool.Prioritise(answers);
        episode.Priority = form.Outcome == ContactOutcome.ActNow ? tool.Urgent : result.Priority;
        episode.PriorityReason = form.Outcome == ContactOutcome.ActNow ? form.ActNowReason : result.Reason;
        db.Add(new PrioritisationRecord
        {
            EpisodeId = episode.Id,
            Answers = JsonSerializer.Serialize(answers),
            Priority = result.Priority,
            Reason = result.Reason,
            TableVersion = result.Version,
            ById = viewer.UserId,
            PrioritisedOn = clock.Now,
        });
        return Task.CompletedTask;
    }

    private static async Task ScreenAsync(IServiceProvider services, Episode episode, ScreeningForm form)
    {
        var (db, clock, viewer) = Of(services);
        var record = await db.Set<PrioritisationRecord>().Where(p => p.EpisodeId == episode.Id).OrderByDescending(p => p.PrioritisedOn).FirstAsync();
        var priority = form.Priority == PriorityCheck.Change ? form.NewPriority!.Value.ToString().ToLowerInvariant() : record.Priority;
        (record.ScreenedPriority, record.ScreenedReason, record.ScreenedById, record.ScreenedOn) = (priority, form.PriorityReason, viewer.UserId, clock.Now);
        if (priority != episode.Priority)
        {
            (episode.Priority, episode.PriorityReason) = (priority, form.PriorityReason);
        }
    }

    private static async Task AfterAsync(IServiceProvider services, StageChange change)
    {
        if (change is { From.Key: "conversation", Form: ContactForm form })
        {
            await SaveContactAsync(services, change, form);
        }

        if (change.HasClosed)
        {
            await WriteRequestAsync(services, change.Episode);
        }
    }

    private static async Task SaveContactAsync(IServiceProvider services, StageChange change, ContactForm form)
    {
        var (db, clock, _) = Of(services);
        var subject = await db.Set<ContactSubject>().SingleAsync(s => s.EpisodeId == change.Episode.Id);
        var contact = await db.Set<Contact>().SingleAsync(c => c.Id == subject.ContactId);
        var outcome = ContactOutcomes.KeyOf(form.Outcome!.Value);
        var policy = services.GetRequiredService<CouncilPolicy>().ListAt("contact.outcomes", clock.Today).FirstOrDefault(o => o.Key == outcome);
        (subject.WhatMatters, subject.AdviceGiven, subject.Outcome) = (form.WhatMatters, form.AdviceGiven, outcome);
        (subject.IsResolved, subject.IsForwarded) = (policy?.Is("resolved") ?? false, form.IsPassedOn);
        db.AddRange(ContactOutcomes.FurtherKeysOf(form).Select(key => new FurtherContactOutcome { ContactId = contact.Id, EpisodeId = subject.EpisodeId, Outcome = key }));

        // One caller for all whom the contact concerns: a wife who rings for her husband and herself is his family, and named on his form alone.
        (contact.CallerName, contact.CallerRelation, contact.CallerPhone) = (form.CallerName ?? contact.CallerName, form.CallerRelation ?? contact.CallerRelation, form.CallerPhone ?? contact.CallerPhone);
        (contact.CallerChecked, contact.Consent) = (form.Checked?.ToString() ?? contact.CallerChecked, form.Consent?.ToString() ?? contact.Consent);
        contact.IsAnonymous |= form.Caller == CallerKind.Anonymous;
        contact.IsThirdParty |= form.Caller is not (CallerKind.Person or CallerKind.Anonymous);
        contact.SavedOn ??= change.On;
        var lastTyped = await db.DraftAnswers.Where(a => db.Drafts.Any(d => d.Id == a.DraftId && d.EpisodeId == change.Episode.Id)).MaxAsync(a => (DateTime?)a.SavedOn);
        contact.SecondsToSave ??= lastTyped is { } typed ? (int)(change.On - typed).TotalSeconds : null;
        change.Episode.Summary = policy?.Title;
        if (form.CallerName is { } name)
        {
            db.Add(new EpisodeParty { EpisodeId = change.Episode.Id, Role = "caller", Name = name, Relation = form.CallerRelation, Detail = form.CallerPhone });
        }
    }

    /// <summary>A finished contact is a national Request where policy list <c>front-door.requests</c> names its outcome.</summary>
    private static async Task WriteRequestAsync(IServiceProvider services, Episode episode)
    {
        var (db, clock, _) = Of(services);
        var subject = db.Set<ContactSubject>().Local.FirstOrDefault(s => s.EpisodeId == episode.Id) ?? await db.Set<ContactSubject>().SingleOrDefaultAsync(s => s.EpisodeId == episode.Id);
        var requests = services.GetRequiredService<CouncilPolicy>().ListAt("front-door.requests", clock.Today);
        if (subject?.Outcome is not { } outcome || episode.PersonId is not { } person || requests.All(r => r.Key != outcome))
        {
            return;
        }

        db.CareEvents.Add(new CareEvent
        {
            PersonId = person,
            Kind = CareEventKind.Request,
            Source = "waymark",
            Reference = episode.Reference,
            StartDate = episode.ReceivedDate,
            EndDate = episode.ClosedDate,
            RouteOfAccess = "Community / other route",
            Outcome = subject.IsForwarded && episode.Departure == Departures.MovedOn ? "Progress to Assessment" : "NFA - Information & Advice / Signposting only",
            EpisodeId = episode.Id,
        });
    }

    private static (WaymarkDb Db, CareClock Clock, Viewer Viewer) Of(IServiceProvider services) =>
        (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<CareClock>(), services.GetRequiredService<Viewer>());
}

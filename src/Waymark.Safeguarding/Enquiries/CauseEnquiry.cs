using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Ui;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>Causes another body to make enquiries (section 42(2)). The enquiry stays with its worker, and its clocks run on.</summary>
[Scoped]
public sealed class CauseEnquiry(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid episodeId, string? body, string? asked, DateOnly? due)
    {
        var name = EnquiryActs.Needed(body, "Enter who is asked to make enquiries", "Body");
        var words = EnquiryActs.Needed(asked, "Enter what they are asked to find out", "Asked");
        if (due is null || due < clock.Today)
        {
            throw new RefusedException("Enter the day by which they return it; it is yet to come", "Due");
        }

        var taken = await EnquiryActs.TakeAsync(desk, episodeId);
        var caused = new CausedEnquiry { EpisodeId = episodeId, Body = name, Asked = words, AskedOn = clock.Now, DueDate = due.Value, AskedById = viewer.UserId };
        db.Add(caused);
        audit.Record("cause-enquiry", taken.Episode, new { caused = caused.Id, caused.DueDate }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>The other body has returned what it found; the council says whether that is enough. Or the request is withdrawn.</summary>
[Scoped]
public sealed class ReturnCausedEnquiry(WaymarkDb db, CareClock clock, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid causedId, string? returned, bool? isEnough)
    {
        var words = EnquiryActs.Needed(returned, "Enter what came back", "Returned");
        var caused = await OpenAsync(causedId);
        (caused.ReturnedOn, caused.Returned) = (clock.Now, words);
        caused.IsEnough = isEnough ?? throw new RefusedException("Say whether it is enough", "IsEnough");
        await SaveAsync(caused, "return-caused-enquiry");
    }

    public async Task WithdrawAsync(Guid causedId, string? reason)
    {
        var words = EnquiryActs.Needed(reason, "Enter why it is withdrawn", "Reason");
        var caused = await OpenAsync(causedId);
        (caused.WithdrawnOn, caused.WithdrawnReason) = (clock.Now, words);
        await SaveAsync(caused, "withdraw-caused-enquiry");
    }

    private async Task<CausedEnquiry> OpenAsync(Guid id)
    {
        var caused = await db.Set<CausedEnquiry>().SingleOrDefaultAsync(c => c.Id == id) ?? throw new RefusedException("There is no such request. Open the page again.");
        return caused is { ReturnedOn: null, WithdrawnOn: null } ? caused
            : throw new RefusedException($"{caused.Body} {(caused.ReturnedOn is { } on ? $"returned this on {Format.DateTime(on)}" : "was told that it is withdrawn")}.");
    }

    private async Task SaveAsync(CausedEnquiry caused, string act)
    {
        var taken = await EnquiryActs.TakeAsync(desk, caused.EpisodeId);
        audit.Record(act, taken.Episode, new { caused = caused.Id, caused.IsEnough }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>SG-5: more time for an enquiry, agreed with a reason. The limit stands, and a breach of it stays one; the agreed day shows beside it.</summary>
[Scoped]
public sealed class ExtendEnquiry(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid episodeId, DateOnly? until, string? reason)
    {
        var words = EnquiryActs.Needed(reason, "Enter why more time is needed", "Reason");
        var taken = await EnquiryActs.TakeAsync(desk, episodeId);
        if (!viewer.MayFor(taken.Episode.TeamId, SafeguardingCan.Approve))
        {
            throw new RefusedException("More time is agreed by a manager who approves enquiries.");
        }

        if (until is null || until <= clock.Today)
        {
            throw new RefusedException("Enter the day until which more time is agreed; it is yet to come", "Until");
        }

        var record = await db.Set<EnquiryRecord>().SingleAsync(e => e.EpisodeId == episodeId);
        audit.Record("extend-enquiry", taken.Episode, new { before = record.ExtendedTo, until }, taken.Episode.PersonId);
        (record.ExtendedTo, record.ExtensionReason, record.ExtendedById) = (until, words, viewer.UserId);
        await desk.SaveAsync(taken.Episode);
    }
}

/// <summary>Names another adult whom an enquiry is about: one large enquiry, many adults.</summary>
[Scoped]
public sealed class AddEnquiryAdult(WaymarkDb db, RecordAccess access, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid episodeId, string? personReference)
    {
        var reference = personReference?.Trim().ToUpperInvariant();
        var taken = await EnquiryActs.TakeAsync(desk, episodeId);
        var person = await access.Visible(db.People).Where(p => p.Reference == reference).Select(p => (Guid?)p.Id).FirstOrDefaultAsync()
            ?? throw new RefusedException("There is no such person whom you may see. Enter the reference, such as P-000123", "Adult");
        if (taken.Episode.PersonId == person || await db.EpisodeParties.AnyAsync(p => p.EpisodeId == episodeId && p.PersonId == person && p.Role == EnquiryPathway.AdultRole))
        {
            throw new RefusedException("The enquiry is about this adult already", "Adult");
        }

        db.EpisodeParties.Add(new EpisodeParty { EpisodeId = episodeId, PersonId = person, Role = EnquiryPathway.AdultRole });
        audit.Record("add-enquiry-adult", taken.Episode, new { person }, person);
        await desk.SaveAsync(taken.Episode);
    }
}

internal static class EnquiryActs
{
    /// <summary>An open enquiry that the viewer may see and work on.</summary>
    public static async Task<TakenEpisode> TakeAsync(EpisodeDesk desk, Guid episodeId)
    {
        var taken = await desk.TakeAsync(episodeId, permission: SafeguardingCan.Enquire);
        return taken.Episode.PathwayKey == EnquiryPathway.PathwayKey ? taken : throw new RefusedException("This is not an enquiry.");
    }

    public static string Needed(string? text, string message, string field) => text?.Trim() is { Length: > 0 } given ? given : throw new RefusedException(message, field);
}

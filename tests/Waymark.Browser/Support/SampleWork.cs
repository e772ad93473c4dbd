using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Assurance.Checker;
using Waymark.FrontDoor.Contacts;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Liberty.Dols;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Browser.Support;

/// <summary>
/// Work done once in the demo county so that every page has something to show: two contacts taken to their end about one person and one still being taken, a
/// published figure, a mass closure that waits for a decision.
/// </summary>
public sealed class SampleWork
{
    private static readonly (string Question, string Text)[] Answers =
    [
        (nameof(ContactForm.Caller), nameof(CallerKind.Person)), (nameof(ContactForm.WhatMatters), "To get out on Sundays, and to keep the garden"),
        (nameof(ContactForm.Outcome), nameof(ContactOutcome.Signposted)),
    ];

    public string Person { get; private set; } = "";
    public Guid PersonId { get; private set; }
    public string OpenEpisode { get; private set; } = "";

    /// <summary>A concern that waits for its screen and an enquiry that waits for a worker.</summary>
    public string Concern { get; private set; } = "";
    public string Enquiry { get; private set; } = "";
    public Guid Draft { get; private set; }
    public Guid Revision { get; private set; }
    public Guid EarlierRevision { get; private set; }
    public string Measure { get; private set; } = "";
    public Guid Figure { get; private set; }
    public Guid Closure { get; private set; }
    public Guid DraftCheck { get; private set; }
    public Guid Note { get; private set; }
    public Guid Attachment { get; private set; }
    public Guid Merge { get; private set; }
    public Guid User { get; private set; }

    /// <summary>A deprivation of liberty request of the county, and one of the care home whose user may be picked.</summary>
    public string DolsRequest { get; private set; } = "";
    public string OwnDolsRequest { get; private set; } = "";
    public Guid Team { get; private set; }

    /// <summary>Someone whose record is restricted, by whom, and a view behind it that waits to be judged.</summary>
    public string Restricted { get; private set; } = "";
    public Guid Restriction { get; private set; }
    public Guid BreakGlass { get; private set; }

    /// <summary>Made before the county, which takes no extract.</summary>
    public required Guid Import { get; init; }

    public async Task MakeAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var everything = services.GetRequiredService<Catalogue>().Permissions.Keys.ToHashSet();
        var adviser = await db.Users.SingleAsync(u => u.UserName == "asha.patel");
        services.GetRequiredService<Viewer>().SignIn(adviser.Id, adviser.DisplayName, new HashSet<string>(), everything, [], []);
        var person = await db.People.OrderBy(p => p.Reference).FirstAsync(p => p.DeathDate == null);
        (Person, PersonId, User) = (person.Reference, person.Id, adviser.Id);
        Team = await db.Teams.OrderBy(t => t.Name).Select(t => t.Id).FirstAsync();
        EarlierRevision = await TakeAsync(services, db);
        Revision = await TakeAsync(services, db);
        (OpenEpisode, Draft) = await StartAsync(services, db);
        await WriteAsync(services);
        await MergeAsync(services);
        await PublishAsync(services);
        await ProposeClosureAsync(services, db);
        await RestrictAsync(db);
        DraftCheck = (await services.GetRequiredService<CheckDraft>().RunAsync([("annual-report.txt", Encoding.UTF8.GetBytes("""
            Annual report 2023/24

            Referrals rose from 1,200 in 2022/23 to 1,500 in 2023/24, an increase of 20%.
            Concerns came from care homes 45%, hospitals 38%, police 19% and others 16%.
            """))])).Id;
        await SafeguardAsync(services, db);
        DolsRequest = await db.Episodes.Where(e => e.PathwayKey == DolsPathway.PathwayKey && e.StageKey == DolsPathway.Check && e.ClosedDate == null).OrderBy(e => e.Reference).Select(e => e.Reference).FirstAsync();
        OwnDolsRequest = await db.Set<DolsCase>().Where(c => c.AuthorityName == "Meadow View" && c.Status == DolsStatus.Granted).OrderBy(c => c.ReceivedDate)
            .Select(c => db.Episodes.Where(e => e.Id == c.EpisodeId).Select(e => e.Reference).First()).FirstAsync();
    }

    private async Task SafeguardAsync(IServiceProvider services, WaymarkDb db)
    {
        var now = services.GetRequiredService<CareClock>().Now;
        var concern = await services.GetRequiredService<RaiseConcern>().AddAsync(new NewConcern
        {
            Channel = ConcernChannel.Professional,
            Source = ConcernSource.Ambulance,
            ReferrerName = "A. Crew",
            ReferrerOrganisation = "Ambulance service",
            PersonId = PersonId,
            ReceivedOn = now,
            RaisedOn = now,
            IdentifiedOn = now,
            Abuse = [AbuseType.SelfNeglect],
            Location = RiskLocation.OwnHome,
        });
        var enquiry = await services.GetRequiredService<Kernel.Pathways.OpenEpisode>().AddAsync(
            new NewEpisode { PathwayKey = EnquiryPathway.PathwayKey, Kind = EnquiryPathway.Section42Kind, PersonId = PersonId, OpenedFromId = concern.Id });
        db.Add(new EnquiryRecord { EpisodeId = enquiry.Id, IsSection42 = true, StartedDate = CareClock.LondonDate(now), InterimProtection = "A neighbour looks in each day" });
        await db.SaveChangesAsync();
        (Concern, Enquiry) = (concern.Reference, enquiry.Reference);
    }

    private async Task RestrictAsync(WaymarkDb db)
    {
        var person = await db.People.OrderByDescending(p => p.Reference).FirstAsync(p => p.MergedIntoId == null);
        var manager = await db.Users.SingleAsync(u => u.UserName == "priya.nair");
        var worker = await db.Users.SingleAsync(u => u.UserName == "jo.mensah");
        var on = new DateTime(2024, 7, 30, 9, 0, 0, DateTimeKind.Utc);
        var restriction = new Restriction { PersonId = person.Id, Reason = "A hidden address", OwnerId = manager.Id, AllowedUserIds = manager.Id.ToString(), FromOn = on };
        var opened = new BreakGlass { UserId = worker.Id, PersonId = person.Id, Reason = "She rang and I was on duty", OpenedOn = on, ExpiresOn = on.AddHours(4), OwnerId = manager.Id };
        db.AddRange(restriction, opened);
        await db.SaveChangesAsync();
        (Restricted, Restriction, BreakGlass) = (person.Reference, restriction.Id, opened.Id);
    }

    private async Task<Guid> TakeAsync(IServiceProvider services, WaymarkDb db)
    {
        var (_, draft) = await StartAsync(services, db);
        var version = await db.Drafts.Where(d => d.Id == draft).Select(d => d.FormVersion).SingleAsync();
        var completed = await services.GetRequiredService<CompleteForm>().RunAsync(new() { DraftId = draft, FormVersion = version });
        completed.Errors.ShouldBeEmpty();
        return completed.RevisionId!.Value;
    }

    private async Task<(string Reference, Guid Draft)> StartAsync(IServiceProvider services, WaymarkDb db)
    {
        var episode = await services.GetRequiredService<StartContact>().RunAsync("phone", PersonId);
        var visit = await db.StageSpans.Where(s => s.EpisodeId == episode.Id).Select(s => s.VisitId).FirstAsync();
        var draft = await services.GetRequiredService<OpenDraft>().RunAsync("contact", new DraftSubject { EpisodeId = episode.Id, VisitId = visit });
        await services.GetRequiredService<SaveAnswers>().RunAsync(draft, [.. Answers.Select(a => new TypedAnswer(new AnswerAddress(FormDefinition.KeyOf(a.Question), ""), a.Text))]);
        return (episode.Reference, draft);
    }

    private async Task WriteAsync(IServiceProvider services)
    {
        Note = (await services.GetRequiredService<AddNote>().RunAsync(new NoteDetails { Kind = "call", Text = "Spoke with the person; all is well.", PersonIds = [PersonId] })).Id;
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("What the occupational therapist wrote."));
        Attachment = (await services.GetRequiredService<AddAttachment>().RunAsync(file, new AttachmentDetails { FileName = "letter.txt", PersonId = PersonId })).Id;
    }

    /// <summary>Two records of one made-up person, made one.</summary>
    private async Task MergeAsync(IServiceProvider services)
    {
        var add = services.GetRequiredService<AddPerson>();
        var kept = await add.RunAsync(new PersonDetails { GivenName = "Ngozi", FamilyName = "Adeyemi" });
        var gone = await add.RunAsync(new PersonDetails { GivenName = "Ngozzi", FamilyName = "Adeyemi" });
        Merge = (await services.GetRequiredService<MergePeople>().RunAsync(kept.Id, gone.Id, "The same woman, spelt wrongly", new HashSet<string>())).Id;
    }

    private async Task PublishAsync(IServiceProvider services)
    {
        var today = services.GetRequiredService<CareClock>().Today;
        Measure = services.GetRequiredService<Catalogue>().Measures.Values.First(m => m is { Fold: Fold.Count, Permission: null, Rows.Kind: MeasureKind.Stock }).Key;
        Figure = (await services.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish(Measure, today, IsPublic: true))).Id;
    }

    private async Task ProposeClosureAsync(IServiceProvider services, WaymarkDb db)
    {
        var waiting = await db.Episodes.Where(e => e.ClosedDate == null).OrderBy(e => e.Reference).Take(3).Select(e => new SeenEpisode(e.Id, e.Version)).ToListAsync();
        Closure = await services.GetRequiredService<ProposeBulkClosure>().RunAsync(waiting, "administrative-closure", "Recorded twice when the old system was closed");
    }
}

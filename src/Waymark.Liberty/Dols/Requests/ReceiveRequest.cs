using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>A completed request becomes an application: its episode, both clocks, the case. Part of completing the form, so all or nothing.</summary>
[Scoped]
public sealed class ReceiveRequest(WaymarkDb db, CareClock clock, Viewer viewer, OpenEpisode open, ClockKeeper clocks, Catalogue catalogue, OwnAuthority own, Auditor audit)
{
    public const string AuthorityRole = "managing-authority";

    public async Task RunAsync(RequestForm form, FormRevision revision)
    {
        var authority = await AuthorityAsync(form);
        var received = form.SentBy == SentBy.OnBehalf && form.ArrivedDate < clock.Today ? CareClock.FromLondon(form.ArrivedDate!.Value, new TimeOnly(9, 0)) : clock.Now;
        var name = authority?.Name ?? form.Authority!.Trim();
        var episode = await open.AddAsync(new NewEpisode
        {
            PathwayKey = DolsPathway.PathwayKey,
            ReceivedOn = received,
            Summary = form.Kind switch { RequestKind.Urgent => $"Urgent and standard, {name}", RequestKind.Further => $"Further authorisation, {name}", _ => $"Standard, {name}" },
            Parties = [new NewParty(AuthorityRole, OrganisationId: authority?.Id, Name: name, Relation: "Managing authority", Detail: form.ContactPerson)],
        });
        revision.EpisodeId = episode.Id;
        StartUrgent(episode, form);
        var made = new DolsCase
        {
            EpisodeId = episode.Id,
            AuthorityId = authority?.Id,
            AuthorityName = name,
            Place = form.Place!.Value,
            CqcLocation = form.CqcLocation,
            Funding = form.Funding!.Value,
            Kind = form.Kind!.Value,
            GivenName = form.GivenName!.Trim(),
            FamilyName = form.FamilyName!.Trim(),
            BirthDate = form.BirthDate,
            RevisionId = revision.Id,
            ReceivedDate = episode.ReceivedDate,
            Disability = form.Disability,
            Religion = form.Religion,
            Orientation = form.Orientation,
            UrgentGivenOn = form.UrgentGivenOn,
            UrgentUntilDate = form.UrgentDate?.AddDays((form.UrgentDays ?? 7) - 1),
        };
        db.Add(made);
        audit.Record("receive-dols-request", made, new { episode = episode.Id, made.Kind, made.AuthorityId });
    }

    /// <summary>The urgent clock runs from the time the managing authority gave it, and to the day it gave itself, if that is less than the law allows.</summary>
    private void StartUrgent(Episode episode, RequestForm form)
    {
        if (form.UrgentGivenOn is not { } given)
        {
            return;
        }

        clocks.Promoted(episode, catalogue.Pathway(DolsPathway.PathwayKey), [(DolsPathway.UrgentGiven, given)]);
        if (form.UrgentDays is { } days and < 7)
        {
            var running = db.EpisodeClocks.Local.Single(c => c.EpisodeId == episode.Id && c.ClockKey == DolsPathway.UrgentClock);
            var last = form.UrgentDate!.Value.AddDays(days - 1);
            (running.DueDate, running.DueOn) = (last, WorkingCalendar.EndOf(last));
            running.Limit = $"{Kernel.Ui.Format.Days(days)}, as the managing authority gave itself";
        }
    }

    /// <summary>A managing authority's user asks for their own place and no other; the council's staff enter what came on paper.</summary>
    private async Task<Organisation?> AuthorityAsync(RequestForm form)
    {
        if (viewer.May(LibertyCan.Work))
        {
            var sortKey = Names.Fold(form.Authority!);
            return await db.Organisations.FirstOrDefaultAsync(o => o.SortKey == sortKey);
        }

        if (form.SentBy == SentBy.OnBehalf)
        {
            throw new RefusedException("Only the council enters a form that came on paper. Say that you ask online.", "sent-by");
        }

        return await own.FindAsync() ?? throw new RefusedException("Your account belongs to no care home or hospital. Ask the council's DoLS team to put you in its team.");
    }
}

/// <summary>The care home or hospital whose user is looking: that of the team they are in.</summary>
[Scoped]
public sealed class OwnAuthority(WaymarkDb db, Viewer viewer)
{
    public Task<Organisation?> FindAsync()
    {
        var teams = viewer.TeamIds.ToList();
        return db.Organisations.FirstOrDefaultAsync(o => db.Teams.Any(t => teams.Contains(t.Id) && t.OrganisationId == o.Id));
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Concerns;

/// <summary>A concern that staff have taken down becomes an episode, and its form the first form of it.</summary>
internal static class TakenConcern
{
    public static FormReaction Reaction { get; } = new(ConcernForm.Key, (services, form, revision) => form is ConcernForm taken ? RaiseAsync(services, taken, revision) : Task.CompletedTask);

    private static async Task RaiseAsync(IServiceProvider services, ConcernForm form, FormRevision revision)
    {
        var (db, now) = (services.GetRequiredService<WaymarkDb>(), services.GetRequiredService<CareClock>().Now);
        var episode = await services.GetRequiredService<RaiseConcern>().AddAsync(Concern(form, revision.PersonId, now));

        // From here on the episode's own rules of access hold for what was written.
        revision.EpisodeId = episode.Id;
        (await db.Drafts.SingleAsync(d => d.Id == revision.DraftId)).EpisodeId = episode.Id;
    }

    private static NewConcern Concern(ConcernForm form, Guid? personId, DateTime now)
    {
        var (raised, received) = form.Arrived(now);
        return new NewConcern
        {
            Channel = form.Channel switch
            {
                TakenChannel.Professional => ConcernChannel.Professional,
                TakenChannel.Provider => ConcernChannel.Provider,
                TakenChannel.OtherCouncil => ConcernChannel.OtherCouncil,
                _ => ConcernChannel.FrontDoor,
            },
            Source = form.Source!.Value,
            PersonId = personId,
            ReceivedOn = received,
            RaisedOn = raised,
            IdentifiedOn = ConcernTimes.At(form.IdentifiedDate!.Value, form.IdentifiedTime, raised),
            HappenedDate = form.HappenedDate,
            HappenedTime = form.HappenedTime,
            ReferrerName = form.ReferrerName,
            ReferrerOrganisation = form.ReferrerOrganisation,
            ReferrerRelation = form.ReferrerRelation,
            ReferrerContact = form.ReferrerContact,
            IsAnonymous = form.Source == ConcernSource.Anonymous,
            IsWhistleblower = form.IsWhistleblower == true,
            KeepsReferrerSecret = form.KeepNameSecret == true || form.IsWhistleblower == true,
            Abuse = form.Abuse ?? [],
            RiskSource = form.RiskSource,
            RiskSourceName = form.RiskSourceName,
            Location = form.Location,
            PlaceName = form.PlaceName,
            InThisArea = form.InThisArea ?? YesNoUnknown.NotKnown,
            OutcomesAsked = form.OutcomesAsked,
            Capacity = form.Capacity,
            IsOrganisational = form.IsOrganisational == true,
            ImmediateProtection = form.ImmediateProtection,
        };
    }
}

using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;

namespace Waymark.FrontDoor.Contacts;

/// <summary>Opens a contact at the first ring: from here every key is saved, and a second call may be taken beside it.</summary>
[Scoped]
public sealed class StartContact(WaymarkDb db, CareClock clock, Viewer viewer, CouncilPolicy policy, OpenEpisode open, Auditor audit)
{
    /// <param name="channel">Key of policy list <c>contact.channels</c>.</param>
    /// <param name="personId">Who it is about, where the page was opened from a person's record.</param>
    public async Task<Episode> RunAsync(string? channel, Guid? personId = null)
    {
        if (policy.ListAt("contact.channels", clock.Today).All(c => c.Key != channel))
        {
            throw new RefusedException("Choose how they got in touch.", "Channel");
        }

        var episode = await open.AddAsync(new NewEpisode { PathwayKey = ContactPathway.PathwayKey, PersonId = personId, WorkerId = viewer.UserId, DespiteDeath = true });
        var contact = new Contact { Channel = channel!, HandlerId = viewer.UserId, StartedOn = clock.Now, ReceivedDate = clock.Today };
        db.Add(contact);
        db.Add(new ContactSubject { ContactId = contact.Id, EpisodeId = episode.Id, PersonId = personId });
        audit.Record("start-contact", contact, new { contact.Channel, episode = episode.Id }, personId);
        await db.SaveChangesAsync();
        return episode;
    }
}

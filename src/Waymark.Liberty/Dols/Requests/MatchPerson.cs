using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>Says whose application it is: a record that is there, or a new one from what the managing authority wrote. Until it is accepted it may be said again.</summary>
[Scoped]
public sealed class MatchPerson(WaymarkDb db, EpisodeDesk desk, RecordAccess access, AddPerson add, Auditor audit)
{
    /// <param name="personReference">A person's reference; null adds a record.</param>
    public async Task RunAsync(SeenEpisode seen, string? personReference)
    {
        var taken = await desk.TakeAsync(seen.Id, seen.Version, LibertyCan.Work);
        var episode = taken.Episode;
        if (taken.Stage.Key != DolsPathway.Check)
        {
            throw new RefusedException($"{episode.Reference} is accepted already. Move it back to the check first, and say why.");
        }

        var made = await db.Set<DolsCase>().SingleAsync(c => c.EpisodeId == episode.Id);
        var person = personReference is null
            ? await add.PrepareAsync(await DetailsAsync(made))
            : await access.Visible(db.People).FirstOrDefaultAsync(p => p.Reference == personReference && p.MergedIntoId == null) ?? throw new RefusedException("There is no such person. Search again.");
        var before = episode.PersonId;
        (episode.PersonId, made.PersonId) = (person.Id, person.Id);
        foreach (var span in await db.StageSpans.Where(s => s.EpisodeId == episode.Id).ToListAsync())
        {
            span.PersonId = person.Id;
        }

        db.RemoveRange(await db.EpisodeParties.Where(p => p.EpisodeId == episode.Id && p.Role == OpenEpisode.SubjectRole).ToListAsync());
        db.EpisodeParties.Add(new EpisodeParty { EpisodeId = episode.Id, PersonId = person.Id, Role = OpenEpisode.SubjectRole });
        audit.Record("match-dols-person", episode, new { before, after = person.Id, isNew = personReference is null }, person.Id);
        await desk.SaveAsync(episode);
    }

    private async Task<PersonDetails> DetailsAsync(DolsCase made)
    {
        var sent = await db.FormRevisions.Where(r => r.Id == made.RevisionId).Select(r => r.Content).FirstOrDefaultAsync();
        var asked = sent is null ? new Answers() : FormContent.Parse(sent).ToAnswers();
        return new PersonDetails
        {
            GivenName = made.GivenName,
            FamilyName = made.FamilyName,
            BirthDate = made.BirthDate,
            Sex = Enum.TryParse<Sex>(asked["sex"], out var sex) ? sex : Sex.NotKnown,
            NhsNumber = asked["nhs-number"] is { Length: > 0 } number ? number : null,
            Address = asked["usual-address"] is { Length: > 0 } address ? address : null,
            CommunicationNeeds = asked["communication"] is { Length: > 0 } needs ? needs : null,
            HasDisability = made.Disability is { } disability ? disability != DisabilityGroup.None : null,
        };
    }
}

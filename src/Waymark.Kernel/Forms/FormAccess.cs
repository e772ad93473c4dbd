using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>Whether the viewer may see or fill in a form: by its permission, or to read by that of viewing work, and by the record it is on.</summary>
[Scoped]
public sealed class FormAccess(RecordAccess records, Viewer viewer)
{
    public async Task<bool> MaySeeAsync(string permission, Guid? episodeId, Guid? personId) =>
        (viewer.May(permission) || viewer.May(Can.ViewWork)) && await SeesRecordAsync(episodeId, personId);

    public Task<bool> MaySeeAsync(DraftView draft) => MaySeeAsync(draft.Definition.Permission, draft.Draft.EpisodeId, draft.PersonId);

    public async Task<bool> SeesRecordAsync(Guid? episodeId, Guid? personId) =>
        episodeId is { } episode ? (await records.SightOfEpisodeAsync(episode)).IsFull
        : personId is null || (await records.SightOfPersonAsync(personId.Value)).IsFull;
}

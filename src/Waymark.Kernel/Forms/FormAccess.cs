using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>Whether the viewer may see or fill in a form: by its permission, or to read by that of viewing work, and by the record it is on.</summary>
[Scoped]
public sealed class FormAccess(RecordAccess records, Viewer viewer)
{
    public async Task<bool> MaySeeAsync(string permission, Guid? episodeId, Guid? personId) =>
        (viewer.May(permission) || viewer.May(Can.ViewWork)) && await SeesRecordAsync(episodeId, personId);

    public Task<bool> MaySeeAsync(DraftView draft) => MaySeeAsync(draft.Definition, draft.Draft);

    public async Task<bool> MaySeeAsync(FormDefinition definition, Draft draft) =>
        (viewer.May(definition.Permission) || viewer.May(Can.ViewWork)) && await SeesRecordAsync(definition, draft);

    /// <summary>The record the draft is on, or that it is the viewer's own where the form keeps it so.</summary>
    public async Task<bool> SeesRecordAsync(FormDefinition definition, Draft draft) =>
        (!definition.IsOwn || draft.EpisodeId is not null || draft.StartedById == viewer.UserId || viewer.IsSystem) && await SeesRecordAsync(draft.EpisodeId, draft.PersonId);

    public async Task<bool> SeesRecordAsync(Guid? episodeId, Guid? personId) =>
        episodeId is { } episode ? (await records.SightOfEpisodeAsync(episode)).IsFull
        : personId is null || (await records.SightOfPersonAsync(personId.Value)).IsFull;
}

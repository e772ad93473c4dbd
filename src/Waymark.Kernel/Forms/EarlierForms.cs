using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>Finds the completed forms that can stand beside a draft or a revision: the same form about the same person, on this episode or another the viewer may see.</summary>
[Scoped]
public sealed class EarlierForms(WaymarkDb db, RecordAccess records)
{
    public async Task<IReadOnlyList<EarlierForm>> ListAsync(DraftView draft) => await ListAsync(draft.Definition.Key, draft.PersonId, draft.Draft.EpisodeId);

    public async Task<IReadOnlyList<EarlierForm>> ListAsync(string formKey, Guid? personId, Guid? episodeId)
    {
        if (personId is null && episodeId is null)
        {
            return [];
        }

        return await (
            from r in Visible(db.FormRevisions.AsNoTracking(), formKey, personId, episodeId)
            join u in db.Users on r.CompletedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            orderby r.CompletedOn descending, r.Number descending
            select new EarlierForm(r.Id, "Form " + r.Number, r.CompletedDate, u == null ? "Waymark" : u.DisplayName, null)).Take(20).ToListAsync();
    }

    /// <summary>One of them with its content; <c>null</c> when it is not one of them.</summary>
    public async Task<EarlierForm?> ReadAsync(DraftView draft, Guid revisionId)
    {
        var found = await (
            from r in Visible(db.FormRevisions.AsNoTracking(), draft.Definition.Key, draft.PersonId, draft.Draft.EpisodeId)
            where r.Id == revisionId
            join u in db.Users on r.CompletedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            select new { r.Content, r.CompletedDate, r.Number, By = u == null ? "Waymark" : u.DisplayName }).FirstOrDefaultAsync();
        return found is null ? null : new EarlierForm(revisionId, $"Form {found.Number}", found.CompletedDate, found.By, FormContent.Parse(found.Content));
    }

    private IQueryable<FormRevision> Visible(IQueryable<FormRevision> revisions, string formKey, Guid? personId, Guid? episodeId) =>
        records.Visible(
            revisions.Where(r => r.FormKey == formKey && ((episodeId != null && r.EpisodeId == episodeId)
                || (personId != null && (r.PersonId == personId || db.Episodes.Any(e => e.Id == r.EpisodeId && e.PersonId == personId))))),
            r => r.PersonId,
            r => r.EpisodeId);
}

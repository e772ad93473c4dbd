using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Forms;

/// <summary>A completed form as a page shows it.</summary>
public sealed record RevisionView
{
    public required FormRevision Revision { get; init; }
    public required FormContent Content { get; init; }
    public required string By { get; init; }
    public Episode? Episode { get; init; }
    public Guid? PersonId { get; init; }
    public string? PersonName { get; init; }
    public string? PersonReference { get; init; }

    /// <summary>The stored bytes still have the fingerprint they were stored with.</summary>
    public bool IsWhole => FormContent.HashOf(Revision.Content) == Revision.Hash;
    public string Caption => string.Join(", ", new[] { PersonName, Episode?.Reference }.OfType<string>());
}

/// <summary>A question answered in one form and the other; <see cref="Differs"/> says whether the answers are not the same.</summary>
/// <param name="Left">The answer as shown; <c>null</c> when that form did not ask it.</param>
public sealed record ComparedAnswer(string Question, string? Left, string? Right)
{
    public bool Differs => Left != Right;

    /// <summary>Questions of both in the order of the first, those only the second asked after them.</summary>
    public static IReadOnlyList<ComparedAnswer> Compare(FormContent left, FormContent right)
    {
        var rightByKey = right.Flat.ToLookup(q => q.Key);
        var leftKeys = left.Flat.Select(q => q.Key).ToHashSet();
        return
        [
            .. left.Flat.Select(q => new ComparedAnswer(q.Text, q.Shown, rightByKey[q.Key].FirstOrDefault()?.Shown)),
            .. right.Flat.Where(q => !leftKeys.Contains(q.Key)).Select(q => new ComparedAnswer(q.Text, null, q.Shown)),
        ];
    }
}

/// <summary>Reads completed forms for those who may see them.</summary>
[Scoped]
public sealed class RevisionReader(WaymarkDb db, FormCatalogue forms, FormAccess access)
{
    /// <returns><c>null</c> when there is none, or the viewer may not see it.</returns>
    public async Task<RevisionView?> ReadAsync(Guid revisionId)
    {
        var found = await (
            from r in db.FormRevisions.AsNoTracking()
            where r.Id == revisionId
            join u in db.Users on r.CompletedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            join e in db.Episodes.AsNoTracking() on r.EpisodeId equals e.Id into episodes
            from e in episodes.DefaultIfEmpty()
            select new { Revision = r, Episode = e, By = u == null ? "Waymark" : u.DisplayName }).FirstOrDefaultAsync();
        if (found is null)
        {
            return null;
        }

        var personId = found.Revision.PersonId ?? found.Episode?.PersonId;
        if (!await access.MaySeeAsync(forms.Find(found.Revision.FormKey)?.Permission ?? Access.Can.ViewWork, found.Revision.EpisodeId, personId))
        {
            return null;
        }

        var person = personId is null ? null : await db.People.AsNoTracking().FirstOrDefaultAsync(p => p.Id == personId);
        return new RevisionView
        {
            Revision = found.Revision,
            Content = FormContent.Parse(found.Revision.Content),
            By = found.By,
            Episode = found.Episode,
            PersonId = personId,
            PersonName = person?.DisplayName,
            PersonReference = person?.Reference,
        };
    }

    /// <summary>All completions of the same form on the same episode, or about the same person where there is none; newest first.</summary>
    public async Task<IReadOnlyList<(FormRevision Revision, string By)>> HistoryAsync(FormRevision of)
    {
        var found = await (
            from r in db.FormRevisions.AsNoTracking()
            where r.FormKey == of.FormKey && (of.EpisodeId != null ? r.EpisodeId == of.EpisodeId : of.PersonId != null ? r.PersonId == of.PersonId : r.Id == of.Id)
            join u in db.Users on r.CompletedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            orderby r.CompletedOn descending, r.Number descending
            select new { Revision = r, By = u == null ? "Waymark" : u.DisplayName }).ToListAsync();
        return [.. found.Select(f => (f.Revision, f.By))];
    }
}

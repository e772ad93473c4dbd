using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Audit;

/// <summary>What the audit is narrowed to; what is empty does not narrow.</summary>
/// <param name="Person">A person's reference; records merged into it count as it.</param>
/// <param name="User">Part of a user's name, or their user name.</param>
/// <param name="From">First London day.</param>
/// <param name="To">Last London day.</param>
public sealed record AuditFilter(string? Person, string? Act, string? User, DateOnly? From, DateOnly? To);

/// <param name="Person">Reference of the person it concerns; never the name.</param>
public sealed record AuditLine(long Id, DateTime On, string Who, string What, string Subject, string? Person, string Detail);

/// <summary>
/// Reads the audit and the log of views for those who may. It says who did what to which record, by reference and id, never a name; of people the reader has declared it
/// says nothing.
/// </summary>
[Scoped]
public sealed class AuditReader(WaymarkDb db, Viewer viewer, ViewLog views)
{
    /// <summary>Acts, newest first, older than <paramref name="before"/>.</summary>
    public async Task<IReadOnlyList<AuditLine>> ActsAsync(AuditFilter filter, long? before, int count)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (from, to) = Span(filter);
        var (declared, people, users) = (await DeclaredAsync(), await PeopleAsync(filter.Person), await UsersAsync(filter.User));
        var act = filter.Act?.Trim().ToLowerInvariant().Replace(' ', '-');
        var entries = db.Audit.AsNoTracking().Where(a => a.PersonId == null || !declared.Contains(a.PersonId.Value));
        entries = people is null ? entries : entries.Where(a => a.PersonId != null && people.Contains(a.PersonId.Value));
        entries = users is null ? entries : entries.Where(a => a.UserId != null && users.Contains(a.UserId.Value));
        entries = string.IsNullOrWhiteSpace(filter.Act) ? entries : entries.Where(a => a.Act == act);
        entries = from is null ? entries : entries.Where(a => a.OccurredOn >= from);
        entries = to is null ? entries : entries.Where(a => a.OccurredOn < to);
        entries = before is null ? entries : entries.Where(a => a.Id < before);
        return await entries.OrderByDescending(a => a.Id).Take(count).Select(a => new AuditLine(
            a.Id, a.OccurredOn, db.Users.Where(u => u.Id == a.UserId).Select(u => u.DisplayName).FirstOrDefault() ?? "Waymark", a.Act, a.SubjectKind + " " + a.SubjectId,
            db.People.Where(p => p.Id == a.PersonId).Select(p => p.Reference).FirstOrDefault(), a.Detail)).ToListAsync();
    }

    /// <summary>Views of people, newest first, older than <paramref name="before"/>. Views of this node that were not yet saved are saved first.</summary>
    public async Task<IReadOnlyList<AuditLine>> ViewsAsync(AuditFilter filter, long? before, int count)
    {
        ArgumentNullException.ThrowIfNull(filter);
        await views.FlushAsync();
        var (from, to) = Span(filter);
        var (declared, people, users) = (await DeclaredAsync(), await PeopleAsync(filter.Person), await UsersAsync(filter.User));
        var entries = db.ViewLog.AsNoTracking().Where(v => !declared.Contains(v.PersonId));
        entries = people is null ? entries : entries.Where(v => people.Contains(v.PersonId));
        entries = users is null ? entries : entries.Where(v => users.Contains(v.UserId));
        entries = from is null ? entries : entries.Where(v => v.ViewedOn >= from);
        entries = to is null ? entries : entries.Where(v => v.ViewedOn < to);
        entries = before is null ? entries : entries.Where(v => v.Id < before);
        return await entries.OrderByDescending(v => v.Id).Take(count).Select(v => new AuditLine(
            v.Id, v.ViewedOn, db.Users.Where(u => u.Id == v.UserId).Select(u => u.DisplayName).FirstOrDefault() ?? "", "view", v.Page,
            db.People.Where(p => p.Id == v.PersonId).Select(p => p.Reference).FirstOrDefault(), v.Purpose ?? "")).ToListAsync();
    }

    /// <summary>The person, with every record that was merged into theirs; empty for a reference that is none.</summary>
    internal async Task<List<Guid>?> PeopleAsync(string? reference)
    {
        if (string.IsNullOrWhiteSpace(reference))
        {
            return null;
        }

        var wanted = reference.Trim().ToUpperInvariant();
        return await WithMergedAsync(await db.People.Where(p => p.Reference.ToUpper() == wanted).Select(p => p.Id).ToListAsync());
    }

    private async Task<List<Guid>> DeclaredAsync() =>
        await WithMergedAsync(await db.DeclaredInterests.Where(d => d.UserId == viewer.UserId && d.EndedOn == null).Select(d => d.PersonId).ToListAsync());

    private async Task<List<Guid>> WithMergedAsync(List<Guid> people)
    {
        for (var more = people; more.Count > 0;)
        {
            var merged = more;
            more = await db.People.Where(p => p.MergedIntoId != null && merged.Contains(p.MergedIntoId.Value)).Select(p => p.Id).ToListAsync();
            people = [.. people, .. more];
        }

        return people;
    }

    private async Task<List<Guid>?> UsersAsync(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        var wanted = name.Trim().ToUpperInvariant();
        return await db.Users.Where(u => u.NormalizedUserName == wanted || u.NormalizedEmail == wanted || u.DisplayName.ToUpper().Contains(wanted)).Select(u => u.Id).ToListAsync();
    }

    private static (DateTime? From, DateTime? To) Span(AuditFilter filter) => (
        filter.From is { } first ? CareClock.FromLondon(first, TimeOnly.MinValue) : null,
        filter.To is { } last ? CareClock.FromLondon(last.AddDays(1), TimeOnly.MinValue) : null);
}

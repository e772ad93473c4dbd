using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Access;

/// <summary>
/// The rules of who sees which record, as expressions that both engines run inside the statement that reads the rows, for one viewer at one instant.
/// In words they stand in <c>docs/access.md</c>.
/// </summary>
internal sealed class RecordRules
{
    private readonly BarredRecords barred;

    public RecordRules(WaymarkDb db, Viewer viewer, IEnumerable<Pathway> pathways, DateTime now)
    {
        var me = viewer.UserId;
        var bars = Bars(db, viewer, now);
        BarsViewer = bars;

        barred = BarredRecords.Read(db, me, bars);
        SeesPerson = barred.None(BarredBy.DeclaredPerson, BarredBy.HiddenPerson, BarredBy.StubOfPerson);
        HidesPerson = barred.None(BarredBy.HiddenPerson).Not();

        Expression<Func<Episode, Guid>> own = e => e.Id;
        Expression<Func<Episode, bool>> mine = e => e.WorkerId == me || db.EpisodeTasks.Any(t => t.EpisodeId == e.Id && t.WorkerId == me);
        var sees = own.Then(barred.None(BarredBy.DeclaredEpisode, BarredBy.HiddenEpisode)).And(OfPerson(SeesPerson, whenNone: true)).And(own.Then(barred.None(BarredBy.StubOfEpisode)).Or(mine));

        var closed = pathways.Where(p => p.Permission is { } permission && !viewer.May(permission)).Select(p => p.Key).ToList();
        if (closed.Count > 0)
        {
            var teams = viewer.TeamIds.Select(t => (Guid?)t).ToList();
            Expression<Func<Episode, bool>> opened = e => !closed.Contains(e.PathwayKey) || teams.Contains(e.TeamId)
                || db.BreakGlasses.Any(b => b.UserId == me && b.PersonId == e.PersonId && (b.EpisodeId == null || b.EpisodeId == e.Id) && b.ExpiresOn > now);
            sees = sees.And(opened.Or(mine));
        }

        SeesEpisode = sees;
        HidesEpisode = own.Then(barred.None(BarredBy.HiddenEpisode)).Not().Or(OfPerson(HidesPerson, whenNone: false));
    }

    /// <summary>Restrictions in force that the viewer stands behind: not the owner, not named, no break-glass.</summary>
    public Expression<Func<Restriction, bool>> BarsViewer { get; }

    public Expression<Func<Guid, bool>> SeesPerson { get; }

    /// <summary>Not even the stub of the person.</summary>
    public Expression<Func<Guid, bool>> HidesPerson { get; }
    public Expression<Func<Episode, bool>> SeesEpisode { get; }
    public Expression<Func<Episode, bool>> HidesEpisode { get; }

    public bool IsClear(Guid personId) => barred.IsClear(personId);

    public Task<ILookup<Guid, string>> FieldsOfAsync(IReadOnlyCollection<Guid> people) => barred.FieldsOfAsync(people);

    private static Expression<Func<Restriction, bool>> Bars(WaymarkDb db, Viewer viewer, DateTime now)
    {
        var me = viewer.UserId;
        var named = me.ToString();
        Expression<Func<Restriction, bool>> bars = r => (r.ToOn == null || r.ToOn > now) && r.OwnerId != me && !r.AllowedUserIds.Contains(named)
            && (r.HidesStub || !db.BreakGlasses.Any(b => b.UserId == me && b.PersonId == r.PersonId && (b.EpisodeId == null || b.EpisodeId == r.EpisodeId) && b.ExpiresOn > now));
        foreach (var team in viewer.TeamIds.Select(t => t.ToString()))
        {
            bars = bars.And(r => !r.AllowedTeamIds.Contains(team));
        }

        return bars;
    }

    private static Expression<Func<Episode, bool>> OfPerson(Expression<Func<Guid, bool>> rule, bool whenNone)
    {
        Expression<Func<Episode, Guid>> person = e => e.PersonId!.Value;
        var holds = person.Then(rule);
        return holds.Is(whenNone) ? holds : whenNone
            ? ((Expression<Func<Episode, bool>>)(e => e.PersonId == null)).Or(holds)
            : ((Expression<Func<Episode, bool>>)(e => e.PersonId != null)).And(holds);
    }
}

/// <summary>Puts expressions together, so that a rule written once runs inside many statements.</summary>
internal static class Expressions
{
    public static Expression<Func<T, bool>> And<T>(this Expression<Func<T, bool>> first, Expression<Func<T, bool>> second) =>
        Is(first, true) ? second : Is(second, true) ? first : Expression.Lambda<Func<T, bool>>(Expression.AndAlso(first.Body, second.On(first.Parameters[0])), first.Parameters);

    public static Expression<Func<T, bool>> Or<T>(this Expression<Func<T, bool>> first, Expression<Func<T, bool>> second) =>
        Is(first, true) || Is(second, false) ? first : Is(second, true) || Is(first, false) ? second
        : Expression.Lambda<Func<T, bool>>(Expression.OrElse(first.Body, second.On(first.Parameters[0])), first.Parameters);

    public static Expression<Func<T, bool>> Not<T>(this Expression<Func<T, bool>> rule) =>
        Expression.Lambda<Func<T, bool>>(rule.Body is ConstantExpression { Value: bool value } ? Expression.Constant(!value) : Expression.Not(rule.Body), rule.Parameters);

    public static Expression<Func<T, bool>> Always<T>(bool value) => Expression.Lambda<Func<T, bool>>(Expression.Constant(value), Expression.Parameter(typeof(T), "_"));

    /// <summary>A rule that bars nobody, or everybody, needs no place in a statement.</summary>
    public static bool Is<T>(this Expression<Func<T, bool>> rule, bool value) => rule.Body is ConstantExpression { Value: bool constant } && constant == value;

    /// <summary><c>x => second(first(x))</c></summary>
    public static Expression<Func<T, TResult>> Then<T, TMiddle, TResult>(this Expression<Func<T, TMiddle>> first, Expression<Func<TMiddle, TResult>> second) =>
        Expression.Lambda<Func<T, TResult>>(second.On(first.Body), first.Parameters);

    /// <summary><c>x => second(x, first(x))</c></summary>
    public static Expression<Func<T, TResult>> Into<T, TMiddle, TResult>(this Expression<Func<T, TMiddle>> first, Expression<Func<T, TMiddle, TResult>> second) =>
        Expression.Lambda<Func<T, TResult>>(
            ReplacingExpressionVisitor.Replace([second.Parameters[0], second.Parameters[1]], [first.Parameters[0], first.Body], second.Body), first.Parameters);

    /// <summary><c>x => third(x, first(x), second(x))</c></summary>
    public static Expression<Func<T, TResult>> Into<T, T1, T2, TResult>(this Expression<Func<T, T1>> first, Expression<Func<T, T2>> second, Expression<Func<T, T1, T2, TResult>> third) =>
        Expression.Lambda<Func<T, TResult>>(
            ReplacingExpressionVisitor.Replace([.. third.Parameters], [first.Parameters[0], first.Body, second.On(first.Parameters[0])], third.Body), first.Parameters);

    private static Expression On<T, TResult>(this Expression<Func<T, TResult>> lambda, Expression argument) =>
        ReplacingExpressionVisitor.Replace(lambda.Parameters[0], argument, lambda.Body);
}

using System.Linq.Expressions;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;

namespace Waymark.Safeguarding.Measures;

/// <summary>Rows of a share: what a row looks like, and which rows are in the numerator, put together as one expression that both engines translate.</summary>
internal static class Share
{
    public static MeasureRows Rows<T>(
        string key, string source, Func<WaymarkDb, IQueryable<T>> among, Expression<Func<T, bool?, MeasureRow>> row, Expression<Func<T, bool>> hit)
    {
        var body = new Replace(hit.Parameters[0], row.Parameters[0]).Visit(hit.Body)!;
        var whole = new Replace(row.Parameters[1], Expression.Convert(body, typeof(bool?))).Visit(row.Body)!;
        var select = Expression.Lambda<Func<T, MeasureRow>>(whole, row.Parameters[0]);
        return new MeasureRows(key, MeasureKind.Flow, source, db => among(db).Select(select));
    }

    private sealed class Replace(Expression what, Expression with) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == what ? with : base.Visit(node);
    }
}

using System.Linq.Expressions;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Measures;

/// <summary>
/// Gives every column that a rows-query leaves out an explicit null, so that any cut and any fold can name any column: EF cannot translate a property that
/// the query's <c>new MeasureRow { … }</c> never set.
/// </summary>
internal static class CompleteRows
{
    public static IQueryable<MeasureRow> Of(MeasureRows rows, WaymarkDb db)
    {
        var query = rows.Query(db);
        return query.Provider.CreateQuery<MeasureRow>(new Visitor().Visit(query.Expression));
    }

    private sealed class Visitor : ExpressionVisitor
    {
        protected override Expression VisitMemberInit(MemberInitExpression node)
        {
            if (node.Type != typeof(MeasureRow))
            {
                return base.VisitMemberInit(node);
            }

            var bound = node.Bindings.Select(b => b.Member.Name).ToHashSet(StringComparer.Ordinal);
            var missing = typeof(MeasureRow).GetProperties().Where(p => p.CanWrite && !bound.Contains(p.Name));
            return node.Update(node.NewExpression, [.. node.Bindings, .. missing.Select(p => Expression.Bind(p, Expression.Constant(null, p.PropertyType)))]);
        }
    }
}

using Waymark.Text.Numbers;

namespace Waymark.Text.Claims;

/// <summary>That something went from one figure to another, by so much, up or down. Parts may be missing.</summary>
/// <param name="Direction">1 up, -1 down, as words say; 0 where no word says.</param>
/// <param name="Judgement">1 better, -1 worse, as words say.</param>
/// <param name="Word">The word of direction or judgement, as it stands.</param>
/// <param name="IsExplicit">"from A to B": no reading but this one. Otherwise the two figures were put together by their times.</param>
public sealed record ChangeClaim(Statement Statement, Mention? From, Mention? To, IReadOnlyList<Mention> Changes, int Direction, int Judgement, string Word, bool IsExplicit)
{
    /// <summary>Where the earlier figure is printed, if not in the same sentence.</summary>
    public Statement? Other { get; init; }
}

/// <summary>That a part is a share of a whole: "31 of 48 (65%)". Part or share may be missing.</summary>
public sealed record PartClaim(Statement Statement, Mention Whole, Mention? Part, Mention? Share)
{
    public Statement? WholeStatement { get; init; }

    /// <summary>A base found in an earlier sentence: less sure than one beside its share.</summary>
    public bool IsFar { get; init; }
}

/// <summary>That one figure lies above or below another: England's, a plan, a budget.</summary>
/// <param name="Relation">1 above, -1 below, 0 equal; by words.</param>
public sealed record Comparison(Statement Statement, Mention Left, Mention Right, int Relation, string Word);

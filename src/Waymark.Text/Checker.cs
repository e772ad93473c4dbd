using Waymark.Text.Claims;
using Waymark.Text.Reading;
using Waymark.Text.Rules;

namespace Waymark.Text;

/// <summary>Reads documents and says which of their figures cannot all be true.</summary>
public static class Checker
{
    /// <summary>The fifteen rules, in the order of the inventory's section 21.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new ChangeRule(), new PointsOrPercentRule(), new TwoValuesRule(), new PartsAndTotalRule(), new UnreachablePercentageRule(), new SpreadRule(), new RateAndCountRule(), new SubsetRule(), new StaleRule(),
        new DirectionRule(), new SharesRule(), new ReferenceRule(), new UnitOrPeriodRule(), new AcrossDocumentsRule(), new ComparatorYearRule(),
    ];

    public static IReadOnlyList<Finding> Check(params IReadOnlyList<SourceDocument> documents) => Check([.. documents.Select(DocumentReading.Of)]);

    public static IReadOnlyList<Finding> Check(IReadOnlyList<DocumentReading> documents)
    {
        var draft = new Draft(documents);
        return [.. Rules.SelectMany(r => r.Check(draft)).DistinctBy(f => f.Key)];
    }
}

using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Measures;

/// <summary>Many measures on one day: one read for each set of rows, however many measures share it.</summary>
[Scoped]
public sealed class MeasureSheet(MeasureEngine engine)
{
    /// <summary>Each measure's value over its usual period, in the order given.</summary>
    public async Task<IReadOnlyList<MeasureValue>> ReadAsync(IReadOnlyList<Measure> measures, DateOnly asAt, CancellationToken cancellation = default)
    {
        var values = new Dictionary<string, MeasureValue>(StringComparer.Ordinal);
        foreach (var sharing in measures.GroupBy(m => m.Rows, ReferenceEqualityComparer.Instance))
        {
            var family = sharing.ToList();
            var read = family.Count == 1
                ? [await engine.ValueAsync(family[0], asAt, cancellation: cancellation)]
                : await engine.ValuesAsync(family[0].Rows, family, asAt, cancellation: cancellation);
            foreach (var value in read)
            {
                values[value.Key] = value;
            }
        }

        return [.. measures.Select(m => values[m.Key])];
    }
}

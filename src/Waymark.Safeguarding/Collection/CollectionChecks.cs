namespace Waymark.Safeguarding.Collection;

/// <summary>The checks the collection makes between its tables when it is sent in, and two of Waymark's own on what is not recorded yet.</summary>
internal static class CollectionChecks
{
    private const int Sources = 3;

    public static IEnumerable<CollectionCheck> Of(CollectionData data, IReadOnlyDictionary<string, CountedTable> tables)
    {
        var (age, activity, capacity, personal) = (tables["SG1a"], tables["SG1f"], tables["SG3a"], tables["SG4a"]);
        foreach (var (column, name) in age.Columns.Select((c, i) => (i, c)))
        {
            var totals = new[] { "SG1a", "SG1b", "SG1c", "SG1d" }.Select(code => tables[code].Total(column)).ToList();
            yield return Check($"SG1a, SG1b, SG1c and SG1d count as many individuals {Lower(name)}", totals.Distinct().Count() == 1, string.Join(", ", totals));
            yield return AtMost($"No more individuals {Lower(name)} (SG1a) than {Lower(activity.Rows[column])} with the adults they name (SG1f)", totals[0], Mentions(data, column));
        }

        yield return AtMost("No more enquiries than concerns (SG1f)", activity.Cells[1, 0] + activity.Cells[2, 0], activity.Cells[0, 0]);
        for (var kind = 0; kind < 2; kind++)
        {
            var name = Lower(capacity.Columns[kind]);
            var concluded = data.Concluded.Count(e => e.IsSection42 == (kind == 0));
            yield return Same($"The four answers of SG3a are all {name} concluded", capacity.Total(kind, 0, 4), concluded);
            yield return Same($"The five answers of SG4a are all {name} concluded", personal.Total(kind, 0, 5), concluded);
            yield return AtMost($"Of {name}, no more are supported than lacked capacity (SG3a)", capacity.Cells[4, kind], capacity.Cells[0, kind]);
            yield return Same($"Of {name}, what was achieved is known wherever it was said what is wanted (SG4a)", personal.Total(kind, 5), personal.Cells[0, kind]);
            for (var source = kind * Sources; source < (kind + 1) * Sources; source++)
            {
                yield return Same($"A risk identified (SG2c) is one whose outcome is known (SG2e): {Lower(tables["SG2e"].Columns[source])}", tables["SG2e"].Total(source), tables["SG2c"].Total(source, 0, 2));
            }
        }

        yield return None("Every enquiry concluded has a type, a source and a place of risk (SG2a, SG2b)", data.Concluded.Count(e => e.Risks.Count == 0 || e.Risks.Any(r => r.Source is null || r.Location is null)), "enquiries without");
        yield return None("Every concern names the adult (SG1a)", data.Concerns.Count(c => c.PersonId is null), "concerns that name nobody, which count in SG1f only");
    }

    private static int Mentions(CollectionData data, int column) => column == 0 ? data.Concerns.Count : data.Started.Count(e => e.IsSection42 == (column == 1));

    private static CollectionCheck Check(string says, bool holds, string found) => new(says, holds, holds ? "" : found);

    private static CollectionCheck Same(string says, int one, int other) => Check(says, one == other, $"{one} and {other}");

    private static CollectionCheck AtMost(string says, int less, int more) => Check(says, less <= more, $"{less} and {more}");

    private static CollectionCheck None(string says, int count, string what) => Check(says, count == 0, $"{count} {what}");

    private static string Lower(string text) => Kernel.Ui.Format.LowerFirst(text);
}

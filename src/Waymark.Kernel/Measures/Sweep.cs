namespace Waymark.Kernel.Measures;

/// <summary>
/// Values of one fold on many days from one pass over rows. A row is added as the stretch of days [from, to) on which it counts; days are
/// <see cref="DateOnly.DayNumber"/>. Asking the database a day at a time is many times slower (157 weeks over 300,000 spans).
/// </summary>
internal sealed class Sweep
{
    private readonly Fold fold;
    private readonly MeasureKind kind;
    private readonly int[] days;
    private readonly int[] indexOfDay;
    private readonly int[] windowEnd;
    private readonly long[] count;
    private readonly long[] sum;
    private readonly List<Kept> kept = [];

    /// <param name="days">Ascending day numbers at which a value is wanted.</param>
    /// <param name="windowFrom">For a flow, the first day of the period that ends with each day; ignored for a stock.</param>
    public Sweep(Fold fold, MeasureKind kind, IReadOnlyList<DateOnly> days, IReadOnlyList<DateOnly>? windowFrom)
    {
        this.fold = fold;
        this.kind = kind;
        this.days = [.. days.Select(d => d.DayNumber)];
        count = new long[this.days.Length + 1];
        sum = new long[this.days.Length + 1];
        indexOfDay = Steps(this.days, this.days[0], this.days[^1]);
        var windows = kind == MeasureKind.Flow ? windowFrom!.Select(d => d.DayNumber).ToArray() : [];
        FirstDay = kind == MeasureKind.Flow ? windows[0] : this.days[0];
        windowEnd = kind == MeasureKind.Flow ? Steps(windows, FirstDay, this.days[^1] + 1) : [];
    }

    /// <summary>A row that ends on or before it (stock), or happened before it (flow), cannot count.</summary>
    public int FirstDay { get; }
    public int LastDay => days[^1];

    /// <summary>Adds a row of a stock with the day its wait is counted from, or the number it carries for a sum. A percentage adds its numerator again with <see cref="AddStockHit"/>.</summary>
    public void AddStock(int from, int to, long number, int person) => Add(Index(from), Index(to), number, person);

    /// <summary>Adds a row of a flow that happened on a day; it counts in the periods that hold the day and end in [from, to).</summary>
    public void AddFlow(int day, long number, int person, int from = int.MinValue, int to = int.MaxValue)
    {
        var (first, end) = Periods(day, from, to);
        Add(first, end, number, person);
    }

    /// <summary>Counts a stretch of a stock towards the numerator of a percentage.</summary>
    public void AddStockHit(int from, int to) => AddHit(Index(from), Index(to));

    /// <summary>Counts a row of a flow towards the numerator of a percentage; as <see cref="AddFlow"/>.</summary>
    public void AddFlowHit(int day, int from = int.MinValue, int to = int.MaxValue)
    {
        var (first, end) = Periods(day, from, to);
        AddHit(first, end);
    }

    /// <summary>One value a day, in the order the days were given.</summary>
    public IReadOnlyList<(decimal? Value, long Numerator, long? Denominator)> Values(Func<DateOnly, long?> population)
    {
        var values = new (decimal?, long, long?)[days.Length];
        if (fold is Fold.Longest or Fold.Median)
        {
            Ordered(values);
            return values;
        }

        if (fold == Fold.People)
        {
            CoverPeople();
        }

        long rows = 0, total = 0;
        for (var i = 0; i < days.Length; i++)
        {
            rows += count[i];
            total += sum[i];
            values[i] = fold switch
            {
                Fold.Count or Fold.People => (rows, rows, null),
                Fold.Percent => Folds.Percent(total, rows),
                Fold.PerHit => Folds.PerHit(total, rows),
                Fold.Sum => (total, total, null),
                Fold.Mean => Folds.Mean(kind == MeasureKind.Stock ? (rows * days[i]) - total : total, rows),
                _ => Folds.Rate(rows, population(DateOnly.FromDayNumber(days[i]))),
            };
        }

        return values;
    }

    private (int First, int End) Periods(int day, int from, int to) => day < FirstDay || day > LastDay
        ? (0, 0)
        : (Math.Max(Index(day), Index(from)), Math.Min(windowEnd[day - FirstDay + 1], Index(to)));

    private void AddHit(int from, int to)
    {
        if (from < to)
        {
            sum[from]++;
            sum[to]--;
        }
    }

    private void Add(int from, int to, long number, int person)
    {
        if (from >= to)
        {
            return;
        }

        if (fold is Fold.People or Fold.Longest or Fold.Median)
        {
            kept.Add(new Kept(from, to, number, person));
            return;
        }

        count[from]++;
        count[to]--;
        if (fold is Fold.Mean or Fold.Sum)
        {
            sum[from] += number;
            sum[to] -= number;
        }
    }

    /// <summary>Somebody with several rows counts once: their stretches are joined.</summary>
    private void CoverPeople()
    {
        kept.Sort((x, y) => x.From.CompareTo(y.From));
        var coveredTo = new Dictionary<int, int>();
        foreach (var row in kept)
        {
            var from = Math.Max(row.From, coveredTo.GetValueOrDefault(row.Person, 0));
            if (row.To > from)
            {
                count[from]++;
                count[row.To]--;
                coveredTo[row.Person] = row.To;
            }
        }
    }

    /// <summary>Median and longest need an order: a Fenwick tree of counts over the different numbers.</summary>
    private void Ordered((decimal?, long, long?)[] values)
    {
        var numbers = kept.Select(k => k.Number).Distinct().Order().ToArray();
        var tree = new OrderedCounts(numbers.Length);
        var starts = kept.ToLookup(k => k.From);
        var ends = kept.ToLookup(k => k.To);
        for (var i = 0; i < days.Length; i++)
        {
            foreach (var row in ends[i])
            {
                tree.Add(Array.BinarySearch(numbers, row.Number), -1);
            }

            foreach (var row in starts[i])
            {
                tree.Add(Array.BinarySearch(numbers, row.Number), 1);
            }

            if (tree.Count == 0)
            {
                values[i] = (null, 0, null);
                continue;
            }

            if (fold == Fold.Longest)
            {
                var longest = kind == MeasureKind.Stock ? days[i] - numbers[tree.At(0)] : numbers[tree.At(tree.Count - 1)];
                values[i] = (longest, longest, null);
                continue;
            }

            var middle = (numbers[tree.At((tree.Count - 1) / 2)] + numbers[tree.At(tree.Count / 2)]) / 2m;
            values[i] = (kind == MeasureKind.Stock ? days[i] - middle : middle, tree.Count, null);
        }
    }

    /// <summary>Index of the first wanted day on or after a day; the number of days when there is none.</summary>
    private int Index(int day) => day <= days[0] ? 0 : day > days[^1] ? days.Length : indexOfDay[day - days[0]];

    /// <summary>For every day from <paramref name="first"/> to <paramref name="last"/>: how many of <paramref name="marks"/> lie before it.</summary>
    private static int[] Steps(int[] marks, int first, int last)
    {
        var steps = new int[last - first + 1];
        for (int day = first, i = 0; day <= last; day++)
        {
            while (i < marks.Length && marks[i] < day)
            {
                i++;
            }

            steps[day - first] = i;
        }

        return steps;
    }

    private readonly record struct Kept(int From, int To, long Number, int Person);

    private sealed class OrderedCounts(int size)
    {
        private readonly int[] tree = new int[size + 1];

        public int Count { get; private set; }

        public void Add(int index, int change)
        {
            Count += change;
            for (var i = index + 1; i < tree.Length; i += i & -i)
            {
                tree[i] += change;
            }
        }

        /// <summary>Index of the number at a rank, from 0.</summary>
        public int At(int rank)
        {
            var position = 0;
            for (var step = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)tree.Length); step > 0; step >>= 1)
            {
                if (position + step < tree.Length && tree[position + step] <= rank)
                {
                    position += step;
                    rank -= tree[position];
                }
            }

            return position;
        }
    }
}

using System.Linq.Expressions;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Measures;

/// <summary>A way to divide any measure's rows, with no code in the measure: a column of the row, of its team or of its person.</summary>
public sealed record Cut
{
    public required string Key { get; init; }
    public required string Title { get; init; }

    /// <summary>Reads a column of the person the row is about.</summary>
    public bool OfPerson { get; init; }

    /// <summary>Depends on the day: the age somebody has on it.</summary>
    public IReadOnlyList<AgeBand>? Ages { get; init; }

    /// <summary>The column it divides by; for ages the birth date and the band an extract gave.</summary>
    internal string[] Columns { get; init; } = [];

    /// <summary>Value of a row without one, in addresses and published figures.</summary>
    public const string NotRecorded = "not-recorded";

    public static Cut Team { get; } = new() { Key = "team", Title = "Team", Columns = [nameof(CutRow.TeamId)] };
    public static Cut Ward { get; } = new() { Key = "ward", Title = "Ward", OfPerson = true, Columns = [nameof(CutRow.Ward)] };
    public static Cut Age { get; } = OfAges("age-band", "Age", AgeBands.Cld);
    public static Cut WorkingAge { get; } = OfAges("age-group", "Working age and older", AgeBands.WorkingAge);
    public static Cut Sex { get; } = new() { Key = "sex", Title = "Sex", OfPerson = true, Columns = [nameof(CutRow.Sex)] };
    public static Cut Ethnicity { get; } = new() { Key = "ethnicity", Title = "Ethnicity", OfPerson = true, Columns = [nameof(CutRow.Ethnicity)] };
    public static Cut Disability { get; } = new() { Key = "disability", Title = "Disability", OfPerson = true, Columns = [nameof(CutRow.HasDisability)] };
    public static Cut SupportReason { get; } = new() { Key = "support-reason", Title = "Support reason", OfPerson = true, Columns = [nameof(CutRow.SupportReason)] };
    public static Cut Reason { get; } = new() { Key = "reason", Title = "Reason", Columns = [nameof(CutRow.Reason)] };

    /// <summary>By worker: only that worker and those who manage the team see it; see <see cref="MeasureCuts"/>.</summary>
    public static Cut Worker { get; } = new() { Key = "worker", Title = "Worker", Columns = [nameof(CutRow.WorkerId)] };

    /// <summary>Those that any viewer of the measure may ask for, in the order of the tabs.</summary>
    public static IReadOnlyList<Cut> All { get; } = [Team, Ward, Age, WorkingAge, Sex, Ethnicity, Disability, SupportReason, Reason];

    /// <summary>Sorts values as they are shown: ages ascending, then what has none.</summary>
    public int Rank(string value) => value is NotRecorded or AgeBands.Unknown ? int.MaxValue : Ages?.TakeWhile(b => b.Title != value).Count() ?? 0;

    public static Cut At(string key) => All.Append(Worker).FirstOrDefault(c => c.Key == key)
        ?? throw new RefusedException($"There is no cut '{key}'. There are: {string.Join(", ", All.Select(c => c.Key))}.", "cut");

    private static Cut OfAges(string key, string title, IReadOnlyList<AgeBand> bands) =>
        new() { Key = key, Title = title, OfPerson = true, Ages = bands, Columns = [nameof(CutRow.BirthDate), nameof(CutRow.AgeBand)] };
}

/// <summary>One value of a cut: <c>team=north</c>.</summary>
/// <param name="Cut">Key of the <see cref="Measures.Cut"/>.</param>
/// <param name="Value">A team's or worker's id, a band's title, a code, or <see cref="Cut.NotRecorded"/>.</param>
public sealed record CutValue(string Cut, string Value);

/// <summary>A row of a measure with what it can be cut by. Unread columns are never asked of the database.</summary>
internal sealed record CutRow
{
    public required string SubjectId { get; init; }
    public Guid? EpisodeId { get; init; }
    public Guid? PersonId { get; init; }
    public required DateOnly From { get; init; }
    public DateOnly? To { get; init; }
    public DateOnly? Since { get; init; }
    public Guid? TeamId { get; init; }
    public Guid? WorkerId { get; init; }
    public long? Value { get; init; }
    public bool? Hit { get; init; }
    public string? Reason { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? AgeBand { get; init; }
    public Sex? Sex { get; init; }
    public string? Ethnicity { get; init; }
    public string? SupportReason { get; init; }
    public bool? HasDisability { get; init; }
    public string? Ward { get; init; }
}

/// <summary>Joins and filters of cuts, as SQL on both engines.</summary>
internal static class CutQueries
{
    /// <summary>The rows with the columns they can be cut by; the person is joined only when a cut needs one.</summary>
    public static IQueryable<CutRow> With(this IQueryable<MeasureRow> rows, IQueryable<Person> people, bool ofPerson) => ofPerson
        ? rows.LeftJoin(people, r => r.PersonId, p => (Guid?)p.Id, (r, p) => new CutRow
        {
            SubjectId = r.SubjectId, EpisodeId = r.EpisodeId, PersonId = r.PersonId, From = r.From, To = r.To, Since = r.Since,
            TeamId = r.TeamId, WorkerId = r.WorkerId, Value = r.Value, Hit = r.Hit, Reason = r.Reason,
            BirthDate = p!.BirthDate, AgeBand = p.AgeBand, Sex = p.Sex, Ethnicity = p.Ethnicity, SupportReason = p.SupportReason,
            HasDisability = p.HasDisability, Ward = p.Ward,
        })
        : rows.Select(r => new CutRow
        {
            SubjectId = r.SubjectId, EpisodeId = r.EpisodeId, PersonId = r.PersonId, From = r.From, To = r.To, Since = r.Since,
            TeamId = r.TeamId, WorkerId = r.WorkerId, Value = r.Value, Hit = r.Hit, Reason = r.Reason,
        });

    /// <summary>Keeps the rows of one value. <paramref name="on"/> is the day on which an age is had; null leaves ages to the sweep.</summary>
    public static IQueryable<CutRow> Where(this IQueryable<CutRow> rows, CutValue wanted, DateOnly? on)
    {
        var cut = Cut.At(wanted.Cut);
        var value = wanted.Value == Cut.NotRecorded ? null : wanted.Value;
        return cut.Key switch
        {
            "team" => rows.Where(IdIs(r => r.TeamId, value)),
            "worker" => rows.Where(IdIs(r => r.WorkerId, value)),
            "ward" => rows.Where(r => r.Ward == value),
            "ethnicity" => rows.Where(r => r.Ethnicity == value),
            "support-reason" => rows.Where(r => r.SupportReason == value),
            "reason" => rows.Where(r => r.Reason == value),
            "sex" => SexIs(rows, value),
            "disability" => DisabilityIs(rows, value),
            _ => on is { } day ? AgeIs(rows, cut.Ages!, wanted.Value, day) : rows,
        };
    }

    private static Expression<Func<CutRow, bool>> IdIs(Expression<Func<CutRow, Guid?>> column, string? value)
    {
        Guid? id = value is null ? null : Guid.TryParse(value, out var parsed) ? parsed : throw new RefusedException($"'{value}' is not the id of a team or worker.", "value");
        Expression<Func<Guid?>> wanted = () => id;
        return Expression.Lambda<Func<CutRow, bool>>(Expression.Equal(column.Body, wanted.Body), column.Parameters);
    }

    private static IQueryable<CutRow> SexIs(IQueryable<CutRow> rows, string? value)
    {
        var sex = value is null ? Sex.NotKnown : Enum.TryParse<Sex>(value, out var parsed) ? parsed : throw new RefusedException($"'{value}' is not a value of sex.", "value");
        return sex == Sex.NotKnown ? rows.Where(r => r.Sex == null || r.Sex == Sex.NotKnown) : rows.Where(r => r.Sex == sex);
    }

    private static IQueryable<CutRow> DisabilityIs(IQueryable<CutRow> rows, string? value)
    {
        bool? has = value switch { null => null, "yes" => true, "no" => false, _ => throw new RefusedException($"'{value}' is neither yes nor no.", "value") };
        return rows.Where(r => r.HasDisability == has);
    }

    private static IQueryable<CutRow> AgeIs(IQueryable<CutRow> rows, IReadOnlyList<AgeBand> bands, string title, DateOnly day)
    {
        if (title is AgeBands.Unknown or Cut.NotRecorded)
        {
            var known = AgeBands.Cld.Select(b => b.Title).ToList();
            return rows.Where(r => r.BirthDate == null && (r.AgeBand == null || !known.Contains(r.AgeBand)));
        }

        var band = Band(bands, title);
        var stated = AgeBands.Cld.Where(b => AgeBands.Holds(band, b)).Select(b => b.Title).ToList();
        var latest = band.From == 0 ? DateOnly.MaxValue : day.AddYears(-band.From);
        if (band.Below is not { } below)
        {
            return rows.Where(r => (r.BirthDate != null && r.BirthDate <= latest) || (r.BirthDate == null && stated.Contains(r.AgeBand!)));
        }

        var after = day.AddYears(-below);
        return rows.Where(r => (r.BirthDate != null && r.BirthDate <= latest && r.BirthDate > after) || (r.BirthDate == null && stated.Contains(r.AgeBand!)));
    }

    public static AgeBand Band(IReadOnlyList<AgeBand> bands, string title) => bands.FirstOrDefault(b => b.Title == title)
        ?? throw new RefusedException($"There is no age band '{title}'. There are: {string.Join(", ", bands.Select(b => b.Title))}.", "value");
}

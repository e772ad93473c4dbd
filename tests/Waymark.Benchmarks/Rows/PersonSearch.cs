using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.People;

namespace Waymark.Benchmarks.Rows;

/// <summary>
/// Searching 750,000 people by names with slips, reversed, by part, with a date of birth, by numbers. The baseline is told who will be found and reads those people by key:
/// no query that finds the same people can do less.
/// </summary>
public sealed class PersonSearch : Row
{
    public override string Name => "person-search";
    public override double Target => 3;

    public override async Task<Result> RunAsync(Ground ground)
    {
        var people = await Data.PeopleAsync(ground, ground.Scaled(750_000), seed: 3);
        await ground.AnalyseAsync();
        var random = new Random(4);
        var typed = Enumerable.Range(0, 300).Select(i => Typed(people[random.Next(people.Count)], i, random)).ToList();
        var (mine, theirs) = (new List<double>(), new List<double>());
        using var counter = new Statements();
        var most = 0;
        for (var i = 0; i < typed.Count + 20; i++)
        {
            var text = typed[i % typed.Count];
            var before = counter.Count;
            Waymark.Kernel.People.PersonSearch? found = null;
            var ours = await Timing.MsAsync(async () => found = await ground.InScopeAsync(s => s.GetRequiredService<FindPeople>().RunAsync(text)));
            var statements = counter.Count - before;
            var baseline = await Timing.MsAsync(() => ReadAsync(ground, [.. found!.Hits.Select(h => h.Id)]));
            if (i >= 20)
            {
                mine.Add(ours);
                theirs.Add(baseline);
                most = Math.Max(most, statements);
            }
        }

        return new Result(Timing.At(mine, 0.5), Timing.At(theirs, 0.5), Timing.At(mine, 0.5), Timing.At(mine, 0.95), most, Timing.At(mine, 0.95) / Timing.At(theirs, 0.95));
    }

    private static string Typed(Person p, int i, Random random) => (i % 7) switch
    {
        0 => $"{p.GivenName} {p.FamilyName}",
        1 => $"{p.FamilyName} {p.GivenName}",
        2 => $"{p.GivenName} {Slip(p.FamilyName, random)}",
        3 => $"{p.FamilyName[..Math.Min(4, p.FamilyName.Length)]} {p.BirthDate!.Value.Year}",
        4 => p.BirthDate!.Value.ToString("d/M/yyyy", CultureInfo.InvariantCulture) + " " + p.GivenName,
        5 => p.CouncilId!,
        _ => p.Postcode!,
    };

    private static string Slip(string word, Random random)
    {
        if (word.Length < 4)
        {
            return word;
        }

        var at = random.Next(1, word.Length - 2);
        return word[..at] + word[at + 1] + word[at] + word[(at + 2)..];
    }

    private static async Task ReadAsync(Ground ground, Guid[] ids)
    {
        await using var connection = await ground.BareAsync();
        await using var command = connection.CreateCommand();
        var names = ids.Select((id, i) =>
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", id);
            command.Parameters.Add(parameter);
            return parameter.ParameterName;
        }).DefaultIfEmpty("NULL");
        command.CommandText = $"SELECT \"Id\", \"Reference\", \"GivenName\", \"FamilyName\", \"PreferredName\", \"BirthDate\", \"NhsNumber\", \"CouncilId\", \"Address\", \"Postcode\" FROM \"Person\" WHERE \"Id\" IN ({string.Join(',', names)})";
        await using var reader = await command.ExecuteReaderAsync();
        var values = new object[10];
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
        }
    }
}

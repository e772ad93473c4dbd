using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Collection;

namespace Waymark.Benchmarks.Rows;

/// <summary>
/// The tables of the Safeguarding Adults Collection of one year out of ten. The baseline reads the year's concerns, enquiries and risks with the columns that the tables
/// count, in four statements, and counts each table in one sweep.
/// </summary>
public sealed class CollectionOfAYear : Row
{
    private static readonly CollectionYear Year = new(2022);

    public override string Name => "sac-year";
    public override double Target => 3;

    public override async Task<Result> RunAsync(Ground ground)
    {
        await SafeguardingData.MakeAsync(ground, seed: 7);
        await using var scope = ground.Services.CreateAsyncScope();
        var read = scope.ServiceProvider.GetRequiredService<ReadCollection>();
        CollectionResult mine = null!;
        Dictionary<(string, int, int), HashSet<Guid>> theirs = [];
        var result = await Timing.InTurnAsync(9, async () => mine = await read.RunAsync(Year), async () => theirs = await SweepAsync(ground));
        foreach (var table in mine.Tables)
        {
            for (var i = 0; i < table.Cells.Length; i++)
            {
                var (row, column) = (i / table.Columns.Count, i % table.Columns.Count);
                if (table.Cells[row, column] != (theirs.TryGetValue((table.Code, row, column), out var counted) ? counted.Count : 0))
                {
                    throw new InvalidOperationException($"Ours and the baseline give different numbers in {table.Code}, row {row}, column {column}.");
                }
            }
        }

        return result;
    }

    private static async Task<Dictionary<(string, int, int), HashSet<Guid>>> SweepAsync(Ground ground)
    {
        var cells = new Dictionary<(string, int, int), HashSet<Guid>>();
        void Add(string table, int row, int column, Guid subject)
        {
            if (!cells.TryGetValue((table, row, column), out var cell))
            {
                cells[(table, row, column)] = cell = [];
            }

            cell.Add(subject);
        }

        // Each person of the bench is of unknown gender, ethnic group and support reason.
        void Individual(DbDataReader reader, int column)
        {
            var person = reader.GetGuid(1);
            Add("SG1a", Band(reader.GetFieldValue<DateOnly>(2)), column, person);
            Add("SG1b", 2, column, person);
            Add("SG1c", 6, column, person);
            Add("SG1d", 7, column, person);
        }

        await using var connection = await ground.BareAsync();
        async Task ReadAsync(string sql, Action<DbDataReader> each)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                each(reader);
            }
        }

        var within = $"BETWEEN '{Year.First:yyyy-MM-dd}' AND '{Year.Last:yyyy-MM-dd}'";
        const string Person = "p.\"BirthDate\", p.\"DeathDate\", p.\"AgeBand\", p.\"Sex\", p.\"Ethnicity\", p.\"SupportReason\"";
        await ReadAsync($"SELECT c.\"EpisodeId\", e.\"PersonId\", {Person} FROM \"ConcernRecord\" c JOIN \"Episode\" e ON e.\"Id\" = c.\"EpisodeId\" LEFT JOIN \"Person\" p ON p.\"Id\" = e.\"PersonId\" WHERE c.\"RaisedDate\" {within} AND (c.\"Outcome\" IS NULL OR c.\"Outcome\" <> 'duplicate') AND c.\"InThisArea\" <> 'No'", reader =>
        {
            Individual(reader, 0);
            Add("SG1f", 0, 0, reader.GetGuid(0));
        });
        await ReadAsync($"SELECT r.\"EpisodeId\", e.\"PersonId\", {Person}, r.\"IsSection42\", r.\"HealthConditions\" FROM \"EnquiryRecord\" r JOIN \"Episode\" e ON e.\"Id\" = r.\"EpisodeId\" LEFT JOIN \"Person\" p ON p.\"Id\" = e.\"PersonId\" WHERE r.\"StartedDate\" {within} AND r.\"CountsHere\"", reader =>
        {
            var column = reader.GetBoolean(8) ? 1 : 2;
            Individual(reader, column);
            Add("SG1f", column, 0, reader.GetGuid(0));
            foreach (var condition in reader.GetString(9).Split(','))
            {
                Add("SG1e", (int)Enum.Parse<HealthCondition>(condition), column - 1, reader.GetGuid(1));
            }
        });
        var concluded = new Dictionary<Guid, (int Kind, int Assessment, int? Outcome)>();
        await ReadAsync($"SELECT \"EpisodeId\", \"IsSection42\", \"Capacity\", \"SupportedBy\", \"RiskAssessment\", \"RiskOutcome\", \"AskedAtClose\", \"Achieved\" FROM \"EnquiryRecord\" WHERE \"ConcludedDate\" {within} AND \"CountsHere\"", reader =>
        {
            var (id, kind) = (reader.GetGuid(0), reader.GetBoolean(1) ? 0 : 1);
            var (capacity, supported) = (Enum.Parse<CapacityAnswer>(reader.GetString(2)), Enum.Parse<SupportedBy>(reader.GetString(3)));
            Add("SG3a", (int)capacity, kind, id);
            if (capacity == CapacityAnswer.Lacks && supported is (SupportedBy.Advocate or SupportedBy.FamilyOrFriend))
            {
                Add("SG3a", 4, kind, id);
            }

            Add("SG4a", (int)Enum.Parse<OutcomesAsked>(reader.GetString(6)), kind, id);
            Add("SG4a", 5 + (int)Enum.Parse<OutcomesAchieved>(reader.GetString(7)), kind, id);
            concluded[id] = (kind, (int)Enum.Parse<RiskAssessmentOutcome>(reader.GetString(4)), reader.IsDBNull(5) ? null : (int)Enum.Parse<RiskOutcome>(reader.GetString(5)));
        });
        await ReadAsync($"SELECT k.\"EpisodeId\", k.\"Type\", k.\"Source\", k.\"Location\" FROM \"SafeguardingRisk\" k JOIN \"EnquiryRecord\" r ON r.\"EpisodeId\" = k.\"EpisodeId\" WHERE r.\"ConcludedDate\" {within} AND r.\"CountsHere\"", reader =>
        {
            var id = reader.GetGuid(0);
            var (kind, assessment, outcome) = concluded[id];
            var (type, source, location) = ((int)Enum.Parse<AbuseType>(reader.GetString(1)), (int)Enum.Parse<RiskSource>(reader.GetString(2)), (int)Enum.Parse<RiskLocation>(reader.GetString(3)));
            Add("SG2a", type, (3 * kind) + source, id);
            Add("SG2a_b1", type, (9 * kind) + location, id);
            Add("SG2b", location, (3 * kind) + source, id);
            Add("SG2c", assessment, (3 * kind) + source, id);
            if (outcome is { } became)
            {
                Add("SG2e", became, (3 * kind) + source, id);
            }
        });
        return cells;
    }

    private static int Band(DateOnly born)
    {
        var age = Waymark.Kernel.People.Names.Age(born, Year.Last);
        return age switch { < 18 => 5, < 65 => 0, < 75 => 1, < 85 => 2, < 95 => 3, _ => 4 };
    }
}

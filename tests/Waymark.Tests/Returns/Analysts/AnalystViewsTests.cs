using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Returns.Analysts;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Returns.Analysts;

public sealed class AnalystViewsTests
{
    [Theory, BothEngines]
    public async Task GV_10_Views_AreAsTheDocumentSays(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);

        AnalystViewsDocument.Text().ShouldBe(Repository.Read("docs/analyst-views.md"), "Run: ./waymark extract --doc > docs/analyst-views.md");
        var documented = Repository.Read("docs/analyst-views.md").Split("\n## ").Skip(1).Where(s => s.StartsWith("waymark_", StringComparison.Ordinal))
            .Select(s => $"{s.Split('\n')[0]}: {string.Join(", ", s.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1]))}").ToList();
        var standing = await site.InDbAsync(db => ReadAsync(db, engine == Engine.Sqlite
            ? "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'view' ORDER BY m.name, p.cid"
            : "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN (SELECT table_name FROM information_schema.views) ORDER BY table_name, ordinal_position"));
        standing.GroupBy(r => r[0], r => r[1]).Select(g => $"{g.Key}: {string.Join(", ", g)}").ShouldBe(documented, ignoreOrder: true);
    }

    [Theory, BothEngines]
    public async Task GV_10_Views_HoldNoNameAddressFreeTextOrId(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, episode) = await CountyAsync(site);
        await site.InScopeAsync(s => s.GetRequiredService<FillPseudonyms>().RunAsync());

        foreach (var view in AnalystViewList.All.Where(v => v.Name != "waymark_figure"))
        {
            var rows = await site.InDbAsync(db => ReadAsync(db, $"SELECT * FROM {view.Name}"));
            rows.Count.ShouldBeGreaterThan(0, view.Name);
            var text = string.Join('\n', rows.Select(r => string.Join('|', r)));
            text.ShouldNotContain("SECRET", Case.Insensitive, view.Name);
            text.ShouldNotContain(person.Id.ToString(), Case.Insensitive, view.Name);
            text.ShouldNotContain(episode.Id.ToString(), Case.Insensitive, view.Name);
            rows.Select(r => r[view.Columns.ToList().FindIndex(c => c.Name is "person_key" or "episode_key")]).ShouldAllBe(k => k.Length == 16, view.Name);
        }
    }

    [Theory, BothEngines]
    public async Task Views_RestrictedAddress_HasNoPlace(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (person, _) = await CountyAsync(site);
        const string Sql = "SELECT ward, postcode_district, birth_year, has_disability FROM waymark_person_pseudonymised";
        (await site.InDbAsync(db => ReadAsync(db, Sql))).Single().ShouldBe(["W1", "OX4", "1940", "yes"]);

        await site.InDbAsync(async db => { GivenRecords.Restrict(db, person, Guid.NewGuid(), field: RestrictedFields.Address); return await db.SaveChangesAsync(); });

        (await site.InDbAsync(db => ReadAsync(db, Sql))).Single().ShouldBe(["", "", "1940", "yes"]);
    }

    [Theory, BothEngines]
    public async Task Views_CannotBeWrittenThrough(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await CountyAsync(site);
        foreach (var view in AnalystViewList.All)
        {
            var column = view.Columns[^1].Name;
#pragma warning disable EF1002 // Names come from the list of views, which is code.
            await Should.ThrowAsync<DbException>(() => site.InDbAsync(db => db.Database.ExecuteSqlRawAsync($"UPDATE {view.Name} SET {column} = NULL")), view.Name);
            await Should.ThrowAsync<DbException>(() => site.InDbAsync(db => db.Database.ExecuteSqlRawAsync($"DELETE FROM {view.Name}")), view.Name);
#pragma warning restore EF1002
        }
    }

    [Theory, BothEngines]
    public async Task Views_AnOldDefinition_IsReplacedAtStart(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("DROP VIEW waymark_clock");
            await db.Database.ExecuteSqlRawAsync("CREATE VIEW waymark_clock AS SELECT 1 AS old");
            return await db.Settings.Where(s => s.Key == "analyst-views").ExecuteUpdateAsync(u => u.SetProperty(s => s.Value, "old"));
        });

        await site.InScopeAsync(s => s.GetRequiredService<AnalystViews>().EnsureAsync());

        (await site.InDbAsync(db => ReadAsync(db, "SELECT clock FROM waymark_clock"))).ShouldBeEmpty();
    }

    internal static async Task<(Person Person, Episode Episode)> CountyAsync(TestSite site)
    {
        var day = new DateOnly(2024, 6, 1);
        var person = new Person
        {
            Reference = "P-SECRET", GivenName = "=SECRET", FamilyName = "Secret", SortKey = "secret", BirthDate = new DateOnly(1940, 5, 6), Address = "1 Secret Street", Postcode = "OX4 9ZZ", PostcodeKey = "OX49ZZ",
            Phone = "Secret", PhoneKey = "Secret", Email = "secret@example.org", CommunicationNeeds = "Secret", CouncilId = "SECRET", PreferredName = "Secret", Pronouns = "secret", Title = "Secret",
            Ward = "W1", HasDisability = true, Sex = Sex.Female,
        };
        var episode = new Episode
        {
            Reference = "SECRET-1", PathwayKey = TestMeasures.PathwayKey, PersonId = person.Id, ReceivedOn = Noon(day), ReceivedDate = day, StageKey = "waiting", Summary = "Secret", PriorityReason = "Secret",
            Priority = "=1+1", ExitReason = "Secret", SourceReference = "SECRET",
        };
        await site.InDbAsync(async db =>
        {
            db.Add(person);
            db.Add(episode);
            db.Add(GivenSpans.Span(person, day, null, episode: episode.Id));
            db.Add(new EpisodeClock { EpisodeId = episode.Id, ClockKey = "wait", StartedOn = Noon(day), Limit = "28 days", DueDate = day.AddDays(28) });
            db.Add(new CareEvent { PersonId = person.Id, EpisodeId = episode.Id, Kind = CareEventKind.Request, Source = "waymark", Reference = "SECRET", StartDate = day, EndDate = day, Columns = "{\"secret\":1}" });
            return await db.SaveChangesAsync();
        });
        return (person, episode);
    }

    internal static async Task<List<string[]>> ReadAsync(WaymarkDb db, string sql)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)!)]);
        }

        return rows;
    }

    private static DateTime Noon(DateOnly day) => day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
}

using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Waymark.Benchmarks.Rows;

/// <summary>
/// A page under load: four clients at once. The baseline is a bare endpoint of the same server, with plain SQL that reads the same data, answering with as many bytes.
/// </summary>
public abstract class PageRow : Row
{
    private const int Clients = 4;
    private const int Rounds = 6;
    private const int EachRound = 60;
    private const int WarmUp = 400;

    public override double Target => 2;

    protected abstract string Address(Data.County county);

    /// <summary>The least SQL that reads what the page shows.</summary>
    protected abstract IReadOnlyList<string> Queries(Data.County county);

    public override async Task<Result> RunAsync(Ground ground)
    {
        var county = await Data.CountyAsync(ground, ground.Scaled(20_000), seed: 5);
        await ground.AnalyseAsync();
        using var client = await ground.ServeAsync(county.ManagerId);
        var address = Address(county);
        var page = await client.GetAsync(address);
        page.EnsureSuccessStatusCode();
        var bytes = (await page.Content.ReadAsByteArrayAsync()).Length;
        await using var bareSite = await BareAsync(ground, Queries(county), bytes);
        using var bare = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 }) { BaseAddress = new Uri(bareSite.Urls.First()) };
        // As a server in use is: code that has run a few hundred times is compiled well, on both sides.
        await LoadAsync(client, address, WarmUp);
        await LoadAsync(bare, "/", WarmUp);
        int statements;
        using (var counter = new Statements())
        {
            await client.GetByteArrayAsync(address);
            statements = counter.Count;
        }

        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            theirs.AddRange(await LoadAsync(bare, "/", EachRound));
            mine.AddRange(await LoadAsync(client, address, EachRound));
        }

        return new Result(Timing.At(mine, 0.5), Timing.At(theirs, 0.5), Timing.At(mine, 0.5), Timing.At(mine, 0.95), statements);
    }

    private static async Task<List<double>> LoadAsync(HttpClient client, string address, int requests)
    {
        var left = requests;
        var times = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var mine = new List<double>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                mine.Add(await Timing.MsAsync(() => client.GetByteArrayAsync(address)));
            }

            return mine;
        }));
        return [.. times.SelectMany(t => t)];
    }

    private static async Task<WebApplication> BareAsync(Ground ground, IReadOnlyList<string> queries, int bytes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", async (HttpContext context) =>
        {
            var text = new StringBuilder(bytes);
            await using var connection = await ground.BareAsync();
            foreach (var sql in queries)
            {
                await using var command = connection.CreateCommand();
                command.CommandText = sql;
                await using var reader = await command.ExecuteReaderAsync();
                await AppendAsync(reader, text);
            }

            text.Append(' ', Math.Max(0, bytes - text.Length));
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(text.ToString(0, bytes));
        });
        await app.StartAsync();
        return app;
    }

    private static async Task AppendAsync(DbDataReader reader, StringBuilder text)
    {
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                text.Append(Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)).Append('\t');
            }
        }
    }
}

/// <summary>The first page of the work list of every open item.</summary>
public sealed class WorkListPage : PageRow
{
    public override string Name => "work-list";

    protected override string Address(Data.County county) => "/work";

    protected override IReadOnlyList<string> Queries(Data.County county) =>
    [
        """
        SELECT e."Reference", p."GivenName", p."FamilyName", e."StageKey", e."Priority", e."PriorityReason", e."Risk", e."LastContactDate", e."NextContactDueDate", s."VisitDate", t."Name", u."DisplayName"
        FROM "StageSpan" s JOIN "Episode" e ON e."Id" = s."EpisodeId" LEFT JOIN "Person" p ON p."Id" = e."PersonId" LEFT JOIN "Team" t ON t."Id" = s."TeamId" LEFT JOIN "User" u ON u."Id" = s."WorkerId"
        WHERE s."ToDate" IS NULL AND s."SupersededOn" IS NULL AND e."ClosedDate" IS NULL ORDER BY e."Priority", s."VisitDate" LIMIT 50
        """,
        """SELECT COUNT(*), COUNT(DISTINCT "PersonId"), MIN("VisitDate") FROM "StageSpan" WHERE "ToDate" IS NULL AND "SupersededOn" IS NULL""",
        """SELECT "Name" FROM "Team" ORDER BY "Name" """,
    ];
}

/// <summary>One episode with its spans, clocks, parties and links.</summary>
public sealed class EpisodePage : PageRow
{
    public override string Name => "episode-page";

    protected override string Address(Data.County county) => $"/work/{county.Episode.Reference}";

    protected override IReadOnlyList<string> Queries(Data.County county)
    {
        var id = county.Key(county.Episode.Id);
        return
        [
            $"""SELECT e.*, p."GivenName", p."FamilyName", p."BirthDate" FROM "Episode" e LEFT JOIN "Person" p ON p."Id" = e."PersonId" WHERE e."Reference" = '{county.Episode.Reference}'""",
            $"""SELECT * FROM "StageSpan" WHERE "EpisodeId" = {id}""",
            $"""SELECT * FROM "EpisodeClock" WHERE "EpisodeId" = {id}""",
            $"""SELECT t.*, u."DisplayName" FROM "EpisodeTask" t LEFT JOIN "User" u ON u."Id" = t."CompletedById" WHERE t."EpisodeId" = {id}""",
            $"""SELECT * FROM "Approval" WHERE "EpisodeId" = {id}""",
            $"""SELECT l."Kind", e."Reference", e."PathwayKey", e."ClosedDate" FROM "EpisodeLink" l JOIN "Episode" e ON e."Id" = l."ToEpisodeId" WHERE l."FromEpisodeId" = {id}""",
            $"""SELECT f."FormKey", f."CompletedDate", u."DisplayName" FROM "FormRevision" f LEFT JOIN "User" u ON u."Id" = f."CompletedById" WHERE f."EpisodeId" = {id} ORDER BY f."CompletedOn" DESC LIMIT 10""",
            $"""SELECT n.* FROM "NoteSubject" x JOIN "Note" n ON n."Id" = x."NoteId" WHERE x."EpisodeId" = {id}""",
        ];
    }
}

/// <summary>One person: who they are, what is open, the first page of their story.</summary>
public sealed class PersonPage : PageRow
{
    public override string Name => "person-page";

    protected override string Address(Data.County county) => $"/people/{county.Person.Reference}";

    protected override IReadOnlyList<string> Queries(Data.County county)
    {
        var id = county.Key(county.Person.Id);
        return
        [
            $"""SELECT * FROM "Person" WHERE "Reference" = '{county.Person.Reference}'""",
            $"""SELECT e.*, t."Name" FROM "Episode" e LEFT JOIN "Team" t ON t."Id" = e."TeamId" WHERE e."PersonId" = {id}""",
            $"""SELECT n.* FROM "NoteSubject" x JOIN "Note" n ON n."Id" = x."NoteId" WHERE x."PersonId" = {id}""",
            $"""SELECT * FROM "PersonAlert" WHERE "PersonId" = {id}""",
            $"""SELECT r."Kind", p."Reference", p."GivenName", p."FamilyName", p."Phone" FROM "PersonRelationship" r JOIN "Person" p ON p."Id" = r."PersonId" WHERE r."OtherPersonId" = {id}""",
            $"""SELECT * FROM "CareEvent" WHERE "PersonId" = {id}""",
            $"""SELECT c.* FROM "EpisodeClock" c JOIN "Episode" e ON e."Id" = c."EpisodeId" WHERE e."PersonId" = {id} AND c."StoppedOn" IS NULL""",
            $"""SELECT f."FormKey", f."CompletedDate", f."EpisodeId" FROM "FormRevision" f JOIN "Episode" e ON e."Id" = f."EpisodeId" WHERE e."PersonId" = {id}""",
            $"""SELECT * FROM "SupportPlan" WHERE "PersonId" = {id}""",
        ];
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Figures;
using Waymark.Returns.Analysts;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Returns.Analysts;

public sealed class WriteExtractTests
{
    [Theory, BothEngines]
    public async Task GV_10_Extract_HasAFileAViewAndAManifestThatAddsUp(Engine engine)
    {
        await using var site = await TestMeasures.StartSiteAsync(engine);
        await AnalystViewsTests.CountyAsync(site);
        await site.InScopeAsync(s => s.GetRequiredService<PublishFigure>().RunAsync(new FigureToPublish("test-waiting-mean", new DateOnly(2024, 7, 31))));
        var folder = NewFolder(site);

        await site.InScopeAsync(s => s.GetRequiredService<WriteExtract>().RunAsync(folder));

        var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json"), TestContext.Current.CancellationToken)).RootElement;
        manifest.GetProperty("asAt").GetString().ShouldBe("2024-07-31");
        foreach (var file in manifest.GetProperty("files").EnumerateArray())
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file.GetProperty("file").GetString()!), TestContext.Current.CancellationToken);
            file.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            var lines = System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            file.GetProperty("rows").GetInt32().ShouldBe(lines.Length - 1);
            lines.Length.ShouldBe(2, file.GetProperty("file").GetString());
            lines[1].ShouldNotContain("secret", Case.Insensitive);
        }

        var waiting = await File.ReadAllLinesAsync(Path.Combine(folder, "waymark_waiting.csv"), TestContext.Current.CancellationToken);
        waiting[1].ShouldContain(",2024-06-01,");
        waiting[1].ShouldContain("no");
        (await File.ReadAllLinesAsync(Path.Combine(folder, "waymark_episode.csv"), TestContext.Current.CancellationToken))[1].ShouldContain("'=1+1");
        (await File.ReadAllLinesAsync(Path.Combine(folder, "waymark_figure.csv"), TestContext.Current.CancellationToken))[1].ShouldContain(",60,60,1,");
        Directory.GetParent(folder)!.GetFileSystemInfos().Where(f => f.Name.Contains(".part-", StringComparison.Ordinal) || f.Name.Contains(".old-", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Extract_BothEngines_GiveTheSameText()
    {
        Assert.SkipUnless(TestDatabase.HasPostgres, "No PostgreSQL named in WAYMARK_TEST_POSTGRES.");
        var texts = new List<Dictionary<string, string>>();
        foreach (var engine in new[] { Engine.Sqlite, Engine.Postgres })
        {
            await using var site = await TestMeasures.StartSiteAsync(engine);
            await AnalystViewsTests.CountyAsync(site);
            var folder = NewFolder(site);
            await site.InScopeAsync(s => s.GetRequiredService<WriteExtract>().RunAsync(folder));
            texts.Add(AnalystViewList.All.ToDictionary(v => v.Name, v => System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(Path.Combine(folder, $"{v.Name}.csv")), "\\b[a-z1-9]{16}\\b", "key")));
        }

        texts[1].ShouldBe(texts[0]);
    }

    [Fact]
    public async Task Extract_ReplacesAnEarlierOne_NeverAnotherFolder()
    {
        await using var site = await TestSite.StartAsync();
        var folder = NewFolder(site);
        await site.InScopeAsync(s => s.GetRequiredService<WriteExtract>().RunAsync(folder));
        await AnalystViewsTests.CountyAsync(site);
        var again = await site.InScopeAsync(s => s.GetRequiredService<WriteExtract>().RunAsync(folder));
        again.Files.Single(f => f.View == "waymark_episode").Rows.ShouldBe(1);

        var other = NewFolder(site);
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "thesis.txt"), "mine", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<WriteExtract>().RunAsync(other)))).Message.ShouldContain("no extract");
        Directory.GetFiles(other).Select(Path.GetFileName).ShouldBe(["thesis.txt"]);
    }

    [Fact]
    public async Task Job_WritesTheNightsExtract()
    {
        await using var site = await TestSite.StartAsync();
        await site.InScopeAsync(s => new ExtractJob().RunAsync(s, TestContext.Current.CancellationToken));
        File.Exists(Path.Combine(site.Services.GetRequiredService<DataFolder>().Path, "extracts", "2024-07-31", "manifest.json")).ShouldBeTrue();
    }

    private static string NewFolder(TestSite site) => Path.Combine(site.Services.GetRequiredService<DataFolder>().Path, $"extract-{Guid.NewGuid():N}");
}

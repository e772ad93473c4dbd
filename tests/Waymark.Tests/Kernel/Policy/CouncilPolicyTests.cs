using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Policy;

public sealed class CouncilPolicyTests
{
    private static string File(string name, string from, string limit) => $$"""
        { "name": "{{name}}", "effectiveFrom": "{{from}}", "limits": { "waiting.next-contact": "{{limit}}" } }
        """;

    [Theory, BothEngines]
    public async Task LimitAt_TheLatestFileThatNamesTheKey_FromItsDayOn(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(s => s.GetRequiredService<LoadPolicy>().RunAsync(File("First", "2024-01-01", "10 working days")));
        await site.InScopeAsync(s => s.GetRequiredService<LoadPolicy>().RunAsync(File("Second", "2024-09-01", "3 weeks")));

        await site.InScopeAsync(s =>
        {
            var policy = s.GetRequiredService<CouncilPolicy>();
            policy.LimitAt("waiting.next-contact", new DateOnly(2023, 12, 31))!.Words.ShouldBe("6 weeks");
            policy.LimitAt("waiting.next-contact", new DateOnly(2024, 1, 1)).ShouldBe(new PolicyLimit(10, ClockUnit.WorkingDays, "10 working days"));
            policy.LimitAt("waiting.next-contact", new DateOnly(2024, 9, 1))!.Words.ShouldBe("3 weeks");
            policy.ListAt("note.kinds", new DateOnly(2024, 9, 1)).ShouldContain(k => k.Key == "decision" && k.Is("decision"));
            Should.Throw<KeyNotFoundException>(() => policy.LimitAt("no.such", new DateOnly(2024, 9, 1)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Withdraw_TheFileNoLongerHolds_AndOtherScopesSeeIt()
    {
        await using var site = await TestSite.StartAsync();
        var file = await site.InScopeAsync(async s => (await s.GetRequiredService<LoadPolicy>().RunAsync(File("Wrong", "2024-01-01", "1 week"))).File);
        await site.InScopeAsync(s => s.GetRequiredService<WithdrawPolicy>().RunAsync(file.Id));

        await site.InScopeAsync(s =>
        {
            s.GetRequiredService<CouncilPolicy>().LimitAt("waiting.next-contact", new DateOnly(2024, 7, 31))!.Words.ShouldBe("6 weeks");
            return Task.CompletedTask;
        });
        await Should.ThrowAsync<RefusedException>(site.InScopeAsync(s => s.GetRequiredService<WithdrawPolicy>().RunAsync(file.Id)));
    }

    [Fact]
    public async Task Load_AFileWithFaults_IsRefusedWhole_EachFaultNamedByLine()
    {
        await using var site = await TestSite.StartAsync();
        const string json = """
            {
              "name": "County",
              "effectiveFrom": "1 April",
              "limit": {},
              "limits": {
                "waiting.next-contact": "two weeks",
                "Waiting Contact": "2 weeks"
              },
              "lists": { "note.kinds": [ { "key": "a" } ] },
              "tables": { "t": { "columns": ["x", "y"], "rows": [ ["1"] ] } }
            }
            """;

        var refused = await Should.ThrowAsync<RefusedException>(site.InScopeAsync(s => s.GetRequiredService<LoadPolicy>().RunAsync(json)));

        refused.Message.ShouldStartWith("The file has 6 faults and was not loaded.");
        refused.Message.ShouldContain("Line 3, effectiveFrom: \"1 April\" is not a day.");
        refused.Message.ShouldContain("Line 4, limit: No such part.");
        refused.Message.ShouldContain("Line 6, limits.waiting.next-contact: \"two weeks\" is not a limit.");
        refused.Message.ShouldContain("Line 7, limits.Waiting Contact");
        refused.Message.ShouldContain("Line 9, lists.note.kinds title");
        refused.Message.ShouldContain("Line 10, tables.t: The row has 1 cells and the table 2 columns.");
        (await site.InDbAsync(db => Task.FromResult(db.PolicyFiles.Count()))).ShouldBe(0);
    }

    [Fact]
    public void Read_BrokenJson_SaysTheLine()
    {
        var (content, faults) = PolicyReader.Read("{\n  \"name\": \"x\",\n  \"limits\": { \"a\" \"b\" }\n}");
        content.ShouldBeNull();
        faults.ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public async Task Load_UnknownKey_IsKeptWithAWarning()
    {
        await using var site = await TestSite.StartAsync();
        var warnings = await site.InScopeAsync(async s => (await s.GetRequiredService<LoadPolicy>()
            .RunAsync("""{ "name": "x", "effectiveFrom": "2030-01-01", "limits": { "waiting.nxt-contact": null } }""")).Warnings);
        warnings.ShouldHaveSingleItem().ShouldContain("waiting.nxt-contact");
    }
}

using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Data;

public sealed class ReferencesTests
{
    [Theory, BothEngines]
    public async Task Next_PrefixAndYear_CountEachByItself(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        (await NextAsync(site, "SGC", 2024)).ShouldBe("SGC-2024-000001");
        (await NextAsync(site, "SGC", 2024)).ShouldBe("SGC-2024-000002");
        (await NextAsync(site, "SGC", 2025)).ShouldBe("SGC-2025-000001");
        (await NextAsync(site, "ASM", 2024)).ShouldBe("ASM-2024-000001");
    }

    [Theory, BothEngines]
    public async Task Next_Block_GivesThemInOrderAndGoesOnAfter(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await NextAsync(site, "SGC", 2024);
        (await site.InScopeAsync(s => s.GetRequiredService<References>().NextAsync("SGC", 2024, 3))).ShouldBe(["SGC-2024-000002", "SGC-2024-000003", "SGC-2024-000004"]);
        (await NextAsync(site, "SGC", 2024)).ShouldBe("SGC-2024-000005");
    }

    [Theory, BothEngines]
    public async Task Next_AskedByManyAtOnce_NeverGivesOneTwice(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);

        var given = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => NextAsync(site, "SGC", 2024))));

        given.Distinct().Count().ShouldBe(40);
    }

    private static Task<string> NextAsync(TestSite site, string prefix, int year) => site.InScopeAsync(s => s.GetRequiredService<References>().NextAsync(prefix, year));
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Demo;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Host.Account;

public sealed class DemoPickerTests
{
    [Fact]
    public async Task Picker_IsThereOnlyWhileTheDatabaseIsADemo()
    {
        await using var site = await TestSite.StartAsync();
        using var client = site.Client();
        var picked = DemoUsers.All[^1];
        await site.InDbAsync(async db =>
        {
            db.Users.Add(new User { UserName = picked.UserName, NormalizedUserName = picked.UserName.ToUpperInvariant(), DisplayName = picked.Name });
            return await db.SaveChangesAsync();
        });
        (await client.GetAsync("/demo")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await site.InDbAsync(async db =>
        {
            db.Settings.Add(new Setting { Key = Setting.Demo, Value = "true" });
            return await db.SaveChangesAsync();
        });
        var page = await client.PageAsync("/demo");
        page.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain(picked.Name);
        var form = page.FormAt("main form");
        (await client.SendFormAsync(form, "/demo")).RedirectPath().ShouldBe("/");
        (await client.PageAsync("/account/sessions")).QuerySelector("main")!.TextContent.ShouldContain(picked.Name);

        await site.InDbAsync(db => db.Settings.Where(s => s.Key == Setting.Demo).ExecuteDeleteAsync());
        using var late = site.Client();
        (await late.GetAsync("/demo")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("userName", picked.UserName)]);
        (await late.PostAsync("/demo", content)).StatusCode.ShouldNotBe(HttpStatusCode.Found);
        (await late.GetAsync("/account/sessions")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Messages;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Messages;

public sealed class MessageListPageTests
{
    [Fact]
    public async Task MessageInDoubt_IsShownWithoutItsText_AndSentAgainByAnOperator()
    {
        await using var site = await TestSite.StartAsync();
        var message = await site.InScopeAsync(async services =>
        {
            var message = services.GetRequiredService<Outbox>().QueueEmail("break-glass-opened", "owner@example.com", "A record was opened", "Secret text");
            message.State = MessageState.InDoubt;
            await services.GetRequiredService<WaymarkDb>().SaveChangesAsync();
            return message;
        });
        var client = site.Client((await Given.UserAsync(site, Roles.Operator)).Id);

        var page = await client.PageAsync("/admin/messages?state=InDoubt");
        page.QuerySelector("main")!.TextContent.ShouldContain("Break glass opened");
        page.QuerySelector("main")!.TextContent.ShouldNotContain("Secret text");

        var form = (AngleSharp.Html.Dom.IHtmlFormElement)page.QuerySelector("main form[method=post]")!;
        form.SetAttribute("action", "/admin/messages?handler=Again");
        (await client.SendFormAsync(form, "/admin/messages")).RedirectPath().ShouldBe("/admin/messages?state=InDoubt");

        (await site.InDbAsync(db => db.Outbox.SingleAsync())).State.ShouldBe(MessageState.Waiting);
        (await site.InDbAsync(db => db.Audit.SingleAsync(a => a.Act == "send-message-again"))).SubjectId.ShouldBe(message.Id.ToString());
        (await client.SendFormAsync(form, "/admin/messages")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await site.Client((await Given.UserAsync(site, Roles.SocialWorker)).Id).GetAsync("/admin/messages", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }
}

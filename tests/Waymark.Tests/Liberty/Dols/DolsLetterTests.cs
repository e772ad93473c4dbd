using Microsoft.EntityFrameworkCore;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Liberty.Dols.Letters;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Liberty.Dols;

public sealed class DolsLetterTests
{
    [Fact]
    public async Task DL_1_DecisionLetter_ComesAsPdfAndWord_ForTheCouncilAndTheManagingAuthority_AndACopyIsKept()
    {
        await using var site = await TestSite.StartAsync();
        var people = await site.DolsPeopleAsync();
        var episode = await site.GrantedAsync(people);
        await site.InDbAsync(async db =>
        {
            db.RoleGrants.Add(new RoleGrant { UserId = Given.IdOf(people.HomeUser), RoleKey = Roles.ManagingAuthority, Source = "local" });
            return await db.SaveChangesAsync();
        });
        var letter = await site.InScopeAsync(async s => await ((DolsLetters)s.GetService(typeof(DolsLetters))!).WriteAsync(episode, await site.CaseAsync(episode.Id), "granted"));
        var words = string.Join('\n', letter!.Blocks.Select(b => b.Text));
        words.ShouldContain("From 31 July 2024 to 31 October 2024");
        words.ShouldContain("Offer a walk outside each day");
        words.ShouldContain("June Marlow, niece");
        using var staff = site.Client((await Given.UserAsync(site, Roles.DolsTeam)).Id);
        using var home = site.Client(Given.IdOf(people.HomeUser));
        using var stranger = site.Client(Given.IdOf(await site.HomeUserAsync(await site.HomeAsync("Larch House"))));

        foreach (var (client, at) in new[] { (staff, "/dols"), (home, "/dols/requests") })
        {
            using var pdf = await client.GetAsync($"{at}/{episode.Reference}/letters/granted/pdf");
            pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
            using var word = await client.GetAsync($"{at}/{episode.Reference}/letters/granted/word");
            word.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        }

        ((int)(await home.GetAsync($"/dols/{episode.Reference}/letters/granted/pdf")).StatusCode).ShouldBe(403);
        ((int)(await stranger.GetAsync($"/dols/requests/{episode.Reference}/letters/granted/pdf")).StatusCode).ShouldBeOneOf(403, 404);
        ((int)(await staff.GetAsync($"/dols/{episode.Reference}/letters/ended/pdf")).StatusCode).ShouldBe(404, "it has not ended");
        using var kept = await site.PostFormAsync(staff, $"/dols/{episode.Reference}/letters");
        kept.RedirectPath().ShouldBe($"/dols/{episode.Reference}/letters");
        (await site.InDbAsync(db => db.Attachments.SingleAsync(a => a.EpisodeId == episode.Id))).ContentType.ShouldBe("application/pdf");
    }
}

using System.Net;
using Shouldly;
using Waymark.Assessment.CareActAssessment;
using Waymark.Kernel.Access;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel;

/// <summary>The three pages that are open all day ask the database at most twelve times, whoever looks and however much there is.</summary>
public sealed class PageStatementsTests
{
    [Theory, BothEngines]
    public async Task PersonWorkListAndEpisode_AskAtMostTwelveTimes_AndNoMoreForMuchThanForLittle(Engine engine)
    {
        var counter = new StatementCount();
        await using var site = await TestSite.StartAsync(engine, counter.Watch);
        var team = await Given.TeamAsync(site, "locality", CareActAssessmentPathway.Duty.Key);
        var viewer = await Given.UserAsync(site, Roles.TeamManager, team, "Priya Nair", isManager: true);
        foreach (var role in new[] { Roles.SafeguardingLead, Roles.RecordsOfficer, Roles.FrontDoorSupervisor })
        {
            await GrantAsync(site, viewer.Id, role);
        }

        using var client = site.Client(viewer.Id);
        var (few, much) = (await site.PersonAsync("Amal Okafor"), await site.PersonAsync("Ben Okafor"));
        var first = await site.WaitsForAssessmentAsync(few);
        string[] pages = [$"/people/{few.Reference}", "/work", $"/work/{first.Reference}"];
        var little = await CountAsync(client, counter, pages);

        var last = await FillAsync(site, much);
        string[] full = [$"/people/{much.Reference}", "/work", $"/work/{last.Reference}"];
        var more = await CountAsync(client, counter, full);

        foreach (var (page, count, before) in full.Zip(more, little))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{page}: {count} statements, with little {before}");
            count.ShouldBeLessThanOrEqualTo(StatementCount.MostOfAPage, page);
            count.ShouldBeLessThanOrEqualTo(before + 1, $"{page}: a statement may be spared where there is nothing, never one added for each");
        }
    }

    private static async Task<List<int>> CountAsync(HttpClient client, StatementCount counter, IEnumerable<string> pages)
    {
        var counts = new List<int>();
        foreach (var page in pages)
        {
            // The first look opens a draft, the second is what a page costs.
            await client.PageAsync(page);
            counter.Restart();
            using var answer = await client.GetAsync(page);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, page);
            counts.Add(counter.Statements.Count);
        }

        return counts;
    }

    /// <summary>Much of everything about one person, restricted fields among it.</summary>
    private static async Task<Episode> FillAsync(TestSite site, Person person)
    {
        var worker = await site.WorkerAsync("Jo Mensah", Can.DoWork, Can.ViewWork, Can.WriteNotes);
        var episodes = new List<Episode>();
        for (var i = 0; i < 30; i++)
        {
            episodes.Add(await site.WaitsForAssessmentAsync(person, new DateOnly(2024, 7, 1)));
            await site.NoteAsync(person, $"Note {i}");
        }

        var relatives = new List<Person>();
        for (var i = 0; i < 6; i++)
        {
            relatives.Add(await site.PersonAsync($"Relative{i} Okafor"));
        }

        await site.InDbAsync(async db =>
        {
            db.AddRange(relatives.Select(r => new PersonRelationship { PersonId = r.Id, OtherPersonId = person.Id, Kind = "son", IsKeyPerson = true }));
            db.AddRange(Enumerable.Range(0, 6).Select(i => new PersonAlert
            {
                PersonId = person.Id, Kind = "staff-safety", Text = $"Alert {i}", Reason = "Dog", ReviewDate = new DateOnly(2024, 9, 1), ExpiryDate = new DateOnly(2024, 12, 1),
                AddedOn = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc), AddedById = Guid.Empty,
            }));
            db.AddRange(Enumerable.Range(0, 6).Select(i => new CareEvent { PersonId = person.Id, Kind = CareEventKind.Service, Source = "waymark", Reference = $"S{i}", StartDate = new DateOnly(2024, 6, 1), ServiceType = "Home care" }));
            GivenRecords.Restrict(db, person, Guid.NewGuid(), field: RestrictedFields.Phone);
            return await db.SaveChangesAsync();
        });
        await site.FillsInAsync(worker, episodes[0].Id, Given.AssessmentForm(site.CareClock.Today));
        return episodes[^1];
    }

    private static Task GrantAsync(TestSite site, Guid user, string role) => site.InDbAsync(async db =>
    {
        db.RoleGrants.Add(new RoleGrant { UserId = user, RoleKey = role, Source = "local" });
        return await db.SaveChangesAsync();
    });
}

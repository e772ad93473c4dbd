using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;
using Waymark.Tests.Architecture;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Access;

/// <summary>
/// Role × route × state of the record: everything the site answers, asked as every role with every address that could lead to a protected person, and searched for
/// what only those may read who see that person. The addresses come from the endpoint table, so a page added tomorrow is in it.
/// </summary>
public sealed class WhoSeesWhatTests
{
    [Fact]
    public async Task EveryAnswer_ToEveryRole_HoldsNothingOfAProtectedPerson()
    {
        await using var site = await TestSite.StartAsync(configure: s => s.AddSingleton<IAntiforgery, NoAntiforgery>());
        var records = await ProtectedRecords.MakeAsync(site);
        var users = new Dictionary<string, Guid>();
        foreach (var role in Roles.All)
        {
            users[role.Key] = (await Given.UserAsync(site, role.Key)).Id;
        }

        await records.DeclareAsync(site, users.Values);
        var before = await RestrictionsAsync(site);
        var leaks = new List<string>();
        var (seenOpen, asked) = (0, 0);
        var addresses = await AddressesAsync(site, records);
        foreach (var (role, user) in users)
        {
            using var client = site.Client(user);
            foreach (var (method, address, fields) in addresses)
            {
                asked++;
                using var request = new HttpRequestMessage(method, address);
                request.Content = method == HttpMethod.Post ? new FormUrlEncodedContent(fields) : null;
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + answer.Headers;
                leaks.AddRange(records.Leaks(text).Select(word => $"{role} {method} {address} ({(int)answer.StatusCode}) says {word}"));
                leaks.AddRange(answer.StatusCode == HttpStatusCode.InternalServerError ? [$"{role} {method} {address} failed"] : []);
                seenOpen += records.ShowsOpen(text) ? 1 : 0;
            }
        }

        leaks.ShouldBeEmpty(string.Join('\n', leaks.Take(60)));
        asked.ShouldBeGreaterThan(3000);
        seenOpen.ShouldBeGreaterThan(100, "someone nobody protects is found, so the search does find");
        (await RestrictionsAsync(site)).ShouldBe(before, "nobody lifted a restriction on the way");
        (await site.InDbAsync(db => db.Outbox.Select(m => m.Subject + " " + m.Text + " " + m.Html).ToListAsync())).SelectMany(records.Leaks).ShouldBeEmpty();
    }

    private static Task<List<Guid>> RestrictionsAsync(TestSite site) => site.InDbAsync(db => db.Restrictions.Where(r => r.ToOn == null).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync());

    /// <summary>Reads first, then posts: a post may change what there is to read.</summary>
    private static async Task<List<(HttpMethod, string, Dictionary<string, string>)>> AddressesAsync(TestSite site, ProtectedRecords records)
    {
        var (gets, posts) = (new List<string>(), new List<(string Address, Dictionary<string, string> Fields)>());
        foreach (var endpoint in PageTests.Endpoints(site).Where(e => !e.RoutePattern.RawText!.Contains("sign-out", StringComparison.Ordinal)))
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
            var handlers = (await PageTests.PageAsync(site, endpoint))?.HandlerMethods.Where(h => h.HttpMethod.Equals("POST", StringComparison.OrdinalIgnoreCase)).Select(h => h.Name).ToList() ?? [null];
            var addresses = Fill(endpoint.RoutePattern, records).ToList();
            gets.AddRange(methods.Contains("GET") ? addresses : []);
            posts.AddRange(methods.Contains("POST") ? addresses.SelectMany(a => handlers.Select(h => (h is null ? a : $"{a}?handler={h}", new Dictionary<string, string>()))) : []);
        }

        gets.AddRange(records.Searches.SelectMany(s => new[] { $"/people?q={s}", $"/work?q={s}" }));
        gets.AddRange(site.Services.GetRequiredService<Catalogue>().Measures.Keys.SelectMany(m => new[] { $"/measures/{m}/rows?at=2024-07-31", $"/measures/{m}/rows.csv?at=2024-07-31" }));
        gets.AddRange(records.People.SelectMany(p => new[] { $"/notes/new?personId={p}", $"/attachments/new?personId={p}", $"/contacts/new?personId={p}" }));
        posts.AddRange(records.Searches.SelectMany(s => new[]
        {
            ("/people/search", new Dictionary<string, string> { ["q"] = s }),
            ("/people/duplicates", new Dictionary<string, string> { ["familyName"] = s, ["givenName"] = s, ["phone"] = s, ["postcode"] = s }),
        }));
        return [.. gets.Distinct().Select(a => (HttpMethod.Get, a, new Dictionary<string, string>())), .. posts.Select(p => (HttpMethod.Post, p.Address, p.Fields))];
    }

    /// <summary>Every address of a route that could lead to a protected record: each of its parameters takes each value of its kind.</summary>
    private static IEnumerable<string> Fill(RoutePattern pattern, ProtectedRecords records)
    {
        IEnumerable<string> addresses = [""];
        foreach (var segment in pattern.PathSegments)
        {
            IEnumerable<string> parts = [""];
            foreach (var part in segment.Parts)
            {
                var values = part switch
                {
                    RoutePatternLiteralPart literal => [literal.Content],
                    RoutePatternSeparatorPart separator => [separator.Content],
                    RoutePatternParameterPart parameter => records.ValuesOf(pattern.RawText!, parameter),
                    _ => (IReadOnlyList<string>)[""],
                };
                parts = [.. parts.SelectMany(p => values.Select(v => p + v))];
            }

            addresses = [.. addresses.SelectMany(a => parts.Select(p => $"{a}/{p}"))];
        }

        return addresses.Select(a => a.Length == 0 ? "/" : a);
    }
}

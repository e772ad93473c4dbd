using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Demo;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Architecture;

/// <summary>
/// Whatever a page is sent, it answers: with itself and what is wrong, or with a refusal, never with an error of the site's own. Every form of every page that can be
/// reached in a small county is posted as it stands when nothing is filled in, and every endpoint is asked with ids that do not exist.
/// </summary>
public sealed class EmptyFormTests
{
    private const int PagesOfOnePattern = 3;

    [Fact]
    public async Task Endpoints_AskedAndPostedEmptyWithMadeUpIds_NeverFail()
    {
        await using var site = await CountyAsync();
        using var client = site.Client(await AllRolesAsync(site));
        var failed = new List<string>();
        var asked = 0;
        foreach (var endpoint in PageTests.Endpoints(site))
        {
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
            foreach (var method in methods.Intersect(["GET", "POST", "PUT", "DELETE"]))
            {
                asked++;
                using var request = new HttpRequestMessage(new HttpMethod(method), MadeUp(endpoint.RoutePattern));
                request.Content = method is "POST" or "PUT" ? new FormUrlEncodedContent([]) : null;
                using var answer = await client.SendAsync(request);
                failed.AddRange(answer.StatusCode >= HttpStatusCode.InternalServerError && answer.StatusCode != HttpStatusCode.ServiceUnavailable ? [$"{method} {request.RequestUri}: {(int)answer.StatusCode}"] : []);
            }
        }

        asked.ShouldBeGreaterThan(40);
        failed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Forms_OfEveryPageThatCanBeReached_PostedEmpty_NeverFail()
    {
        await using var site = await CountyAsync();
        using var client = site.Client(await AllRolesAsync(site));
        var walk = new Walk(site, client);

        await walk.FromAsync("/", "/my-day", "/work", "/people", "/measures", "/figures", "/admin/users", "/admin/teams", "/admin/policy", "/admin/audit", "/contacts/new");

        walk.Failed.ShouldBeEmpty();
        walk.Pages.ShouldBeGreaterThan(15);
        walk.Forms.ShouldBeGreaterThan(10);
    }

    private static async Task<TestSite> CountyAsync()
    {
        // The token is asserted elsewhere; here every post must get as far as its handler.
        var site = await TestSite.StartAsync(configure: s => s.AddSingleton<IAntiforgery, NoAntiforgery>());
        await site.InScopeAsync(s => new DemoCounty().MakeAsync(s, new Progress<(string, double)>(), scale: 4000));
        return site;
    }

    private static Task<Guid> AllRolesAsync(TestSite site) => site.InDbAsync(async db =>
    {
        var user = await db.Users.FirstAsync(u => u.UserName == "alex.hart");
        db.AddRange(Roles.All.Where(r => r.Key != Roles.Administrator).Select(r => new RoleGrant { UserId = user.Id, RoleKey = r.Key, Source = "local" }));
        await db.SaveChangesAsync();
        return user.Id;
    });

    private static string MadeUp(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter => parameter.ParameterPolicies.Select(p => p.Content).FirstOrDefault() switch
        {
            "guid" => "0198f0aa-bbcc-7ddd-8eee-ff0011223344",
            "int" or "long" => "404",
            _ => "no-such-thing",
        },
        _ => "",
    }))));

    private sealed class Walk(TestSite site, HttpClient client)
    {
        private readonly HashSet<string> seen = [];
        private readonly Dictionary<string, int> ofPattern = [];
        private readonly Queue<string> due = new();
        private readonly HtmlParser parser = new();

        public List<string> Failed { get; } = [];
        public int Pages { get; private set; }
        public int Forms { get; private set; }

        public async Task FromAsync(params string[] starts)
        {
            foreach (var start in starts)
            {
                Add(start);
            }

            while (due.TryDequeue(out var address))
            {
                using var answer = await client.GetAsync(address);
                if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                {
                    Failed.Add($"GET {address}: {(int)answer.StatusCode}");
                }
                else if (answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType?.MediaType == "text/html")
                {
                    Pages++;
                    await ReadAsync(address, parser.ParseDocument(await answer.Content.ReadAsStringAsync()));
                }
            }
        }

        private async Task ReadAsync(string address, IHtmlDocument page)
        {
            foreach (var link in page.QuerySelectorAll<IHtmlAnchorElement>("a[href]"))
            {
                Add(Resolve(address, link.GetAttribute("href")!));
            }

            foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("form").Where(f => string.Equals(f.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase)))
            {
                var action = Resolve(address, form.GetAttribute("action") is { Length: > 0 } given ? given : address);
                foreach (var button in form.QuerySelectorAll("button, input[type=submit]").DefaultIfEmpty())
                {
                    await PostAsync(address, action, form, button);
                }
            }
        }

        // Hidden fields and the button go along as they would; nothing is typed or chosen.
        private async Task PostAsync(string page, string action, IHtmlFormElement form, IElement? button)
        {
            var target = button?.GetAttribute("formaction") is { Length: > 0 } own ? Resolve(page, own) : action;
            if (!seen.Add($"POST {Pattern(target)} {button?.GetAttribute("name")}={button?.GetAttribute("value")} {target.Split('?').ElementAtOrDefault(1)}"))
            {
                return;
            }

            Forms++;
            var fields = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => new KeyValuePair<string, string>(i.Name ?? "", i.Value))
                .Concat(button?.GetAttribute("name") is { Length: > 0 } name ? [new(name, button.GetAttribute("value") ?? "")] : []);
            using var answer = await client.PostAsync(target, new FormUrlEncodedContent(fields));
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
            {
                Failed.Add($"POST {target} from {page}: {(int)answer.StatusCode}");
            }
        }

        private void Add(string address)
        {
            var bare = address.Split('#')[0];
            if (!bare.StartsWith('/') || !seen.Add(bare))
            {
                return;
            }

            var pattern = Pattern(bare);
            ofPattern[pattern] = ofPattern.GetValueOrDefault(pattern) + 1;
            if (ofPattern[pattern] <= PagesOfOnePattern)
            {
                due.Enqueue(bare);
            }
        }

        private string Pattern(string address)
        {
            var path = new PathString(address.Split('?')[0]);
            var values = new RouteValueDictionary();
            return PageTests.Endpoints(site).FirstOrDefault(e => new TemplateMatcher(
                TemplateParser.Parse(e.RoutePattern.RawText!.TrimStart('/')), []).TryMatch(path, values))?.RoutePattern.RawText ?? path;
        }

        private static string Resolve(string page, string href) =>
            Uri.TryCreate(new Uri($"http://localhost{page}"), href, out var url) && url.Host == "localhost" && url.Scheme == "http" ? url.PathAndQuery : "elsewhere";
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Shouldly;
using Waymark.Host.Account.Directory;
using Xunit;

namespace Waymark.Tests.Support;

/// <summary>A real OpenID Connect provider (npm <c>oidc-provider</c>, tests/oidc) on a loopback port of its own, in the part of a council's directory.</summary>
public sealed class DirectoryProvider : IAsyncLifetime
{
    public const string ClientId = "waymark";
    public const string ClientSecret = "a secret of the tests & only theirs";

    private readonly HttpClient control = new();
    private Process? process;

    public string Issuer { get; private set; } = "";

    public DirectoryConfig Config => new() { Name = "the council's account", Authority = Issuer, ClientId = ClientId, ClientSecret = ClientSecret, Scopes = "openid profile email groups" };

    public async ValueTask InitializeAsync()
    {
        var script = typeof(DirectoryProvider).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "DirectoryProvider").Value!;
        var start = new ProcessStartInfo("node", [script, ClientId, ClientSecret, "http://localhost/account/directory"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        Issuer = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The provider did not start: {await errors}");
    }

    /// <summary>Someone in the directory, added or changed.</summary>
    public async Task PersonAsync(string subject, string name, string email, params string[] groups)
    {
        using var answer = await control.PostAsJsonAsync($"{Issuer}/test/people", new Dictionary<string, object> { [subject] = new { name, email, groups } });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The provider signs with new keys from now on and publishes only them.</summary>
    public async Task ChangeKeysAsync() => (await control.PostAsync($"{Issuer}/test/rotate", null)).EnsureSuccessStatusCode();

    /// <summary>The whole way of a person who presses "Sign in with the council's account": to the provider, through its login and consent, and back to the site.</summary>
    /// <returns>The site's answer to the address the provider sent the browser back to, and that address.</returns>
    public static async Task<(HttpResponseMessage Answer, string Callback)> SignInAsync(HttpClient site, string subject, string returnUrl = "/")
    {
        using var begun = await site.GetAsync($"{DirectoryPart.StartPath}?returnUrl={Uri.EscapeDataString(returnUrl)}");
        begun.StatusCode.ShouldBe(HttpStatusCode.Found, await begun.Content.ReadAsStringAsync());
        var callback = await ThroughProviderAsync(begun.Headers.Location!, subject);
        return (await site.GetAsync(callback), callback);
    }

    public static async Task<string> ThroughProviderAsync(Uri address, string subject)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler);
        var answer = await browser.GetAsync(address);
        for (var steps = 0; steps < 20; steps++)
        {
            if (answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther)
            {
                address = new Uri(address, answer.Headers.Location!);
                if (address.Host == "localhost")
                {
                    return address.PathAndQuery;
                }

                answer = await browser.GetAsync(address);
                continue;
            }

            // Its login page asks for a name, its consent page for a yes: both are one form.
            var page = await answer.PageAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, page.Body?.TextContent);
            var form = page.FormAt("form");
            var fields = form.QuerySelector("input[name=login]") is null ? Array.Empty<(string, string?)>() : [("login", subject), ("password", "any")];
            answer = await browser.SendFormAsync(form, address.ToString(), fields);
        }

        throw new InvalidOperationException($"The provider went round in circles and ended at {address}.");
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}

using System.Net;
using Waymark.Kernel.Access;

namespace Waymark.Host.Hosting;

/// <summary>How the site is served, from the environment: where it listens, which sides it shows, whom it believes.</summary>
public sealed record SiteSettings
{
    public const int DefaultPort = 5080;

    /// <summary>Addresses to listen on, semicolon separated. <c>WAYMARK_URLS</c>; else loopback.</summary>
    public required string Urls { get; init; }

    /// <summary><c>WAYMARK_SITES</c>: <c>public</c>, <c>staff</c> or both.</summary>
    public Sides Sides { get; init; } = Sides.Both;

    /// <summary><c>WAYMARK_HOSTS</c>: names under which the site may be asked, semicolon separated; a site on loopback without a proxy answers to loopback names only.</summary>
    public required string Hosts { get; init; }

    /// <summary><c>WAYMARK_PROXIES</c>: addresses and networks of the reverse proxies whose word on client, scheme and host is taken; of nobody else.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary><c>WAYMARK_LOGS=json</c>: one JSON object a line.</summary>
    public bool JsonLogs { get; init; }

    /// <exception cref="RefusedException">A value that cannot be read, said in words.</exception>
    public static SiteSettings From(Func<string, string?> environment, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var urls = port is { } number ? $"http://127.0.0.1:{number}" : environment("WAYMARK_URLS") is { Length: > 0 } given ? given : $"http://127.0.0.1:{DefaultPort}";
        List<IPNetwork> proxies = [.. Words(environment("WAYMARK_PROXIES")).Select(Network)];
        return new SiteSettings
        {
            Urls = urls,
            Sides = SidesFrom(environment("WAYMARK_SITES")),
            Hosts = environment("WAYMARK_HOSTS") is { Length: > 0 } hosts ? hosts : IsLoopback(urls) && proxies.Count == 0 ? "localhost;127.0.0.1;[::1]" : "*",
            Proxies = proxies,
            JsonLogs = environment("WAYMARK_LOGS") switch
            {
                null or "" or "text" => false,
                "json" => true,
                var other => throw new RefusedException($"WAYMARK_LOGS is '{other}'; it may be 'text' or 'json'."),
            },
        };
    }

    private static Sides SidesFrom(string? text)
    {
        var words = Words(text).ToList();
        return words.Count == 0 ? Sides.Both : words.Aggregate((Sides)0, (sides, word) => sides | word switch
        {
            "public" => Sides.Public,
            "staff" => Sides.Staff,
            _ => throw new RefusedException($"WAYMARK_SITES is '{text}'; it may be 'public', 'staff' or 'public,staff'."),
        });
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)
        : throw new RefusedException($"WAYMARK_PROXIES holds '{text}', which is neither an address nor a network such as 10.0.0.0/8.");

    private static bool IsLoopback(string urls) => urls.Split(';').All(u => Uri.TryCreate(u, UriKind.Absolute, out var url) && url.IsLoopback);

    private static string[] Words(string? text) => text?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
}

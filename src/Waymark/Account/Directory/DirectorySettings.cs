using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account.Directory;

/// <summary>How the council's directory is reached.</summary>
public sealed record DirectoryConfig
{
    /// <summary>On the button: "your council account".</summary>
    public required string Name { get; init; }

    /// <summary>The issuer's address; <c>/.well-known/openid-configuration</c> stands beneath it.</summary>
    public required string Authority { get; init; }
    public required string ClientId { get; init; }
    public required string ClientSecret { get; init; }
    public string Scopes { get; init; } = "openid profile email";
    public string GroupsClaim { get; init; } = "groups";
}

/// <summary>Keeps <see cref="DirectoryConfig"/> among the settings, its secret sealed.</summary>
[Scoped]
public sealed class DirectorySettings(WaymarkDb db, Auditor audit, DirectoryMetadata metadata, IDataProtectionProvider protection)
{
    private const string Prefix = "directory.";
    private readonly IDataProtector protector = protection.CreateProtector("Waymark.Directory");

    /// <summary><c>null</c> while no directory is set up.</summary>
    public async Task<DirectoryConfig?> ReadAsync()
    {
        var kept = await db.Settings.AsNoTracking().Where(s => s.Key.StartsWith(Prefix)).ToDictionaryAsync(s => s.Key[Prefix.Length..], s => s.Value);
        return kept.TryGetValue("authority", out var authority) && kept.TryGetValue("client-id", out var clientId) && kept.TryGetValue("client-secret", out var secret)
            ? new DirectoryConfig
            {
                Name = kept.GetValueOrDefault("name") ?? "your council account",
                Authority = authority,
                ClientId = clientId,
                ClientSecret = protector.Unprotect(secret),
                Scopes = kept.GetValueOrDefault("scopes") ?? "openid profile email",
                GroupsClaim = kept.GetValueOrDefault("groups-claim") ?? "groups",
            }
            : null;
    }

    /// <summary>Checks that the directory answers as who it should be, then keeps the settings.</summary>
    public async Task SaveAsync(DirectoryConfig config, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        await metadata.GetAsync(config.Authority, fresh: true, cancellation);
        await SetAsync("name", config.Name);
        await SetAsync("authority", config.Authority.TrimEnd('/'));
        await SetAsync("client-id", config.ClientId);
        await SetAsync("client-secret", protector.Protect(config.ClientSecret));
        await SetAsync("scopes", config.Scopes);
        await SetAsync("groups-claim", config.GroupsClaim);
        audit.Record("set-directory", nameof(Setting), "directory", new { config.Authority, config.ClientId });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Signing in through the directory ends; accounts and their roles stay.</summary>
    public async Task RemoveAsync()
    {
        db.Settings.RemoveRange(await db.Settings.Where(s => s.Key.StartsWith(Prefix)).ToListAsync());
        audit.Record("remove-directory", nameof(Setting), "directory");
        await db.SaveChangesAsync();
    }

    private async Task SetAsync(string key, string value)
    {
        if (await db.Settings.FindAsync(Prefix + key) is { } setting)
        {
            setting.Value = value;
        }
        else
        {
            db.Settings.Add(new Setting { Key = Prefix + key, Value = value });
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Analysts;

/// <summary>Makes the views at start, when their definition is not the one that stands; takes them away before a migration changes a table under them.</summary>
[Scoped]
public sealed class AnalystViews(WaymarkDb db)
{
    private const string SettingKey = "analyst-views";

    private static string Wanted { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', AnalystViewList.All.Select(v => v.CreateSql)))));

    public Task<bool> AreCurrentAsync(CancellationToken cancellation = default) => db.Settings.AnyAsync(s => s.Key == SettingKey && s.Value == Wanted, cancellation);

    public async Task EnsureAsync(CancellationToken cancellation = default)
    {
        var setting = await db.Settings.FirstOrDefaultAsync(s => s.Key == SettingKey, cancellation);
        if (setting?.Value == Wanted)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await DropAllAsync(cancellation);
        foreach (var view in AnalystViewList.All)
        {
            await db.Database.ExecuteSqlRawAsync(view.CreateSql, cancellation);
        }

        if (setting is null)
        {
            db.Add(new Setting { Key = SettingKey, Value = Wanted });
        }
        else
        {
            setting.Value = Wanted;
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Before a migration; <see cref="EnsureAsync"/> makes them again after it.</summary>
    public async Task DropAsync(CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await DropAllAsync(cancellation);
        await db.Settings.Where(s => s.Key == SettingKey).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task DropAllAsync(CancellationToken cancellation)
    {
        foreach (var view in AnalystViewList.All.Reverse())
        {
            await db.Database.ExecuteSqlRawAsync(view.DropSql, cancellation);
        }
    }
}

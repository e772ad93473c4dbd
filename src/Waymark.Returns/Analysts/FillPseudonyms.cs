using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Analysts;

/// <summary>Gives every person and episode its pseudonym for the views, takes away those of records that are gone, and makes all anew when the key was changed.</summary>
[Scoped]
public sealed class FillPseudonyms(WaymarkDb db, Pseudonyms pseudonyms)
{
    private const int RowsATime = 5000;
    private const string KeySetting = "pseudonym-key";

    /// <returns>How many were added.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        await ForgetOldKeyAsync(cancellation);
        await db.Pseudonyms.Where(k => !db.People.Any(p => p.Id == k.SubjectId) && !db.Episodes.Any(e => e.Id == k.SubjectId)).ExecuteDeleteAsync(cancellation);
        return await FillAsync(db.People.Select(p => p.Id), cancellation) + await FillAsync(db.Episodes.Select(e => e.Id), cancellation);
    }

    private async Task<int> FillAsync(IQueryable<Guid> subjects, CancellationToken cancellation)
    {
        var added = 0;
        while (true)
        {
            var missing = await subjects.Where(id => !db.Pseudonyms.Any(k => k.SubjectId == id)).OrderBy(id => id).Take(RowsATime).ToListAsync(cancellation);
            if (missing.Count == 0)
            {
                return added;
            }

            db.AddRange(missing.Select(id => new Pseudonym { SubjectId = id, Key = pseudonyms.Of(id) }));
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
            added += missing.Count;
        }
    }

    /// <summary>A mark of the key, from which the key cannot be found, says whether the pseudonyms kept are of it.</summary>
    private async Task ForgetOldKeyAsync(CancellationToken cancellation)
    {
        var mark = pseudonyms.Of("the mark of the key");
        var setting = await db.Settings.FirstOrDefaultAsync(s => s.Key == KeySetting, cancellation);
        if (setting?.Value == mark)
        {
            return;
        }

        await db.Pseudonyms.ExecuteDeleteAsync(cancellation);
        if (setting is null)
        {
            db.Add(new Setting { Key = KeySetting, Value = mark });
        }
        else
        {
            setting.Value = mark;
        }

        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>Keeps the views' pseudonyms a few minutes behind the records.</summary>
public sealed class FillPseudonymsJob : Job
{
    public override string Name => "pseudonyms";
    public override TimeSpan Every => TimeSpan.FromMinutes(5);
    public override Task RunAsync(IServiceProvider services, CancellationToken cancellation) => services.GetRequiredService<FillPseudonyms>().RunAsync(cancellation);
}

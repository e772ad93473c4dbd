using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Host.Hosting;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Messages;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Running;

public enum Health { Ok, Warn, Fail }

/// <param name="Mend">What to do about it; empty when all is well.</param>
public sealed record Finding(string Check, Health State, string What, string Mend = "");

/// <summary>Looks a site over without changing anything: each check says what it found and, where something is wrong, how to mend it.</summary>
[Scoped]
internal sealed class Doctor(WaymarkDb db, DatabaseChoice choice, TimeProvider time, CareClock clock, IEnumerable<Job> jobs, SealFile seals)
{
    private const double Gigabyte = 1_000_000_000;
    private DateTime Now => Instants.Truncate(time.GetUtcNow().UtcDateTime);

    public async Task<IReadOnlyList<Finding>> ExamineAsync()
    {
        var folder = Folder();
        if (!Directory.Exists(choice.DataFolder))
        {
            return [folder];
        }

        var findings = new List<Finding> { folder, Disk() };
        var schema = await SchemaAsync();
        findings.Add(schema);
        if (schema.State == Health.Fail)
        {
            return findings;
        }

        clock.Offset = await Site.CareClockOffsetAsync(db);
        var isDemo = await db.Settings.AnyAsync(s => s.Key == Setting.Demo && s.Value == "true");
        findings.AddRange([await EngineAsync(), await ClockAsync(isDemo), await LockAsync(), await AdministratorsAsync(), await PolicyAsync(isDemo), await KeysAsync(), await AuditAsync(), await OutboxAsync()]);
        findings.AddRange(await JobsAsync());
        findings.Add(await BackupAsync(isDemo));
        return findings;
    }

    private static bool OthersMayRead(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    private Finding Folder()
    {
        if (!Directory.Exists(choice.DataFolder))
        {
            return new("data folder", Health.Fail, $"{choice.DataFolder} does not exist", "Name the right folder with --data, or start the site once.");
        }

        var keys = Path.Combine(choice.DataFolder, "keys");
        var open = Directory.Exists(keys) ? Directory.EnumerateFiles(keys).Where(OthersMayRead).ToList() : [];
        return open.Count > 0
            ? new("data folder", Health.Fail, $"keys can be read by other users of this machine: {string.Join(", ", open.Select(Path.GetFileName))}", $"chmod 600 {keys}/*")
            : new("data folder", Health.Ok, choice.DataFolder);
    }

    private Finding Disk()
    {
        var free = new DriveInfo(choice.DataFolder).AvailableFreeSpace / Gigabyte;
        var what = string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GB free");
        return free < 0.5 ? new("disk", Health.Fail, what, "Make room at once: nothing can be saved when it is full.")
            : free < 5 ? new("disk", Health.Warn, what, "Make room, or move the data folder to a larger disk.")
            : new("disk", Health.Ok, what);
    }

    private async Task<Finding> SchemaAsync()
    {
        try
        {
            return await Schema.StateAsync(db) switch
            {
                SchemaState.Current => new("tables", Health.Ok, "of this version"),
                SchemaState.Behind => new("tables", Health.Fail, "of an earlier version", "Back up, then start the site: it brings them up to date."),
                _ => new("tables", Health.Fail, "no database stands here", "Start the site, or restore a backup; is --data (or WAYMARK_DB) right?"),
            };
        }
        catch (RefusedException refused)
        {
            return new("tables", Health.Fail, "of a later version", refused.Message);
        }
        catch (System.Data.Common.DbException error)
        {
            return new("database", Health.Fail, $"does not answer ({error.GetType().Name} {error.SqlState})", "Is the server running, and are WAYMARK_DB's host, name and password right?");
        }
    }

    private async Task<Finding> EngineAsync()
    {
        if (choice.IsPostgres)
        {
            return new("database", Health.Ok, $"PostgreSQL {await db.Database.SqlQuery<string>($"SELECT current_setting('server_version') AS \"Value\"").SingleAsync()}");
        }

        var found = await db.Database.SqlQuery<string>($"SELECT quick_check AS \"Value\" FROM pragma_quick_check").ToListAsync();
        return found is ["ok"]
            ? new("database", Health.Ok, string.Create(CultureInfo.InvariantCulture, $"SQLite, {new FileInfo(choice.SqliteFile).Length / 1_000_000.0:0.0} MB, whole"))
            : new("database", Health.Fail, $"the file is damaged: {string.Join("; ", found.Take(3))}", "Stop the site and restore the last backup.");
    }

    private async Task<Finding> ClockAsync(bool isDemo)
    {
        if (choice.IsPostgres && (await db.Database.SqlQuery<DateTime>($"SELECT now() AS \"Value\"").SingleAsync() - Now).Duration() is var apart && apart > TimeSpan.FromSeconds(10))
        {
            return new("clock", Health.Warn, $"this machine and the database are {apart.TotalSeconds:0} seconds apart", "Set both by NTP.");
        }

        return clock.Offset == TimeSpan.Zero ? new("clock", Health.Ok, $"{Now:d MMMM yyyy, HH:mm} UTC")
            : isDemo ? new("clock", Health.Ok, $"a demo: in the work it is {clock.Today:d MMMM yyyy}")
            : new("clock", Health.Fail, $"in the work it is {clock.Today:d MMMM yyyy}, though this is no demo", $"Remove the setting {CareClock.OffsetSetting}.");
    }

    private async Task<Finding> LockAsync()
    {
        try
        {
            await using var @lock = await StartLock.TakeAsync(choice, TimeSpan.Zero, _ => { });
            return new("start-up lock", Health.Ok, @lock.WasLeftOver ? "was left by a process that is gone; cleared" : "free");
        }
        catch (RefusedException)
        {
            return new("start-up lock", Health.Warn, "a start is preparing the database now", "Wait for it; if it never ends, end that process.");
        }
    }

    private async Task<Finding> AdministratorsAsync() =>
        await db.RoleGrants.CountAsync(g => g.RoleKey == Roles.Administrator && db.Users.Any(u => u.Id == g.UserId && u.CanSignIn && u.LeftOn == null)) is var count && count > 0
            ? new("administrators", Health.Ok, count == 1 ? "1" : count.ToString(CultureInfo.InvariantCulture))
            : new("administrators", Health.Fail, "none can sign in", "./waymark user add --admin NAME");

    private async Task<Finding> PolicyAsync(bool isDemo)
    {
        var today = clock.Today;
        var name = await db.PolicyFiles.Where(f => f.WithdrawnOn == null && f.EffectiveFrom <= today).OrderByDescending(f => f.EffectiveFrom).Select(f => f.Name).FirstOrDefaultAsync();
        return name is not null ? new("policy", Health.Ok, name)
            : isDemo ? new("policy", Health.Ok, "Waymark's own defaults")
            : new("policy", Health.Warn, "Waymark's own defaults: no file of this council's is in force", "Load the council's limits: ./waymark policy load FILE (docs/policy.md).");
    }

    private async Task<Finding> KeysAsync() => await db.DataProtectionKeys.CountAsync() is var count && count > 0
        ? new("sign-in keys", Health.Ok, count.ToString(CultureInfo.InvariantCulture))
        : new("sign-in keys", Health.Warn, "none yet", "The site makes one when the first page is asked for.");

    private async Task<Finding> AuditAsync()
    {
        var to = await db.AuditSeals.MaxAsync(s => (long?)s.LastEntryId) ?? 0;
        var before = Now - TimeSpan.FromMinutes(10);
        var late = await db.Audit.CountAsync(a => a.Id > to && a.OccurredOn < before);
        return late > 0 ? new("audit", Health.Warn, $"{late} entries of more than ten minutes ago are not sealed", "Is the site running? Its job audit-sealer seals them; see its line here.")
            : to > 0 && !File.Exists(seals.FullPath) ? new("audit", Health.Fail, $"the file of seals is missing: {seals.FullPath}", "Put it back from the last backup, then ./waymark audit verify.")
            : new("audit", Health.Ok, "sealed");
    }

    private async Task<Finding> OutboxAsync()
    {
        var states = await db.Outbox.Where(m => m.State != MessageState.Sent).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count(), Oldest = g.Min(m => m.QueuedOn) }).ToListAsync();
        var (doubt, failed) = (states.FirstOrDefault(s => s.Key == MessageState.InDoubt)?.Count ?? 0, states.FirstOrDefault(s => s.Key == MessageState.Failed)?.Count ?? 0);
        var waiting = states.FirstOrDefault(s => s.Key == MessageState.Waiting);
        return doubt + failed > 0 ? new("messages", Health.Warn, $"{doubt} in doubt, {failed} failed", "Judge them at /admin/messages.")
            : waiting is not null && waiting.Oldest < Now - TimeSpan.FromHours(1) ? new("messages", Health.Warn, $"{waiting.Count} waiting, some for over an hour", "Is the mail server set and answering? See /admin/messages.")
            : new("messages", Health.Ok, waiting is null ? "none waiting" : $"{waiting.Count} waiting");
    }

    private async Task<IEnumerable<Finding>> JobsAsync()
    {
        var leases = await db.Leases.AsNoTracking().ToDictionaryAsync(l => l.Job);
        return jobs.OrderBy(j => j.Name, StringComparer.Ordinal).Select(job => Of(job, leases.GetValueOrDefault(job.Name)));
    }

    private Finding Of(Job job, Lease? lease)
    {
        var check = $"job {job.Name}";
        return lease?.LastRunOn is not { } last ? new(check, Health.Warn, "has never run", "Start the site: jobs run in it.")
            : lease.Failures > 0 ? new(check, Health.Warn, $"failed {lease.Failures} times, the last time with {lease.LastError}", "The site's log says where; it is tried again by itself.")
            : lease.ExpiresOn < Now && lease.DueOn is { } due && due < Now - job.Every - TimeSpan.FromMinutes(10) ? new(check, Health.Warn, $"last ran {last:d MMMM yyyy, HH:mm} UTC and is overdue", "Start the site: jobs run in it.")
            : new(check, Health.Ok, $"last ran {last:d MMMM yyyy, HH:mm} UTC");
    }

    private async Task<Finding> BackupAsync(bool isDemo)
    {
        var text = await db.Settings.Where(s => s.Key == BackUp.LastSetting).Select(s => s.Value).SingleOrDefaultAsync();
        DateTime? last = text is null ? null : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        return last is { } made && made > Now - TimeSpan.FromDays(2) ? new("backup", Health.Ok, $"made {made:d MMMM yyyy, HH:mm} UTC")
            : isDemo ? new("backup", Health.Ok, "not needed for a demo")
            : new("backup", Health.Warn, last is null ? "none was made with ./waymark backup" : $"the last is of {last:d MMMM yyyy}", "./waymark backup FILE every night, to another machine (or your database's own backups).");
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>
/// Writes down every view of a person. A view costs the page one line in a file; a second's views go to the database together, so that two hundred a second do not slow
/// those who save.
/// </summary>
[Singleton]
public sealed class ViewLog(IServiceScopeFactory scopes, TimeProvider time, ViewJournal journal) : IDisposable
{
    /// <summary>So many are written without waiting for more.</summary>
    internal const int Batch = 500;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim flushing = new(1, 1);
    private readonly SemaphoreSlim arrived = new(0);
    private List<ViewLogEntry> waiting = [];

    /// <summary>Before the page is shown. The system's own reads are nobody's view.</summary>
    /// <param name="page">The page's route: <c>/people/{reference}</c>.</param>
    /// <param name="purpose">Where one was asked: break-glass, opening a measure's rows.</param>
    /// <exception cref="IOException">It could not be written down; then the page must not be shown.</exception>
    public void Record(Viewer viewer, Guid personId, string page, string? purpose = null)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        if (viewer.IsSystem)
        {
            return;
        }

        var view = new ViewLogEntry
        {
            UserId = viewer.UserId, PersonId = personId, ViewedOn = Instants.Truncate(time.GetUtcNow().UtcDateTime), Page = page, Purpose = purpose,
        };
        lock (gate)
        {
            journal.Append(view);
            waiting.Add(view);
            if (waiting.Count is 1 or Batch)
            {
                arrived.Release();
            }
        }
    }

    /// <summary>Everything recorded here so far is in the database when it returns: before the log is read, and at the end.</summary>
    public async Task FlushAsync(CancellationToken cancellation = default)
    {
        await flushing.WaitAsync(cancellation);
        List<ViewLogEntry> batch = [];
        try
        {
            lock (gate)
            {
                (batch, waiting) = (waiting, []);
            }

            await SaveAsync(batch, cancellation);
            lock (gate)
            {
                journal.Keep(waiting);
            }
        }
        catch
        {
            lock (gate)
            {
                waiting.InsertRange(0, batch);
            }

            throw;
        }
        finally
        {
            flushing.Release();
        }
    }

    /// <summary>Saves what processes that were killed had not.</summary>
    public async Task RecoverAsync(CancellationToken cancellation = default)
    {
        foreach (var (views, forget) in journal.LeftByOthers())
        {
            await SaveAsync(views, cancellation, unlessThere: true);
            forget();
        }
    }

    /// <summary>A view has arrived, or so many that they should go now.</summary>
    internal Task<bool> ArrivedAsync(TimeSpan within, CancellationToken cancellation) => arrived.WaitAsync(within, cancellation);

    internal void TryAgain() => arrived.Release();

    public void Dispose()
    {
        flushing.Dispose();
        arrived.Dispose();
    }

    private async Task SaveAsync(IReadOnlyList<ViewLogEntry> views, CancellationToken cancellation, bool unlessThere = false)
    {
        if (views.Count == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var view in views)
        {
            // A process killed between saving and forgetting leaves views that are already there.
            if (!unlessThere || !await db.ViewLog.AnyAsync(v => v.PersonId == view.PersonId && v.ViewedOn == view.ViewedOn && v.UserId == view.UserId && v.Page == view.Page, cancellation))
            {
                db.ViewLog.Add(new ViewLogEntry { UserId = view.UserId, PersonId = view.PersonId, ViewedOn = view.ViewedOn, Page = view.Page, Purpose = view.Purpose });
            }
        }

        await db.SaveChangesAsync(cancellation);
    }
}

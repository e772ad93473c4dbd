using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Pack;

/// <summary>Notes an action of the weekly meeting.</summary>
[Scoped]
public sealed class AddPackAction(WaymarkDb db, CareClock clock, Auditor audit)
{
    public async Task<PackAction> RunAsync(string listKey, string? text, string? owner, DateOnly? due)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new RefusedException("Say what will be done.", "Text");
        }

        if (string.IsNullOrWhiteSpace(owner))
        {
            throw new RefusedException("Say who will do it.", "Owner");
        }

        if (text.Length > 500 || owner.Length > 100)
        {
            throw new RefusedException("Keep the action to 500 characters and the name to 100.", "Text");
        }

        var action = new PackAction
        {
            ListKey = listKey,
            Text = text.Trim(),
            Owner = owner.Trim(),
            RaisedDate = clock.Today,
            DueDate = due ?? clock.Today.AddDays(7),
            State = PackActionState.Open,
        };
        if (action.DueDate < clock.Today)
        {
            throw new RefusedException("The day it is due has passed already.", "Due");
        }

        db.Add(action);
        audit.Record("add-pack-action", action, new { listKey, action.DueDate });
        await db.SaveChangesAsync();
        return action;
    }
}

/// <summary>Says what became of an action.</summary>
[Scoped]
public sealed class EndPackAction(WaymarkDb db, CareClock clock, Auditor audit)
{
    public async Task RunAsync(Guid id, bool done, string? outcome)
    {
        var action = await db.Set<PackAction>().SingleOrDefaultAsync(a => a.Id == id) ?? throw new RefusedException("There is no such action.");
        if (action.State != PackActionState.Open)
        {
            throw new RefusedException($"It was marked {action.State.ToString().ToLowerInvariant()} on {action.EndedDate:d MMMM yyyy} already.");
        }

        if (!done && string.IsNullOrWhiteSpace(outcome))
        {
            throw new RefusedException("Say why it is dropped.", "Outcome");
        }

        (action.State, action.Outcome, action.EndedDate) = (done ? PackActionState.Done : PackActionState.Dropped, outcome?.Trim(), clock.Today);
        audit.Record("end-pack-action", action, new { done });
        await db.SaveChangesAsync();
    }
}

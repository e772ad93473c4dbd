namespace Waymark.Kernel.Access;

/// <summary>How much of one record the viewer may know. Ordered: the greater hides more.</summary>
public enum SightLevel
{
    /// <summary>The record itself.</summary>
    Full,

    /// <summary>That a restricted record exists, and whom to ask. Nothing else of it.</summary>
    Stub,

    /// <summary>Nothing: answered as a record that does not exist.</summary>
    Hidden,
}

/// <summary>What the viewer may know of a person or an episode. Pages, endpoints and use cases ask before they show or change anything.</summary>
/// <param name="Says">On a stub: what to tell the viewer, a sentence or two. Empty when full or hidden.</param>
/// <param name="IsDeclared">The viewer has declared an interest in the person; break-glass does not open it.</param>
public sealed record RecordSight(SightLevel Level, string Says = "", bool IsDeclared = false)
{
    public static readonly RecordSight Full = new(SightLevel.Full);
    public static readonly RecordSight Hidden = new(SightLevel.Hidden);
    public static readonly RecordSight Declared = new(SightLevel.Stub, "You have declared that you may not see this person. If the declaration is wrong, ask your manager to end it.", true);

    public bool IsFull => Level == SightLevel.Full;
    public bool IsHidden => Level == SightLevel.Hidden;

    /// <summary>Break-glass would open it.</summary>
    public bool CanBreakGlass => Level == SightLevel.Stub && !IsDeclared;

    /// <summary>For use cases: a viewer who may not see a record may not act on it.</summary>
    /// <exception cref="RefusedException">It is not seen in full.</exception>
    public void Demand()
    {
        if (!IsFull)
        {
            throw new RefusedException(IsHidden ? "There is no such record." : Says);
        }
    }

    internal RecordSight OrWorse(RecordSight other) => other.Level > Level || (other.Level == Level && other.IsDeclared) ? other : this;
}

/// <summary>Rows a viewer may see, and how many more there are.</summary>
/// <param name="Rows">The page asked for.</param>
/// <param name="Visible">All rows the viewer may see, on this page or not.</param>
/// <param name="Restricted">Rows there are and the viewer may not see: shown as "n restricted". Rows whose stub is hidden are in it only where the caller asked to count everything.</param>
public sealed record ShownRows<T>(IReadOnlyList<T> Rows, int Visible, int Restricted);

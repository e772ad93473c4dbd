namespace Waymark.Kernel.Data;

/// <summary>A row that people change: a version 7 <see cref="Guid"/> and a counter that guards against lost updates.</summary>
public abstract class Entity
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Raised by one at every save; an update that read an older one fails with a concurrency error.</summary>
    public int Version { get; set; }
}

/// <summary>A high-volume row that is written once and read in bulk: a database-made <c>long</c>.</summary>
public abstract class LeafRow
{
    public long Id { get; init; }
}

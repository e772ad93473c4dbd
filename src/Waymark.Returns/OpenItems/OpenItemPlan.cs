namespace Waymark.Returns.OpenItems;

/// <summary>What a file would do to the open items of the database. Pure: a preview and a load make the same plan.</summary>
public sealed record OpenItemPlan
{
    /// <summary>Rows for which no episode stands yet; some may have ended already.</summary>
    public required IReadOnlyList<OpenItem> New { get; init; }

    /// <summary>Rows whose episode is open, or closed and named again.</summary>
    public required IReadOnlyList<(OpenItem Item, OpenItemState State)> Known { get; init; }

    /// <summary>Open episodes in the file's coverage that it no longer holds.</summary>
    public required IReadOnlyList<OpenItemState> Vanished { get; init; }

    /// <summary>Open items in the file's coverage before the load.</summary>
    public required int OpenBefore { get; init; }

    public int WouldOpen => New.Count(i => i.EndedOn is null) + Known.Count(k => k.Item.EndedOn is null && k.State.IsClosed);
    public int WouldClose => Vanished.Count + Known.Count(k => k.Item.EndedOn is not null && !k.State.IsClosed);
    public int AlreadyEnded => New.Count(i => i.EndedOn is not null);
    /// <summary>Items that the file gives to another person than an earlier file did: as a rule the council merged two records, or mended a mistake.</summary>
    public int OtherPerson => Known.Count(k => !string.Equals(k.Item.PersonId, k.State.PersonNumber, StringComparison.OrdinalIgnoreCase));

    public int Unended => Known.Count(k => k.Item.EndedOn is null && !k.State.IsClosed);

    /// <summary>Share of the open items that the load would close, in per cent.</summary>
    public decimal ClosingShare => OpenBefore == 0 ? 0 : 100m * WouldClose / OpenBefore;

    public string InWords => $"would open {WouldOpen:N0}, close {WouldClose:N0} of {OpenBefore:N0}";

    /// <param name="stands">Episodes made by earlier imports: of the file's rows, and open ones of its kinds.</param>
    public static OpenItemPlan Make(OpenItemFile file, IReadOnlyCollection<OpenItemState> stands)
    {
        var byKey = stands.ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        var inFile = file.Items.ToLookup(i => byKey.ContainsKey(i.Key));
        var named = file.Items.Select(i => i.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var covered = stands.Where(s => !s.IsClosed && file.Kinds.Contains(s.Kind) && (file.Teams.Count == 0 || file.Teams.Contains(s.TeamName, StringComparer.OrdinalIgnoreCase))).ToList();
        return new OpenItemPlan
        {
            New = [.. inFile[false]],
            Known = [.. inFile[true].Select(i => (i, byKey[i.Key]))],
            Vanished = [.. covered.Where(s => !named.Contains(s.Key) && !file.FaultyKeys.Contains(s.Key))],
            OpenBefore = covered.Count,
        };
    }
}

/// <summary>An item as it stands in the database.</summary>
public sealed record OpenItemState(Guid EpisodeId, string Key, string Kind, bool IsClosed, string? TeamName, string? PersonNumber);

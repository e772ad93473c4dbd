using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Text.Reading;

namespace Waymark.Assurance.Checker;

/// <summary>A draft that was dropped in to be checked, as lines. The findings are worked out anew each time it is opened, so that a better rule finds more.</summary>
public sealed class DraftCheck : Entity
{
    /// <summary>Names of its files, as sent.</summary>
    public required string Title { get; init; }
    public required DateTime CheckedOn { get; init; }
    public Guid? CheckedById { get; init; }

    /// <summary>Each document with its lines, as JSON.</summary>
    public required string Documents { get; init; }

    public static string Pack(IEnumerable<SourceDocument> documents) =>
        JsonSerializer.Serialize(documents.Select(d => new StoredDocument(d.Name, [.. d.Lines.Select(l => l.Text)], [.. d.Lines.Select(l => l.Number)])));

    public IReadOnlyList<SourceDocument> Unpack() =>
        [.. JsonSerializer.Deserialize<List<StoredDocument>>(Documents)!.Select(d => new SourceDocument(d.Name, [.. d.Lines.Zip(d.Numbers, (text, number) => new SourceLine(text, number))]))];

    private sealed record StoredDocument(string Name, List<string> Lines, List<int> Numbers);

    private sealed class Configuration : IEntityTypeConfiguration<DraftCheck>
    {
        public void Configure(EntityTypeBuilder<DraftCheck> builder) => builder.HasIndex(c => c.CheckedOn);
    }
}

/// <summary>"This is right because …": why a finding is no mistake. It holds for every draft in which the same sentences stand.</summary>
public sealed class FindingReason : Entity
{
    /// <summary>Of the rule and the sentences: <see cref="Text.Rules.Finding.Key"/>.</summary>
    public required string FindingKey { get; init; }
    public required string Reason { get; set; }
    public required DateTime GivenOn { get; set; }
    public Guid? GivenById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<FindingReason>
    {
        public void Configure(EntityTypeBuilder<FindingReason> builder) => builder.HasIndex(r => r.FindingKey).IsUnique();
    }
}

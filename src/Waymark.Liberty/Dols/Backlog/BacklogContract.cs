using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Liberty.Dols.Backlog;

/// <summary>A contract with agencies to assess a number of waiting requests by a day (DL-2).</summary>
public sealed class BacklogContract : Entity
{
    public required string Name { get; init; }

    /// <summary>Names of the agencies, comma separated.</summary>
    public required string Agencies { get; init; }
    public required int Target { get; init; }
    public required DateOnly FromDate { get; init; }
    public required DateOnly UntilDate { get; init; }

    public IReadOnlyList<string> AgencyNames => Agencies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private sealed class Configuration : IEntityTypeConfiguration<BacklogContract>
    {
        public void Configure(EntityTypeBuilder<BacklogContract> builder)
        {
            builder.HasIndex(c => c.UntilDate);
            builder.Ignore(c => c.AgencyNames);
        }
    }
}

/// <summary>A request given to an agency under a contract. It counts from the day its assessments were done, or it ended without them.</summary>
public sealed class BacklogItem : Entity
{
    public required Guid BacklogContractId { get; init; }
    public required Guid EpisodeId { get; init; }
    public required string Agency { get; init; }
    public required DateOnly SentDate { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<BacklogItem>
    {
        public void Configure(EntityTypeBuilder<BacklogItem> builder)
        {
            builder.HasIndex(i => i.BacklogContractId);
            builder.HasIndex(i => i.EpisodeId);
        }
    }
}

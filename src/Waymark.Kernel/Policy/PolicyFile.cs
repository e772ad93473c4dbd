using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Policy;

/// <summary>One dated file of council policy as loaded: limits, lists, tables, wording. A later file replaces the keys it names from its day on; past breaches stay.</summary>
public sealed class PolicyFile : Entity
{
    public required DateOnly EffectiveFrom { get; init; }
    public required string Name { get; init; }
    public required string Json { get; init; }
    public required DateTime LoadedOn { get; init; }
    public Guid? LoadedById { get; init; }
    public DateTime? WithdrawnOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PolicyFile>
    {
        public void Configure(EntityTypeBuilder<PolicyFile> builder) => builder.HasIndex(f => f.EffectiveFrom);
    }
}

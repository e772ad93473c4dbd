using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Measures;

/// <summary>How many people lived in the area on a day, as a body outside the council estimated it. A rate names the one it divided by.</summary>
public sealed class PopulationEstimate : Entity
{
    /// <summary>Who is counted: <c>adults</c>, <c>18-64</c>, <c>65-and-over</c>.</summary>
    public required string Key { get; init; }
    public required string Title { get; set; }

    /// <summary>The day it speaks of: the mid-year, the census day. It serves from this day until the next estimate's.</summary>
    public required DateOnly Date { get; init; }
    public required long People { get; set; }

    /// <summary>Who estimated it and where it is published.</summary>
    public required string Source { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PopulationEstimate>
    {
        public void Configure(EntityTypeBuilder<PopulationEstimate> builder) => builder.HasIndex(p => new { p.Key, p.Date }).IsUnique();
    }
}

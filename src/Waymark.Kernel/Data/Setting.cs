using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Kernel.Data;

/// <summary>A fact about this database: whether it is a demo, its care clock, its council. Not policy, which is dated.</summary>
public sealed class Setting
{
    /// <summary>"true" while a demo county is loaded: pages say so, and anyone may sign in as a made-up user.</summary>
    public const string Demo = "demo";

    /// <summary>The county or borough as residents name it: "Oxfordshire".</summary>
    public const string Council = "council.name";

    /// <summary>"optional" lets local accounts sign in with a password alone; anything else, or nothing, asks for two steps.</summary>
    public const string TwoFactor = "sign-in.two-factor";

    public required string Key { get; init; }
    public required string Value { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Setting>
    {
        public void Configure(EntityTypeBuilder<Setting> builder) => builder.HasKey(s => s.Key);
    }
}

/// <summary>The last number given out for a prefix and year, for human references such as <c>SGC-2024-004213</c>.</summary>
public sealed class ReferenceCounter
{
    public required string Prefix { get; init; }
    public required int Year { get; init; }
    public required int Last { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<ReferenceCounter>
    {
        public void Configure(EntityTypeBuilder<ReferenceCounter> builder) => builder.HasKey(c => new { c.Prefix, c.Year });
    }
}

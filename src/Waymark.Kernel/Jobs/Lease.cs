using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Kernel.Jobs;

/// <summary>One row a background job: who runs it now and until when, so that on several nodes each job runs once.</summary>
public sealed class Lease
{
    public required string Job { get; init; }
    public required string Holder { get; set; }
    public required DateTime ExpiresOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Lease>
    {
        public void Configure(EntityTypeBuilder<Lease> builder) => builder.HasKey(l => l.Job);
    }
}

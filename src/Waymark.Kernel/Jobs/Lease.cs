using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Kernel.Jobs;

/// <summary>One row a background job: who runs it now and until when, so that on several nodes each job runs once; and how its last run went.</summary>
public sealed class Lease
{
    public required string Job { get; init; }

    /// <summary>Machine, process and a number of its own.</summary>
    public required string Holder { get; set; }

    /// <summary>Free from then on.</summary>
    public required DateTime ExpiresOn { get; set; }

    /// <summary>When the job is due again on whichever node is first; null for a lease without a rhythm.</summary>
    public DateTime? DueOn { get; set; }
    public DateTime? LastRunOn { get; set; }
    public DateTime? LastSuccessOn { get; set; }

    /// <summary>Runs that failed since the last that did not.</summary>
    public int Failures { get; set; }

    /// <summary>Kind of the last failure, never its words, which may hold personal data.</summary>
    public string? LastError { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Lease>
    {
        public void Configure(EntityTypeBuilder<Lease> builder) => builder.HasKey(l => l.Job);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>
/// Enquiries that the council causes another body to make (section 42(2)): asked, returned, judged good enough or asked again. The duty and the worker stay with the council.
/// </summary>
public sealed class CausedEnquiry : Entity
{
    public required Guid EpisodeId { get; init; }

    /// <summary>The trust, provider or other body.</summary>
    public required string Body { get; init; }
    public required string Asked { get; init; }
    public required DateTime AskedOn { get; init; }
    public required DateOnly DueDate { get; init; }
    public required Guid AskedById { get; init; }
    public DateTime? ReturnedOn { get; set; }
    public string? Returned { get; set; }

    /// <summary>The council is satisfied with what came back; where it is not, it asks again or enquires itself.</summary>
    public bool? IsEnough { get; set; }
    public DateTime? WithdrawnOn { get; set; }
    public string? WithdrawnReason { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<CausedEnquiry>
    {
        public void Configure(EntityTypeBuilder<CausedEnquiry> builder) => builder.HasIndex(c => c.EpisodeId);
    }
}

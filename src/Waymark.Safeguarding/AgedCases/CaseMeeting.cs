using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Safeguarding.Enquiries;

namespace Waymark.Safeguarding.AgedCases;

/// <summary>What the aged-case meeting made of one enquiry (SG-9): what is done next, and what is learned.</summary>
public sealed class CaseMeetingItem : Entity
{
    public required Guid EpisodeId { get; init; }
    public required DateOnly MeetingDate { get; init; }
    public required string Decision { get; init; }
    public string? Learning { get; init; }
    public required Guid ById { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<CaseMeetingItem>
    {
        public void Configure(EntityTypeBuilder<CaseMeetingItem> builder) => builder.HasIndex(i => i.EpisodeId);
    }
}

/// <summary>Writes down what the meeting decided today.</summary>
[Scoped]
public sealed class RecordCaseMeeting(WaymarkDb db, CareClock clock, Viewer viewer, EpisodeDesk desk, Auditor audit)
{
    public async Task RunAsync(Guid episodeId, string? decision, string? learning)
    {
        var words = EnquiryActs.Needed(decision, "Enter what is done next, by whom", "Decision");
        var taken = await EnquiryActs.TakeAsync(desk, episodeId);
        var item = new CaseMeetingItem { EpisodeId = episodeId, MeetingDate = clock.Today, Decision = words, Learning = string.IsNullOrWhiteSpace(learning) ? null : learning.Trim(), ById = viewer.UserId };
        db.Add(item);
        audit.Record("record-case-meeting", taken.Episode, new { item = item.Id }, taken.Episode.PersonId);
        await desk.SaveAsync(taken.Episode);
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Ui;
using Waymark.Safeguarding.AgedCases;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>What is done around an enquiry beside its forms: another body asked, more time agreed, another adult named.</summary>
[LogsView, Requires(SafeguardingCan.Enquire)]
public sealed class EnquiryActsPage(WaymarkDb db, RecordAccess access, Viewer viewer) : PageModel, IShowsPeople
{
    [BindProperty] public string? Body { get; set; }
    [BindProperty] public string? Asked { get; set; }
    [BindProperty] public DateOnly? Due { get; set; }
    [BindProperty] public string? Returned { get; set; }
    [BindProperty] public bool? IsEnough { get; set; }
    [BindProperty] public string? Reason { get; set; }
    [BindProperty] public DateOnly? Until { get; set; }
    [BindProperty] public string? Adult { get; set; }
    [BindProperty] public string? Decision { get; set; }
    [BindProperty] public string? Learning { get; set; }

    public Episode Episode { get; private set; } = null!;
    public EnquiryRecord? Record { get; private set; }
    public IReadOnlyList<CausedEnquiry> Caused { get; private set; } = [];
    public IReadOnlyList<CaseMeetingItem> Meetings { get; private set; } = [];
    public CausedEnquiry? Out => Caused.FirstOrDefault(c => c is { ReturnedOn: null, WithdrawnOn: null });
    public bool MayExtend => Record is not null && viewer.MayFor(Episode.TeamId, SafeguardingCan.Approve);
    public IEnumerable<Guid> ShownPeople => Episode?.PersonId is { } person ? [person] : [];

    public async Task<IActionResult> OnGetAsync(string reference) => await ReadAsync(reference) ? Page() : NotFound();

    public Task<IActionResult> OnPostCauseAsync(string reference, [FromServices] CauseEnquiry cause) => ActAsync(reference, () => cause.RunAsync(Episode.Id, Body, Asked, Due));

    public Task<IActionResult> OnPostReturnAsync(string reference, Guid caused, [FromServices] ReturnCausedEnquiry back) => ActAsync(reference, () => back.RunAsync(caused, Returned, IsEnough));

    public Task<IActionResult> OnPostWithdrawAsync(string reference, Guid caused, [FromServices] ReturnCausedEnquiry back) => ActAsync(reference, () => back.WithdrawAsync(caused, Reason));

    public Task<IActionResult> OnPostExtendAsync(string reference, [FromServices] ExtendEnquiry extend) => ActAsync(reference, () => extend.RunAsync(Episode.Id, Until, Reason));

    public Task<IActionResult> OnPostAdultAsync(string reference, [FromServices] AddEnquiryAdult add) => ActAsync(reference, () => add.RunAsync(Episode.Id, Adult));

    public Task<IActionResult> OnPostMeetingAsync(string reference, [FromServices] RecordCaseMeeting meeting) => ActAsync(reference, () => meeting.RunAsync(Episode.Id, Decision, Learning));

    private async Task<IActionResult> ActAsync(string reference, Func<Task> act)
    {
        if (!await ReadAsync(reference))
        {
            return NotFound();
        }

        if (await this.TryAsync(act))
        {
            this.Flash("Done.");
            return LocalRedirect($"/work/{Episode.Reference}");
        }

        return Page();
    }

    private async Task<bool> ReadAsync(string reference)
    {
        var episode = await access.Visible(db.Episodes.AsNoTracking()).FirstOrDefaultAsync(e => e.Reference == reference && e.PathwayKey == EnquiryPathway.PathwayKey);
        if (episode is null)
        {
            return false;
        }

        Episode = episode;
        Record = await db.Set<EnquiryRecord>().AsNoTracking().SingleOrDefaultAsync(e => e.EpisodeId == episode.Id);
        Caused = await db.Set<CausedEnquiry>().AsNoTracking().Where(c => c.EpisodeId == episode.Id).OrderByDescending(c => c.AskedOn).ToListAsync();
        Meetings = await db.Set<CaseMeetingItem>().AsNoTracking().Where(i => i.EpisodeId == episode.Id).OrderByDescending(i => i.MeetingDate).ThenByDescending(i => i.Id).ToListAsync();
        return true;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Policy;

/// <summary>The council's policy: what holds on a day, what is coming, what was loaded and by whom; and loading a new dated file.</summary>
[Requires(Can.EditPolicy)]
public sealed class PolicyPage(WaymarkDb db, CouncilPolicy policy, CareClock clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "at")]
    public DateOnly? At { get; set; }

    /// <summary>A file as text, to be edited and loaded as a new one.</summary>
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public DateOnly Day => At ?? clock.Today;
    public DateOnly Today => clock.Today;
    public IReadOnlyList<PolicyOverview> Holds { get; private set; } = [];
    public IReadOnlyList<LoadedPolicy> Files { get; private set; } = [];
    public IEnumerable<LoadedPolicy> Coming => Files.Where(f => f.WithdrawnOn is null && f.EffectiveFrom > clock.Today).OrderBy(f => f.EffectiveFrom);
    public IReadOnlyList<PolicyFault> Faults { get; private set; } = [];

    /// <param name="edit">A file to start from; the shipped defaults when there is none.</param>
    public async Task<IActionResult> OnGetAsync(Guid? edit)
    {
        if (edit is { } id)
        {
            Text = await db.PolicyFiles.Where(f => f.Id == id).Select(f => f.Json).FirstOrDefaultAsync();
            if (Text is null)
            {
                return NotFound();
            }
        }

        await ReadAsync();
        return Page();
    }

    [RequestSizeLimit(4 * LoadPolicy.LargestFile)]
    public async Task<IActionResult> OnPostLoadAsync([FromServices] LoadPolicy load)
    {
        PolicyFile? loaded = null;
        IReadOnlyList<string> warnings = [];
        var done = await this.TryAsync(async () =>
        {
            var json = await GivenAsync();
            Faults = PolicyReader.Read(json).Faults;
            if (Faults.Count > 0)
            {
                Text = json;
                ModelState.Remove(nameof(Text));
                throw new RefusedException($"The file has {Format.Plural(Faults.Count, "fault")} and was not loaded. Each stands below with its line.", Upload is null ? nameof(Text) : nameof(Upload));
            }

            (loaded, warnings) = await load.RunAsync(json);
        });
        if (done)
        {
            this.Flash(string.Join(" ", [$"“{loaded!.Name}” is loaded and holds from {Format.Date(loaded.EffectiveFrom)}.", .. warnings]));
            return LocalRedirect("/admin/policy");
        }

        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid file, [FromServices] WithdrawPolicy withdraw)
    {
        if (await this.TryAsync(() => withdraw.RunAsync(file)))
        {
            this.Flash("Withdrawn. Clocks that started under it keep their limits.");
            return LocalRedirect("/admin/policy");
        }

        await ReadAsync();
        return Page();
    }

    private async Task<string> GivenAsync()
    {
        if (Upload is not null)
        {
            if (Upload.Length > LoadPolicy.LargestFile)
            {
                throw new RefusedException("The file is larger than a megabyte. Check that it is a policy file.", nameof(Upload));
            }

            using var reader = new StreamReader(Upload.OpenReadStream());
            return await reader.ReadToEndAsync();
        }

        return string.IsNullOrWhiteSpace(Text) ? throw new RefusedException("Choose a file, or write the policy in the box.", nameof(Upload)) : Text;
    }

    private async Task ReadAsync()
    {
        Holds = PolicyOverview.Of(policy, Day);
        Files = await (
            from f in db.PolicyFiles.AsNoTracking()
            join u in db.Users on f.LoadedById equals u.Id into users
            from u in users.DefaultIfEmpty()
            orderby f.LoadedOn descending
            select new LoadedPolicy(f.Id, f.Name, f.EffectiveFrom, f.LoadedOn, u == null ? "the command line" : u.DisplayName, f.WithdrawnOn)).Take(100).ToListAsync();
    }
}

public sealed record LoadedPolicy(Guid Id, string Name, DateOnly EffectiveFrom, DateTime LoadedOn, string LoadedBy, DateTime? WithdrawnOn);

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;

namespace Waymark.Kernel.People;

/// <summary>Find a person. What was typed stays in the address, so that "back" and a shared link show the same.</summary>
[Requires(Can.ViewPeople)]
public sealed class SearchModel(FindPeople find, CareClock clock) : PageModel
{
    public const int Size = 20;

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Typed { get; set; }

    public PersonSearch? Found { get; private set; }
    public int PageNumber { get; private set; } = 1;
    public DateOnly Today => clock.Today;
    public IEnumerable<PersonHit> Shown => Found!.Hits.Skip((PageNumber - 1) * Size).Take(Size);

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(Typed))
        {
            Found = await find.RunAsync(Typed, cancellation);
            PageNumber = int.TryParse(Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1;
        }
    }
}

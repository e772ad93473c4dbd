using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;
using Waymark.Kernel.People;

namespace Waymark.Liberty.Dols.Requests;

/// <summary>Finds the record of the person a request names, so that nobody gets a second one.</summary>
[LogsView, Requires(LibertyCan.Work)]
public sealed class DolsPersonPage(DolsReader reader, FindPeople find, MatchPerson match) : DolsPage(reader)
{
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    public PersonSearch? Found { get; private set; }

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    public Task<IActionResult> OnPostChooseAsync(string reference, string? person) => ActAsync(reference, "The request is joined to the record.", () =>
        match.RunAsync(SeenEpisode, person is { Length: > 0 } ? person : throw new RefusedException("Choose a person.")));

    public Task<IActionResult> OnPostAddAsync(string reference) => ActAsync(reference, "A record is added and joined to the request.", () => match.RunAsync(SeenEpisode, null));

    protected override async Task ShowAsync()
    {
        // What the request says is looked for at once; the page is for what that does not find.
        Find ??= $"{View.Case.GivenName} {View.Case.FamilyName} {View.Case.BirthDate:d/M/yyyy}".Trim();
        Found = await find.RunAsync(Find);
    }
}

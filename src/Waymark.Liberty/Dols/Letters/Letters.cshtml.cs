using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;

namespace Waymark.Liberty.Dols.Letters;

/// <summary>Letters of one application as PDF and Word.</summary>
[LogsView, Requires(LibertyCan.View)]
public sealed class LettersPage(DolsReader reader, Viewer viewer, FileLetter file) : DolsPage(reader)
{
    public IEnumerable<DolsLetter> Letters => DolsLetters.For(View.Case);
    public bool MayFile => viewer.May(LibertyCan.Work) && viewer.May(Can.AttachFiles);

    public Task<IActionResult> OnGetAsync(string reference) => ShowPageAsync(reference);

    [Requires(LibertyCan.Work)]
    public async Task<IActionResult> OnPostAsync(string reference, string? key) =>
        await ReadAsync(reference) ? await ActAsync(reference, "A copy is kept with the documents.", () => file.RunAsync(View, key ?? ""), $"/dols/{reference}/letters") : NotFound();
}

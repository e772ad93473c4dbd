using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Letters;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Ui;
using Waymark.Liberty.Dols.Safeguards;

namespace Waymark.Liberty.Dols.Letters;

/// <summary>A letter that an application calls for.</summary>
/// <param name="Key">Ends the policy key of its template: <c>granted</c> in <c>dols.letter.granted</c>.</param>
public sealed record DolsLetter(string Key, string Title);

/// <summary>Which letters an application calls for, and what stands in them.</summary>
[Scoped]
public sealed class DolsLetters(WaymarkDb db, CouncilPolicy policy, CareClock clock)
{
    public static IEnumerable<DolsLetter> For(DolsCase made)
    {
        if (made.Status is DolsStatus.Granted or DolsStatus.NotGranted or DolsStatus.NoDeprivation or DolsStatus.WrongBody)
        {
            yield return made.Status switch
            {
                DolsStatus.Granted => new DolsLetter("granted", "Authorisation granted (form 5)"),
                DolsStatus.NotGranted => new DolsLetter("not-granted", "Authorisation not granted (form 6)"),
                DolsStatus.NoDeprivation => new DolsLetter("no-deprivation", "No deprivation of liberty (form 3A)"),
                _ => new DolsLetter("wrong-body", "Sent to the wrong supervisory body"),
            };
        }

        if (made.AuthorisationEndedDate is not null)
        {
            yield return new DolsLetter("ended", "Authorisation ended (form 9)");
        }
    }

    /// <returns>The letter filled in, or null when the application does not call for it.</returns>
    public async Task<Letter?> WriteAsync(Episode episode, DolsCase made, string key)
    {
        if (For(made).All(l => l.Key != key))
        {
            return null;
        }

        var decision = await AnswersAsync(episode.Id, Signing.DolsDecisionForm.Key);
        var check = await AnswersAsync(episode.Id, "dols-check");
        var conditions = await db.Set<DolsCondition>().Where(c => c.EpisodeId == episode.Id).OrderBy(c => c.DueDate).ToListAsync();
        var representative = await db.Set<DolsRepresentative>().Where(r => r.EpisodeId == episode.Id && r.EndedDate == null).Select(r => r.Name).FirstOrDefaultAsync();
        var council = await db.Settings.Where(s => s.Key == Setting.Council).Select(s => s.Value).FirstOrDefaultAsync();
        var isDemo = await db.Settings.AnyAsync(s => s.Key == "demo");
        var fields = new Dictionary<string, string>
        {
            ["person"] = $"{made.GivenName} {made.FamilyName}",
            ["birth date"] = Format.Date(made.BirthDate),
            ["authority"] = made.AuthorityName,
            ["reference"] = episode.Reference,
            ["from"] = Format.Date(made.AuthorisedFromDate),
            ["until"] = Format.Date(made.AuthorisedUntilDate),
            ["purpose"] = Or(decision["purpose"], "As in the request."),
            ["conditions"] = conditions.Count == 0 ? "There are none." : string.Join('\n', conditions.Select(c => $"{c.Text} By {Format.Date(c.DueDate)}.")) + (conditions.Count == 1 ? "\n" : ""),
            ["representative"] = representative ?? "One will be appointed as soon as possible.",
            ["not met"] = made.NotGranted is { } reason ? Format.LowerFirst(Choices.Text(reason)) : "",
            ["test"] = DeprivationTest.Find(made.TestKey)?.Source ?? "",
            ["reasons"] = Or(decision["reasons"], "As recorded by the supervisory body."),
            ["signed"] = Format.Date(made.CompletedDate),
            ["signature"] = Or(decision["signature"], "for the supervisory body"),
            ["right body"] = check["right-body"],
            ["why"] = check["wrong-body-reason"],
            ["ended"] = Format.Date(made.AuthorisationEndedDate),
            ["why ended"] = made.EndReason is { } end ? Format.LowerFirst(Choices.Text(end)) : "",
            ["council"] = council ?? "The supervisory body",
            ["today"] = Format.Date(clock.Today),
        };
        var footer = string.Join(" · ", new[] { council, episode.Reference, isDemo ? "demo county, made-up people" : null }.OfType<string>());
        return LetterTemplate.Fill(policy.TextAt($"dols.letter.{key}", clock.Today), fields, footer);
    }

    private async Task<Answers> AnswersAsync(Guid episodeId, string formKey) =>
        await db.FormRevisions.Where(r => r.EpisodeId == episodeId && r.FormKey == formKey).OrderByDescending(r => r.Number).Select(r => r.Content).FirstOrDefaultAsync() is { } content
            ? FormContent.Parse(content).ToAnswers()
            : new Answers();

    private static string Or(string text, string other) => text.Length > 0 ? text : other;
}

/// <summary>Keeps a copy of a letter with the application, with the day on which it was sent.</summary>
[Scoped]
public sealed class FileLetter(DolsLetters letters, AddAttachment attach, CareClock clock)
{
    public async Task RunAsync(DolsView view, string key)
    {
        var letter = await letters.WriteAsync(view.Episode, view.Case, key) ?? throw new RefusedException("This application does not call for that letter.");
        using var content = new MemoryStream(LetterPdf.Write(letter));
        await attach.RunAsync(content, new AttachmentDetails { FileName = $"{letter.Title}, sent {clock.Today:yyyy-MM-dd}.pdf", EpisodeId = view.Episode.Id, CameFrom = $"Sent to {view.Case.AuthorityName} on {Format.Date(clock.Today)}" });
    }
}

using Waymark.Kernel.Access;

namespace Waymark.Kernel.Pathways.Work;

/// <summary>The acts that may be done with an episode beside its form, each on a small page of its own: <c>/work/{reference}/do/{act}</c>.</summary>
public static class EpisodeActs
{
    public const string Allocate = "allocate";
    public const string Transfer = "transfer";
    public const string Priority = "priority";
    public const string Contact = "contact";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Back = "move-back";
    public const string Reopen = "reopen";
    public const string Link = "link";
    public const string Plan = "plan";

    /// <param name="may">Whether the viewer holds a permission for the team that has the episode.</param>
    public static IEnumerable<(string Act, string Title)> For(EpisodeView view, Func<string, bool> may)
    {
        var (open, work) = (view.IsOpen, may(Can.DoWork));
        (string Act, string Title, bool Holds)[] all =
        [
            (Allocate, view.Episode.WorkerId is null ? "Allocate" : "Give to another worker", open && may(Can.AllocateWork)),
            (Transfer, "Transfer to another team", open && may(Can.AllocateWork)),
            (Contact, "Record a contact while waiting", open && work),
            (Priority, "Change priority", open && work),
            (Plan, "Plan it for a day", open && work && view.Clocks.Any(c => c.IsRunning && c.IsBreached)),
            (Pause, "Pause", open && work && !view.Episode.IsPaused),
            (Resume, "End the pause", open && work && view.Episode.IsPaused),
            (Back, "Move back", open && work && view.Stage.MovesBackTo.Count > 0),
            (Reopen, "Open again", !open && work && view.Pathway.Stages.Any(s => s.Reopens)),
            (Link, "Link to other work", work),
        ];
        return all.Where(a => a.Holds).Select(a => (a.Act, a.Title));
    }
}

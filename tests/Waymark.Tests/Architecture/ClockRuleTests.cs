using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Waymark.Tests.Architecture;

/// <summary>
/// Two clocks: the care clock says what day it is in the work, so that a demo stands on 31 July 2024 and tests on any day; <see cref="TimeProvider"/> is real, for
/// signing in, audit, messages and leases. Whoever takes the wrong one, or the machine's own, makes due dates that cannot be tested.
/// </summary>
public sealed partial class ClockRuleTests
{
    /// <summary>Folders of what happens in the real world, whatever day it is in the work.</summary>
    private static readonly string[] RealTime =
    [
        "src/Waymark.Kernel/Access/", "src/Waymark.Kernel/Audit/", "src/Waymark.Kernel/Messages/", "src/Waymark.Kernel/Jobs/",
        "src/Waymark/Account/", "src/Waymark/Admin/", "src/Waymark/Hosting/", "src/Waymark/Running/",
    ];

    /// <summary>Single files elsewhere, each with its reason.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["src/Waymark/Running/Doctor.cs"] = "how long ago a job ran and a message was claimed",
        ["src/Waymark/Running/BackupVerb.cs"] = "when an archive was made",
        ["src/Waymark.Kernel/Calendar/CareClock.cs"] = "it is the care clock",
        ["src/Waymark.Demo/DemoCounty.cs"] = "it sets the care clock",
        ["src/Waymark/Layout/SiteFacts.cs"] = "how long a read is kept",
        ["src/Waymark.Kernel/People/NameVocabulary.cs"] = "how long a count is kept",
        ["src/Waymark.Kernel/Attachments/TidyAttachments.cs"] = "the age of a file on disk",
        ["src/Waymark.Kernel/Measures/MeasureRowsOpening.cs"] = "a log of who opened what, and how long a purpose lasts",
        ["src/Waymark.Returns/Analysts/WriteExtract.cs"] = "the name of a file, and how long files are kept",
        ["src/Waymark.Kernel/Retention/DisposalActs.cs"] = "when a disposal was proposed and decided, and a hold placed, are facts of the real world",
        ["src/Waymark.Kernel/Retention/DisposeOfRecord.cs"] = "when a record was disposed of is a fact of the real world",
        ["src/Waymark.Kernel/Retention/PurgeOld.cs"] = "how long logs and leavings are kept",
        ["src/Waymark.Kernel/SubjectAccess/AnswerSubjectAccess.cs"] = "when an answer was given is a fact of the real world",
        ["src/Waymark.Kernel/Figures/PublishFigure.cs"] = "when a figure was made public is a fact of the real world",
        ["src/Waymark.Kernel/Figures/RestateFigure.cs"] = "when a figure was restated is a fact of the real world",
        ["src/Waymark.Kernel/Figures/WithdrawFigure.cs"] = "when a figure was withdrawn is a fact of the real world",
    };

    [Fact]
    public void MachineClock_IsAskedNowhere() =>
        Sources().Where(f => MachineClock().IsMatch(Code(f.Text))).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void RealTime_IsAskedOnlyWhereTheWorldIsMeant() =>
        Sources().Where(f => Code(f.Text).Contains("TimeProvider", StringComparison.Ordinal) && !RealTime.Any(f.Path.StartsWith) && !Reasons.ContainsKey(f.Path))
            .Select(f => f.Path).ShouldBeEmpty("due dates, spans and as-at take CareClock; if the real world is meant, give the reason here");

    [Fact]
    public void Reasons_AreStillNeeded() =>
        Reasons.Keys.Where(path => !Sources().Any(f => f.Path == path && f.Text.Contains("TimeProvider", StringComparison.Ordinal))).ShouldBeEmpty();

    private static IEnumerable<(string Path, string Text)> Sources() => SourceTree.Files("src", "*.cs").Concat(SourceTree.Files("src", "*.cshtml"));

    private static string Code(string text) => Comments().Replace(text, "");

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex MachineClock();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();
}

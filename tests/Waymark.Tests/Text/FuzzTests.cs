using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Waymark.Text;
using Waymark.Text.Reading;
using Xunit;

namespace Waymark.Tests.Text;

/// <summary>Whatever it is given it answers; and numbers made consistent by construction give no finding.</summary>
public sealed class FuzzTests
{
    private static readonly string[] Scraps =
    [
        "from 1,200 to", "1,500", "an increase of", "20%", "2023/24", "per 100,000", "| 1 | 2 |", "|---|", "\n", "\n\n", "\t", "£3.2m", "Of the 48", "(", ")", "[1]", "¹", "Figure 1", "Error!", "Total", "mean", "median", "longest", "days",
        "compared with", "England", "people waiting for an assessment", "–", "\u00a0", "é", "\ud83d\ude00", "\u202e", "0", "00", "1 in 0", "100%", "aged 65 and over", "doubled", "half", "<td>", "</p>", "31 February 2024", "99/99/2024", "…", ".", ":", "- ", "Table", "xiv See",
    ];

    [Fact]
    public void AnyText_IsAnswered() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => Checker.Check(SourceDocument.FromText("a.txt", text ?? "")) is not null));

    [Fact]
    public void ScrapsOfCouncilText_InAnyOrder_AreAnswered() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Gen.Elements(Scraps).ArrayOf().ToArbitrary(), scraps => Checker.Check(SourceDocument.FromText("a.md", string.Join(' ', scraps)), SourceDocument.FromText("b.txt", string.Concat(scraps))) is not null));

    [Fact]
    public void AMegabyteOfDigits_ADeepTable_AndOneEndlessLine_AreAnswered()
    {
        Checker.Check(SourceDocument.FromText("a.txt", new string('7', 1_000_000))).ShouldBeEmpty();
        Checker.Check(SourceDocument.FromText("a.txt", string.Concat(Enumerable.Repeat("| 1 ", 20_000)))).ShouldNotBeNull();
        Checker.Check(SourceDocument.FromText("a.txt", string.Concat(Enumerable.Repeat("1,2,3 % ( [ ", 20_000)))).ShouldNotBeNull();
        Checker.Check(DocumentFile.Read("a.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<table><tr><td>", 3_000)) + "12%"))).ShouldNotBeNull();
    }

    [Fact]
    public void DamagedFiles_SayWhatIsWrong()
    {
        Should.Throw<UnreadableDocumentException>(() => DocumentFile.Read("a.docx", [0x50, 0x4B, 0x03, 0x04, 1, 2, 3]));
        Should.Throw<UnreadableDocumentException>(() => DocumentFile.Read("a.bin", [1, 0, 2, 0, 3]));
    }

    /// <summary>A report written from one set of numbers: every change, share, total, rate and spread in it is worked out, so none may be found.</summary>
    [Fact]
    public void ConsistentByConstruction_GivesNoFinding() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), seed =>
        {
            var text = Report(new Random(seed));
            var findings = Checker.Check(SourceDocument.FromText("report.txt", text));
            return findings.Count == 0 ? true : throw new InvalidOperationException($"{findings[0].Rule}: {findings[0].Message}\n{text}");
        }));

    private static string Report(Random random)
    {
        var (before, now) = (random.Next(800, 3000), random.Next(800, 3000));
        now += now == before ? 37 : 0;
        var up = now > before;
        var enquiries = random.Next(200, now / 2);
        var (a, b) = (random.Next(1, enquiries / 2), random.Next(1, enquiries / 2));
        var population = random.Next(60_000, 150_000);
        var admitted = random.Next(200, 900);
        var (mine, theirs) = (random.Next(500, 900) / 10m, random.Next(500, 900) / 10m);
        var median = random.Next(10, 60);
        var mean = median + random.Next(1, 15);
        var longest = (2 * mean) + random.Next(20, 100);
        return string.Create(CultureInfo.InvariantCulture, $"""
            Adult Social Care Annual Report 2023/24

            Safeguarding

            In 2023/24 the council received {now:N0} safeguarding concerns, {(up ? "up" : "down")} from {before:N0} in 2022/23. That is {(up ? "an increase" : "a decrease")} of {Math.Abs(now - before):N0}, or {Percent(Math.Abs(now - before), before)}%.
            Of the {now:N0} concerns, {enquiries:N0} ({Percent(enquiries, now)}%) became section 42 enquiries.

            Outcome of enquiries	Enquiries
            Risk removed	{a}
            Risk reduced	{b}
            Risk remained	{enquiries - a - b}
            Total	{enquiries:N0}

            Waiting

            The mean wait for an assessment was {mean} days in March 2024, the median {median} days and the longest {longest} days.

            Care homes

            The population aged 65 and over is {population:N0}. There were {admitted:N0} admissions of people aged 65 and over, a rate of {Percent(admitted * 1000L, population)} per 100,000.

            Satisfaction

            {mine}% of people were satisfied in 2023/24, {(mine > theirs ? "above" : mine < theirs ? "below" : "against")} the England figure of {theirs}% for 2023/24.
            """);
    }

    private static string Percent(long part, long whole) => Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
}

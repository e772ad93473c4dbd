using Shouldly;
using Waymark.Text;
using Waymark.Text.Reading;
using Waymark.Text.Rules;

namespace Waymark.Tests.Text;

/// <summary>Checks a short text and asks for findings by rule and words.</summary>
public sealed class Checked(params string[] texts)
{
    public IReadOnlyList<Finding> Findings { get; } = Checker.Check([.. texts.Select((t, i) => SourceDocument.FromText($"{(char)('a' + i)}.txt", t))]);

    public void Finds(string rule, params string[] fragments) =>
        Findings.ShouldContain(f => f.Rule == rule && fragments.All(x => f.Quotes.Any(q => q.Text.Contains(x, StringComparison.Ordinal))), $"found: {string.Join("; ", Findings.Select(f => $"{f.Rule}: {f.Message}"))}");

    public void IsSilent() => Findings.Select(f => $"{f.Rule}: {f.Message}").ShouldBeEmpty();
}

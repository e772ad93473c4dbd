using System.Globalization;
using Waymark.Text.Blocks;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>How sure: it cannot be; two places disagree; someone should look.</summary>
public enum Severity { Wrong, Inconsistent, Check }

/// <summary>A sentence or row as it stands in the document, with its line.</summary>
public sealed record Quote(string File, int Line, string Text)
{
    public static Quote Of(Passage passage) => new(passage.Document, passage.Line, passage.Text);
}

/// <summary>What a rule believes cannot all be true.</summary>
/// <param name="Message">What it believes and why, with the arithmetic written out.</param>
/// <param name="Settle">What would settle it.</param>
public sealed record Finding(string Rule, Severity Severity, string Message, string Settle, IReadOnlyList<Quote> Quotes)
{
    /// <summary>The same from draft to draft while its sentences stand: for "this is right because".</summary>
    public string Key => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{Rule}\n{string.Join('\n', Quotes.Select(q => q.Text))}")))[..16];
}

/// <summary>One of the fifteen rules of the inventory's section 21.</summary>
public abstract class Rule
{
    public abstract string Name { get; }

    public abstract IEnumerable<Finding> Check(Draft draft);

    protected Finding Found(Severity severity, string message, string settle, params IEnumerable<Passage> passages) =>
        new(Name, severity, message, settle, [.. passages.Distinct().OrderBy(p => p.Document, StringComparer.Ordinal).ThenBy(p => p.Order).Select(Quote.Of)]);

    /// <summary>A number for a message: thousands parted, no more digits than tell something.</summary>
    protected static string N(decimal value, int decimals = 1) => Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString(decimals == 0 || value == Math.Truncate(value) ? "#,##0" : "#,##0." + new string('#', decimals), CultureInfo.InvariantCulture);

    protected static string In(Mention m) => m.Period is null ? "" : $" ({m.Period})";
}

/// <summary>The documents looked at together.</summary>
public sealed record Draft(IReadOnlyList<Claims.DocumentReading> Documents);

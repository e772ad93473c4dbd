using Waymark.Text.Blocks;
using Waymark.Text.Claims;
using Waymark.Text.Numbers;

namespace Waymark.Text.Rules;

/// <summary>"A budget of £31.8m and a forecast of £32.6m, an underspend of £0.8m": which side of the budget it is.</summary>
internal static class Budgets
{
    public static IEnumerable<(string Message, List<Passage> At)> Of(DocumentReading document)
    {
        for (var i = 0; i < document.Statements.Count; i++)
        {
            var s = document.Statements[i];
            var k = s.Tokens.FindIndex(t => t.Word?.Text is "underspend" or "overspend" or "underspent" or "overspent");
            if (k < 0 || s.Passage.Kind != PassageKind.Sentence)
            {
                continue;
            }

            var near = new[] { i > 0 && document.Statements[i - 1].Passage.Paragraph == s.Passage.Paragraph ? document.Statements[i - 1] : null, s }.OfType<Statement>().ToList();
            var budget = near.SelectMany(o => o.Mentions.Where(m => m.Unit == Unit.Money && o.Word(o.Before(m.First)) is "of" or "is" or "was" && Enumerable.Range(1, 9).Any(b => o.Word(o.Before(m.First) - b) == "budget") || (m.Unit == Unit.Money && o.Word(m.Last + 1) == "budget"))).LastOrDefault();
            var forecast = budget is null ? null : near.SelectMany(o => o.Mentions.Where(m => m != budget && m.Unit == Unit.Money && m.Value > budget.Value * 0.6m && m.Value < budget.Value * 1.6m && (m.Passage != s.Passage || m.First < k))).LastOrDefault();
            if (budget is null || forecast is null || budget.Value == forecast.Value || near[^1].Mentions.Count(m => m.Unit == Unit.Money) > 4)
            {
                continue;
            }

            var isUnder = s.Word(k).StartsWith("under", StringComparison.Ordinal);
            if (forecast.Value > budget.Value == isUnder)
            {
                yield return ($"The text says \"{s.Word(k)}\", but {forecast.Printed} is {(forecast.Value > budget.Value ? "above" : "below")} the budget of {budget.Printed}.", [budget.Passage, forecast.Passage, s.Passage]);
            }
        }
    }
}

using Waymark.Kernel.Modules;
using Waymark.Kernel.Policy;

namespace Waymark.FrontDoor.Prioritisation;

/// <summary>
/// FC-2: the rule table that turns answers into a priority, as the council's policy has them on a day. The same answers give the same
/// priority to whoever asks; the table's version is stored with the result.
/// </summary>
public sealed record PrioritisationTool(string Version, IReadOnlyList<PrioritisationRule> Rules, IReadOnlyList<string> Priorities)
{
    /// <summary>The first priority of <c>work.priorities</c> raises an alert on the list that receives it.</summary>
    public string Urgent => Priorities[0];

    /// <summary>The most urgent priority that a rule gives, with the reason of every rule that gives it. Pure.</summary>
    /// <param name="answers">Question key to answer, as <see cref="Contacts.ContactForm.PrioritisationAnswers"/> words them; one left out counts as "not known".</param>
    public PrioritisationResult Prioritise(IReadOnlyDictionary<string, string> answers)
    {
        bool Holds(string condition) => condition.Length == 0
            || (condition.Split('=', 2) is [var question, var answer] && string.Equals(answers.GetValueOrDefault(question, "not known"), answer, StringComparison.OrdinalIgnoreCase));

        var fired = Rules.Where(r => Holds(r.If) && Holds(r.And)).ToList();
        var priority = Priorities.First(p => fired.Any(r => r.Priority == p) || p == Priorities[^1]);
        return new PrioritisationResult(priority, priority == Urgent, [.. fired.Where(r => r.Priority == priority).Select(r => r.Because)], Version);
    }
}

/// <param name="If"><c>question=answer</c>, or empty for always.</param>
/// <param name="And">A second condition, or empty.</param>
public sealed record PrioritisationRule(string If, string And, string Priority, string Because);

/// <param name="Because">Why, in the table's words.</param>
public sealed record PrioritisationResult(string Priority, bool IsUrgent, IReadOnlyList<string> Because, string Version)
{
    public string Reason => string.Join("; ", Because);
}

/// <summary>Reads the tool that holds on a day.</summary>
[Scoped]
public sealed class PrioritisationTools(CouncilPolicy policy)
{
    public PrioritisationTool On(DateOnly day)
    {
        var table = policy.TableAt("front-door.prioritisation", day);
        var rules = table.Rows.Select(r => new PrioritisationRule(r["if"].Trim(), r["and"].Trim(), r["priority"].Trim(), r["because"]));
        return new PrioritisationTool(table.Version, [.. rules], [.. policy.ListAt("work.priorities", day).Select(p => p.Key)]);
    }
}

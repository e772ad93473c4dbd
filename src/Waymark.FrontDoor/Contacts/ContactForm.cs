using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Ui;

namespace Waymark.FrontDoor.Contacts;

/// <summary>
/// A contact as it is talked through (FC-1, FC-4). It is the form of the pathway's first stage, so it saves itself from the first key, two calls may be open at once,
/// and nothing is lost. The order is that of a call: who, what matters, what came of it.
/// </summary>
[Form(Key, "Contact", Permission = Can.TakeContacts)]
public sealed record ContactForm : Form
{
    public const string Key = "contact";

    [Question("Who is getting in touch?", Section = "Who is calling", Required = true)]
    public CallerKind? Caller { get; init; }

    [Question("Their name", When = "Caller=Family|Professional|Provider|OtherCouncil")]
    public string? CallerName { get; init; }

    [Question("Their relation to the person, or their work", When = "Caller=Family|Professional|Provider|OtherCouncil")]
    public string? CallerRelation { get; init; }

    [Question("Number to ring back", Prefill = "person.phone")]
    public string? CallerPhone { get; init; }

    [Question("How did you check who they are?", When = "Caller=Person|Family|Professional|Provider|OtherCouncil")]
    public CallerCheck? Checked { get; init; }

    [Question("Does the person agree to this contact?", When = "Caller=Family|Professional|Provider|OtherCouncil")]
    public ContactConsent? Consent { get; init; }

    [Question("What matters to them, in their words", Section = "What matters", Required = true, Lines = 6, Prefill = "what-matters")]
    public string? WhatMatters { get; init; }

    [Question("What you told them, or sent", Lines = 3)]
    public string? AdviceGiven { get; init; }

    [Question("What came of it?", Section = "What happens now", Required = true)]
    public ContactOutcome? Outcome { get; init; }

    [Question("What else came of it?", Hint = "Choose all that apply", When = "Outcome=Resolved|Signposted|Forward|ActNow|KnownWorker|HospitalDischarge|OtherCouncil")]
    public IReadOnlyList<FurtherOutcome>? Further { get; init; }

    [Question("Why can it not wait for a supervisor?", Hint = "A supervisor looks at it on the next working day.", When = "Outcome=ActNow", Required = true)]
    public string? ActNowReason { get; init; }

    [Question("Is the person in danger now, or without food, heating or essential care today?", Section = "How urgent is it", When = "Outcome=Forward|ActNow", Required = true)]
    public YesNoUnknown? Danger { get; init; }

    [Question("Has the person who cares for them stopped, or are they about to?", When = "Outcome=Forward|ActNow")]
    public CarerBreakdown? CarerBreakdown { get; init; }

    [Question("Do they live alone?", When = "Outcome=Forward|ActNow")]
    public YesNoUnknown? Alone { get; init; }

    [Question("How many falls in the last three months?", When = "Outcome=Forward|ActNow")]
    public Falls? Falls { get; init; }

    [Question("Can they wash, dress, eat and use the toilet?", When = "Outcome=Forward|ActNow")]
    public EssentialTasks? EssentialTasks { get; init; }

    [Question("Has something changed in the last two weeks?", When = "Outcome=Forward|ActNow")]
    public YesNoUnknown? Change { get; init; }

    [Question("Is the money that pays for their care about to run out?", When = "Outcome=Forward|ActNow")]
    public MoneyRunsOut? MoneyRunsOut { get; init; }

    public bool IsPassedOn => Outcome is ContactOutcome.Forward or ContactOutcome.ActNow;

    public override Decision Decide(Facts facts) => Outcome switch
    {
        ContactOutcome.Forward => Decision.Take("forward"),
        ContactOutcome.ActNow => Decision.Take("act-now"),
        null => Decision.Stay,
        _ => Decision.Take("close"),
    };

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (IsPassedOn && facts.Episode?.PersonId is null)
        {
            yield return (nameof(Outcome), "Say who it is about before you pass it on: find the person, or add them, at the right of the page");
        }

        if (IsPassedOn && Died(facts) is { } died)
        {
            yield return (nameof(Outcome), died);
        }
    }

    /// <summary>Why nobody can assess the person, in words; null where they live, as far as is known.</summary>
    internal static string? Died(Facts facts) => facts.Person is { DeathDate: { } on } person
        ? $"{person.DisplayName} died on {Format.Date(on)}, so no assessment can follow. Check that it is the right person; if it is about their death or their affairs, choose another outcome"
        : null;

    /// <summary>The answers as the prioritisation tool asks them: question key to answer.</summary>
    public IReadOnlyDictionary<string, string> PrioritisationAnswers() => new Dictionary<string, string>
    {
        ["danger"] = Words(Danger),
        ["carer-breakdown"] = Words(CarerBreakdown),
        ["alone"] = Words(Alone),
        ["falls"] = Words(Falls),
        ["essential-tasks"] = Words(EssentialTasks),
        ["change"] = Words(Change),
        ["money-runs-out"] = Words(MoneyRunsOut),
    };

    private static string Words<T>(T? answer)
        where T : struct, Enum => answer is { } a ? ChoiceWords.Of(a).ToLowerInvariant() : "not known";
}

public enum CallerKind
{
    [Choice("The person themselves")] Person,
    [Choice("Family, friend or neighbour")] Family,
    [Choice("A health or other professional")] Professional,
    [Choice("A care provider")] Provider,
    [Choice("Another council")] OtherCouncil,
    [Choice("They will not say")] Anonymous,
}

public enum CallerCheck
{
    [Choice("Name, address and date of birth")] Details,
    [Choice("Rang back on a number we hold")] RangBack,
    [Choice("I know the caller")] Known,
    [Choice("Not checked: nothing was shared")] NotChecked,
}

public enum ContactConsent
{
    [Choice("Yes")] Yes,
    [Choice("No")] No,
    [Choice("They lack capacity to decide; it is in their best interests")] BestInterests,
    [Choice("The caller has not asked them")] NotAsked,
}

/// <summary>Outcomes; <see cref="ContactOutcomes.KeyOf"/> gives the key of policy list <c>contact.outcomes</c>.</summary>
public enum ContactOutcome
{
    [Choice("Resolved", Hint = "They have what they need")] Resolved,
    [Choice("Advice given or signposted")] Signposted,
    [Choice("Forward to a team", Hint = "A supervisor screens it first")] Forward,
    [Choice("Act now, screen after", Hint = "An emergency: it goes to the team at once")] ActNow,
    [Choice("Passed to the worker already involved")] KnownWorker,
    [Choice("Passed to hospital discharge")] HospitalDischarge,
    [Choice("Passed to another council")] OtherCouncil,
    [Choice("Abandoned", Hint = "The caller was lost and cannot be reached")] Abandoned,
}

/// <summary>What may come of a contact beside its main outcome; passing it on is always the main one.</summary>
public enum FurtherOutcome
{
    [Choice("Advice given or signposted")] Signposted,
    [Choice("Passed to the worker already involved")] KnownWorker,
    [Choice("Passed to hospital discharge")] HospitalDischarge,
    [Choice("Passed to another council")] OtherCouncil,
}

public enum YesNoUnknown
{
    [Choice("Yes")] Yes,
    [Choice("No")] No,
    [Choice("Not known")] NotKnown,
}

public enum CarerBreakdown
{
    [Choice("Stopped")] Stopped,
    [Choice("About to")] AboutTo,
    [Choice("No")] No,
    [Choice("No carer")] NoCarer,
    [Choice("Not known")] NotKnown,
}

public enum Falls
{
    [Choice("None")] None,
    [Choice("One")] One,
    [Choice("Two or more")] TwoOrMore,
    [Choice("Not known")] NotKnown,
}

public enum EssentialTasks
{
    [Choice("All of these")] All,
    [Choice("Some of these")] Some,
    [Choice("None of these")] None,
    [Choice("Not known")] NotKnown,
}

public enum MoneyRunsOut
{
    [Choice("Within 3 months")] WithinThreeMonths,
    [Choice("Later")] Later,
    [Choice("No")] No,
    [Choice("Not known")] NotKnown,
}

/// <summary>Outcomes as stored.</summary>
public static class ContactOutcomes
{
    public static string KeyOf(ContactOutcome outcome) => outcome switch
    {
        ContactOutcome.Resolved => "resolved",
        ContactOutcome.Signposted => "signposted",
        ContactOutcome.KnownWorker => "known-worker",
        ContactOutcome.HospitalDischarge => "hospital-discharge",
        ContactOutcome.OtherCouncil => "other-council",
        ContactOutcome.Abandoned => "abandoned",
        _ => "forwarded",
    };

    /// <summary>Keys of what else came of it; the main outcome chosen again counts once.</summary>
    public static IReadOnlyList<string> FurtherKeysOf(ContactForm form) =>
        [.. (form.Further ?? []).Select(f => KeyOf(Enum.Parse<ContactOutcome>(f.ToString()))).Where(k => k != KeyOf(form.Outcome!.Value)).Distinct()];
}

internal static class ChoiceWords
{
    /// <summary>The words of an enum value as the form shows them.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum =>
        typeof(T).GetField(value.ToString())!.GetCustomAttributes(typeof(ChoiceAttribute), false) is [ChoiceAttribute choice] ? choice.Text : value.ToString();
}

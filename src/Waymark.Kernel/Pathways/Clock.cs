namespace Waymark.Kernel.Pathways;

/// <summary>A named clock on a pathway: start, stop, limit. Any number run side by side; a threshold only flags. Never stopped by a pause.</summary>
public sealed class Clock(string key, string title)
{
    public string Key { get; } = key;
    public string Title { get; } = title;
    public ClockEvent Start { get; private set; } = new(ClockEventKind.Received, null);
    public ClockEvent? Stop { get; private set; }
    public ClockLimit Limit { get; private set; } = ClockLimit.None;

    /// <summary>Passing it is not a breach: it puts the episode on a list (K-06, K-07).</summary>
    public bool IsThreshold { get; private set; }

    public Clock From(ClockEvent start) { Start = start; return this; }

    /// <summary>What stops it; without one it runs until the episode closes.</summary>
    public Clock Until(ClockEvent stop) { Stop = stop; return this; }
    public Clock Within(ClockLimit limit) { Limit = limit; return this; }
    public Clock OnlyFlags() { IsThreshold = true; return this; }
}

public enum ClockEventKind { Received, StageEntered, StageLeft, PartyBirthday, FactDate }

/// <param name="Name">The stage key, the fact key, or the age of a birthday; <c>null</c> for receipt.</param>
public sealed record ClockEvent(ClockEventKind Kind, string? Name)
{
    /// <summary>The day the subject reaches an age.</summary>
    public static ClockEvent Birthday(int age) => new(ClockEventKind.PartyBirthday, age.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A date or instant that a form promoted to the episode under a key (see <see cref="Forms.Form.PromotedDates"/>).</summary>
    public static ClockEvent Date(string factKey) => new(ClockEventKind.FactDate, factKey);
}

/// <summary><see cref="Hours"/> run day and night; <see cref="ServiceHours"/> only while the service is open, as the policy says.</summary>
public enum ClockUnit { Hours, ServiceHours, WorkingDays, CalendarDays, Weeks, Months }

/// <summary>How long a clock allows: a key into the council's dated policy, or a statutory number with its source.</summary>
public sealed record ClockLimit
{
    public static ClockLimit None { get; } = new();
    public string? PolicyKey { get; private init; }
    public int? StatutoryValue { get; private init; }
    public ClockUnit StatutoryUnit { get; private init; }

    /// <summary>Day 1 is the day of the start itself (DoLS standard: "21 days beginning with the day").</summary>
    public bool CountsStartDay { get; private init; }
    public string? Source { get; private init; }

    /// <summary>Policy number that says whether the day of the start is day 1 (1) or not (0), where the law's wording is read in two ways; over <see cref="CountsStartDay"/>.</summary>
    public string? FirstDayPolicyKey { get; private init; }

    /// <summary>The limit that the council's policy gave on the day the clock started.</summary>
    public static ClockLimit ByPolicy(string key) => new() { PolicyKey = key };

    /// <summary>A limit of law, in code with its source.</summary>
    public static ClockLimit Statutory(int value, ClockUnit unit, string source, bool countsStartDay = false) =>
        new() { StatutoryValue = value, StatutoryUnit = unit, Source = source, CountsStartDay = countsStartDay };

    /// <summary>A limit of law of which the council's dated policy says whether it counts the day of the start.</summary>
    public static ClockLimit Statutory(int value, ClockUnit unit, string source, string firstDayPolicyKey) =>
        new() { StatutoryValue = value, StatutoryUnit = unit, Source = source, FirstDayPolicyKey = firstDayPolicyKey };
}

using Waymark.Kernel.Forms;
using Waymark.Kernel.Organisations;

namespace Waymark.Kernel.Pathways;

/// <summary>
/// A pathway written down once, as data: stages, the duty that owns each, the form that completes each, the exits, tasks, approval, moves back,
/// re-openings, and the clocks. Idea 2 of the kernel. Nothing here touches a database.
/// </summary>
public abstract class Pathway(string key, string title, string referencePrefix)
{
    private readonly List<Stage> stages = [];
    private readonly List<Clock> clocks = [];

    public string Key { get; } = key;
    public string Title { get; } = title;

    /// <summary>Starts the human reference: <c>SGC</c> gives <c>SGC-2024-004213</c>.</summary>
    public string ReferencePrefix { get; } = referencePrefix;

    /// <summary>Permission needed beyond <see cref="Access.Can.ViewWork"/> to see episodes of this pathway; others see a stub.</summary>
    public string? Permission { get; protected init; }

    public IReadOnlyList<Stage> Stages => stages;
    public IReadOnlyList<Clock> Clocks => clocks;
    public Stage First => stages[0];

    public Stage StageAt(string key) => stages.Find(s => s.Key == key)
        ?? throw new KeyNotFoundException($"The pathway '{Key}' has no stage '{key}'. It has: {string.Join(", ", stages.Select(s => s.Key))}.");

    /// <summary>The moment the episode was received by the council.</summary>
    protected static ClockEvent Received { get; } = new(ClockEventKind.Received, null);

    protected Stage Stage(string key, string title, Duty duty)
    {
        var stage = new Stage(key, title, duty);
        stages.Add(stage);
        return stage;
    }

    protected Clock Clock(string key, string title)
    {
        var clock = new Clock(key, title);
        clocks.Add(clock);
        return clock;
    }

    protected static Exit To(string exitKey, string title, string stageKey) => new() { Key = exitKey, Title = title, ToStage = stageKey };
    protected static Exit Close(string exitKey, string title, string departure) => new() { Key = exitKey, Title = title, Departure = departure };
}

/// <summary>A stage: a queue, its clocks, its form and its decision.</summary>
public sealed class Stage(string key, string title, Duty duty)
{
    private readonly List<Exit> exits = [];
    private readonly List<ParallelTask> tasks = [];
    private readonly List<string> backTo = [];

    public string Key { get; } = key;
    public string Title { get; } = title;
    public Duty Duty { get; } = duty;

    /// <summary>The form that completes the stage, or <c>null</c> when an act does (allocation).</summary>
    public Type? FormType { get; private set; }

    /// <summary>Where being given a worker moves an episode that waits here; <c>null</c> when the worker changes and the stage does not.</summary>
    public string? AllocationMovesTo { get; private set; }

    /// <summary>The permission of whoever approves; never the author. <c>null</c> when none is needed.</summary>
    public string? ApprovalPermission { get; private set; }

    /// <summary>The permission needed to complete the stage; <see cref="Access.Can.DoWork"/> unless another is named.</summary>
    public string CompletePermission { get; private set; } = Access.Can.DoWork;

    /// <summary>The user who completed this earlier stage may not complete this one (the screener is not the prioritiser).</summary>
    public string? NotBySameUserAs { get; private set; }

    /// <summary>A closed episode may be re-opened into this stage.</summary>
    public bool Reopens { get; private set; }

    public IReadOnlyList<Exit> AllExits => exits;
    public IReadOnlyList<ParallelTask> Tasks => tasks;
    public IReadOnlyList<string> MovesBackTo => backTo;

    public ClockEvent Entered => new(ClockEventKind.StageEntered, Key);
    public ClockEvent Left => new(ClockEventKind.StageLeft, Key);

    public Stage Asks<TForm>() where TForm : Form { FormType = typeof(TForm); return this; }
    public Stage Exits(params Exit[] these) { exits.AddRange(these); return this; }
    public Stage OnAllocationGoesTo(string stageKey) { AllocationMovesTo = stageKey; return this; }
    public Stage ApprovedBy(string permission) { ApprovalPermission = permission; return this; }
    public Stage CompletedBy(string permission) { CompletePermission = permission; return this; }
    public Stage NotBy(string earlierStageKey) { NotBySameUserAs = earlierStageKey; return this; }
    public Stage MayGoBackTo(params string[] stageKeys) { backTo.AddRange(stageKeys); return this; }
    public Stage MayReopen() { Reopens = true; return this; }

    /// <summary>A task that runs beside the stage's own form; the stage cannot be left until every required one is done.</summary>
    public Stage Beside<TForm>(string key, string title, bool required = true) where TForm : Form
    {
        tasks.Add(new ParallelTask(key, title, typeof(TForm), required));
        return this;
    }

    public Exit ExitAt(string exitKey) => exits.Find(e => e.Key == exitKey)
        ?? throw new KeyNotFoundException($"The stage '{Key}' has no exit '{exitKey}'. It has: {string.Join(", ", exits.Select(e => e.Key))}.");
}

/// <summary>A way out of a stage: to another stage, or closed with a departure reason, perhaps opening an episode elsewhere.</summary>
public sealed record Exit
{
    public required string Key { get; init; }
    public required string Title { get; init; }

    /// <summary>The stage entered, or <c>null</c> when the episode closes.</summary>
    public string? ToStage { get; init; }

    /// <summary>Why it left, one of <see cref="Departures"/> or a pathway's own; required when it closes.</summary>
    public string? Departure { get; init; }

    /// <summary>Key of a pathway an episode is opened on, linked to this one.</summary>
    public string? OpensPathway { get; init; }

    /// <summary>The <see cref="Episode.Kind"/> of what it opens, where one pathway serves several.</summary>
    public string? OpensKind { get; init; }

    /// <summary>Chosen against the form's decision: the worker must say why.</summary>
    public bool IsOverride { get; init; }

    /// <summary>An "act now" way out that skips this later stage but puts the episode on its list to be looked at after.</summary>
    public string? ReviewedAfterAt { get; init; }

    /// <summary>Taken although required tasks are open: the person has died, one finding settles the rest.</summary>
    public bool LeavesTasks { get; init; }

    public Exit Opens(string pathwayKey, string? kind = null) => this with { OpensPathway = pathwayKey, OpensKind = kind };
    public Exit Override() => this with { IsOverride = true };
    public Exit LookedAtAfterBy(string taskKey) => this with { ReviewedAfterAt = taskKey };
    public Exit DespiteTasks() => this with { LeavesTasks = true };
    public bool Closes => ToStage is null;
}

public sealed record ParallelTask(string Key, string Title, Type FormType, bool Required);

/// <summary>Reasons for which a stock falls, the same across pathways so that departures add up. A pathway may add its own.</summary>
public static class Departures
{
    public const string Allocated = "allocated";
    public const string Assessed = "assessed";
    public const string Signposted = "signposted";
    public const string Declined = "declined";
    public const string Died = "died";
    public const string Moved = "moved";
    public const string Duplicate = "duplicate";
    public const string AdministrativeClosure = "administrative-closure";

    /// <summary>Moved on to the next stage of its own pathway.</summary>
    public const string MovedOn = "moved-on";
    public const string Transferred = "transferred";

    /// <summary>Moved back to an earlier stage of its own pathway.</summary>
    public const string MovedBack = "moved-back";

    /// <summary>An extract no longer holds the row and gives no reason; never counts as completed.</summary>
    public const string Vanished = "left-list-reason-not-given";

    public static string Title(string key) => key switch
    {
        Allocated => "Given a worker",
        Assessed => "Assessed",
        Signposted => "Signposted",
        Declined => "Declined",
        Died => "Died",
        Moved => "Moved away",
        Duplicate => "Duplicate",
        AdministrativeClosure => "Administrative closure",
        MovedOn => "Moved on to the next stage",
        MovedBack => "Moved back to an earlier stage",
        Transferred => "Transferred",
        Vanished => "Left the list, reason not given",
        _ => Words(key),
    };

    /// <summary><c>moved-away</c> and <c>MovedAway</c>, a key and the name of an answer, both read "Moved away".</summary>
    private static string Words(string key) => string.Concat(key.Select((c, i) => i == 0 ? char.ToUpperInvariant(c).ToString() : c == '-' ? " " : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
}

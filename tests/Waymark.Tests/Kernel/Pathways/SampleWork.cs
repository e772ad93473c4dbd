using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Tests.Kernel.Pathways;

/// <summary>A pathway with one of everything the engine knows.</summary>
public sealed class SampleWork : Pathway
{
    public const string PathwayKey = "sample-work";
    public static readonly Duty Queueing = new("sample-queueing", "Keeps the sample queue");
    public static readonly Duty Checking = new("sample-checking", "Checks sample work");

    public SampleWork() : base(PathwayKey, "Sample work", "SMP")
    {
        Stage("queue", "Waiting", Queueing)
            .OnAllocationGoesTo("work")
            .Exits(Close("signpost", "Signposted", Departures.Signposted), To("at-once", "Act at once", "work").LookedAtAfterBy("check"))
            .MayReopen();
        var work = Stage("work", "Work", Queueing)
            .Beside<SampleSideForm>("side", "Side task")
            .MayGoBackTo("queue")
            .Exits(To("on", "To be checked", "check"), Close("done", "Done", Departures.Assessed).Opens(OpenItemPathway.PathwayKey), Close("against", "Ended against the answers", Departures.Declined).Override());
        Stage("check", "Check", Checking)
            .Asks<SampleWorkForm>()
            .ApprovedBy(Can.ApproveWork)
            .NotBy("work")
            .CompletedBy(Can.DoWork)
            .Exits(Close("end", "Ended", Departures.Assessed))
            .MayReopen();

        Clock("total", "All of it").From(Received).Within(ClockLimit.ByPolicy("sample.total"));
        Clock("work", "The work").From(work.Entered).Until(work.Left).Within(ClockLimit.Statutory(2, ClockUnit.WorkingDays, "a made-up Act"));
        Clock("old", "Open long").From(Received).Within(ClockLimit.Statutory(6, ClockUnit.Weeks, "a made-up Act")).OnlyFlags();
        Clock("adult", "Before the 18th birthday").From(ClockEvent.Birthday(18)).Within(ClockLimit.Statutory(0, ClockUnit.CalendarDays, "a made-up Act", countsStartDay: true));
        Clock("visit", "After the visit").From(ClockEvent.Date("visited")).Within(ClockLimit.Statutory(1, ClockUnit.Months, "a made-up Act"));
    }
}

[Form("sample-side", "Side task")]
public sealed record SampleSideForm : Form
{
    [Question("What was found?")] public string? Found { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;
}

[Form("sample-work", "Check of the work")]
public sealed record SampleWorkForm : Form
{
    [Question("Is it right?", Required = true)] public bool? IsRight { get; init; }

    public override Decision Decide(Facts facts) => IsRight == true ? Decision.Take("end") : Decision.Stay;
}

/// <summary>Keeps what its reaction was told.</summary>
public sealed class SampleWorkModule : WaymarkModule
{
    public List<StageChange> Seen { get; } = [];

    public override string Name => "Sample work";
    public override IEnumerable<Pathway> Pathways => [new SampleWork()];
    public override IEnumerable<Duty> Duties => [SampleWork.Queueing, SampleWork.Checking];
    public override IEnumerable<string> PolicyDefaults => ["""{ "name": "sample", "effectiveFrom": "2000-01-01", "limits": { "sample.total": "10 working days" } }"""];
    public override IEnumerable<EpisodeReaction> EpisodeReactions => [new(SampleWork.PathwayKey, (_, change) =>
    {
        Seen.Add(change);
        return Task.CompletedTask;
    })];
}

using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Tests.Kernel.Forms;

public enum SampleLimb
{
    Yes,
    No,
    NotYetKnown,
}

public enum SampleHelp
{
    [Choice("Washing and dressing")] Washing,
    [Choice("Meals", Hint = "Making and eating them")] Meals,
    Shopping,
}

public sealed record SampleHelper
{
    public string RowId { get; init; } = "";

    [Question("Name", Required = true)] public string? Name { get; init; }
    [Question("Lives with the person")] public bool? LivesIn { get; init; }
    [Question("Since when?", When = nameof(LivesIn) + "=Yes")] public DateOnly? Since { get; init; }
}

/// <summary>A question of every kind; asked by tests alone.</summary>
[Form("sample", "Sample form", version: 2, Minutes = 10)]
public sealed record SampleForm : Form
{
    [Question("What matters to the person?", Hint = "In their own words", Required = true, Lines = 4, MaxLength = 2000, Section = "The person", Prefill = "what-matters")]
    public string? WhatMatters { get; init; }

    [Question("Are there needs for care and support?", Required = true)] public SampleLimb? HasNeeds { get; init; }
    [Question("Why is it not yet known?", When = nameof(HasNeeds) + "=NotYetKnown", Required = true)] public string? WhyNotKnown { get; init; }
    [Question("Which help is wanted?", When = nameof(HasNeeds) + "=Yes|NotYetKnown")] public IReadOnlyList<SampleHelp>? Help { get; init; }
    [Question("How many meals a week?", When = nameof(Help) + "=Meals")] public int? Meals { get; init; }
    [Question("When was the visit?", Section = "The visit")] public DateOnly? VisitedDate { get; init; }
    [Question("Savings", Money = true)] public long? Savings { get; init; }
    [Question("Is someone helping now?")] public bool? IsHelped { get; init; }
    [Question("Helper", When = nameof(IsHelped) + "=Yes", Repeats = true, MaxLength = 3)] public IReadOnlyList<SampleHelper>? Helpers { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (VisitedDate > facts.Today)
        {
            yield return (nameof(VisitedDate), "The visit is in the future; give the day it took place");
        }
    }

    public override Decision Decide(Facts facts) => HasNeeds switch
    {
        SampleLimb.Yes => Decision.Take("needs"),
        SampleLimb.No => Decision.Take("no-needs"),
        _ => Decision.Stay,
    };
}

/// <summary>A pathway on which the sample form leads somewhere.</summary>
public sealed class SampleFormPathway : Pathway
{
    public const string PathwayKey = "sample-form-work";
    public static readonly Duty Filling = new("sample-filling", "Fills in sample forms");

    public SampleFormPathway() : base(PathwayKey, "Sample form work", "SFW")
    {
        Stage("fill", "Fill in", Filling)
            .Asks<SampleForm>()
            .Exits(To("needs", "Has needs", "after"), Close("no-needs", "No needs", Departures.Assessed), Close("against", "Ended against the answers", Departures.Declined).Override());
        Stage("after", "After", Filling).MayGoBackTo("fill").Exits(Close("done", "Done", Departures.Assessed));
    }
}

public sealed class SampleFormModule : WaymarkModule
{
    public override string Name => "Sample form";
    public override IEnumerable<Pathway> Pathways => [new SampleFormPathway()];
    public override IEnumerable<Duty> Duties => [SampleFormPathway.Filling];
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Host.Hosting;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Pathways;

namespace Waymark.Tests.Support;

/// <summary>Measures of the tests' own, over spans of a pathway <c>test</c>: a stock of what waits, a flow of what was finished.</summary>
public sealed class TestMeasures : WaymarkModule
{
    public const string PathwayKey = "test";
    public const string FactKey = "test-fact";

    public override string Name => "Tests";

    /// <summary>A site whose catalogue has these measures beside the house's own.</summary>
    public static Task<TestSite> StartSiteAsync(Engine engine = Engine.Sqlite) => TestSite.StartAsync(
        engine, services => services.AddSingleton(new Catalogue([.. Registration.FindModules(House.Assemblies), new TestMeasures()])));

    /// <summary>What waits: all spans of the pathway's stage <c>waiting</c>.</summary>
    public static MeasureRows Waiting { get; } = new("test-waiting", MeasureKind.Stock, "spans", db => Spans(db, "waiting").Select(s => new MeasureRow
    {
        SubjectId = s.EpisodeId.ToString(), EpisodeId = s.EpisodeId, PersonId = s.PersonId, From = s.FromDate, To = s.ToDate, Since = s.VisitDate,
        TeamId = s.TeamId, WorkerId = s.WorkerId, Value = s.Id, Hit = s.IsPaused, Reason = s.EndReason,
    }));

    /// <summary>What was finished, on the day it was; its value is the day of the month of its start.</summary>
    public static MeasureRows Finished { get; } = new("test-finished", MeasureKind.Flow, "spans", db => Spans(db, "waiting").Where(s => s.ToDate != null).Select(s => new MeasureRow
    {
        SubjectId = s.EpisodeId.ToString(), EpisodeId = s.EpisodeId, PersonId = s.PersonId, From = s.ToDate!.Value,
        TeamId = s.TeamId, WorkerId = s.WorkerId, Value = s.FromDate.Day, Hit = s.IsPaused, Reason = s.EndReason,
    }));

    public static PersonFact Fact { get; } = new(FactKey, "Has a fact", db => db.ReportedFacts.AsNoTracking().Where(f => f.FactKey == FactKey)
        .Select(f => new PersonFactRow { PersonId = f.PersonId, From = f.FromDate, To = f.ToDate }));

    public override IEnumerable<PersonFact> Facts => [Fact];

    public override IEnumerable<Measure> Measures =>
    [
        Of("test-waiting-items", "Things waiting", "items", Waiting, Fold.Count),
        Of("test-waiting-people", "People waiting", "people", Waiting, Fold.People),
        Of("test-waiting-longest", "Longest wait of things waiting", "days", Waiting, Fold.Longest),
        Of("test-waiting-mean", "Mean wait of things waiting", "days", Waiting, Fold.Mean),
        Of("test-waiting-median", "Median wait of things waiting", "days", Waiting, Fold.Median),
        Of("test-waiting-paused", "Things waiting that are paused", "%", Waiting, Fold.Percent),
        Of("test-waiting-with-fact", "Things waiting for somebody with the fact", "%", Waiting, Fold.Percent) with { FactKey = FactKey },
        Of("test-waiting-sum", "Sum of what waits", "units", Waiting, Fold.Sum),
        Of("test-restricted", "Things only some may count", "items", Waiting, Fold.Count) with { Permission = "test.restricted" },
        Of("test-waiting-rate", "Things waiting per 100,000", "per 100,000", Waiting, Fold.RatePer100000) with { PopulationKey = "adults" },
        Of("test-finished", "Things finished", "items", Finished, Fold.Count) with { PeriodMonths = 2 },
        Of("test-finished-people", "People finished", "people", Finished, Fold.People) with { PeriodMonths = 2 },
        Of("test-finished-longest", "Longest of things finished", "days", Finished, Fold.Longest) with { PeriodMonths = 2 },
        Of("test-finished-mean", "Mean of things finished", "days", Finished, Fold.Mean) with { PeriodMonths = 2 },
        Of("test-finished-median", "Median of things finished", "days", Finished, Fold.Median) with { PeriodMonths = 2 },
        Of("test-finished-paused", "Things finished that were paused", "%", Finished, Fold.Percent) with { PeriodMonths = 2 },
        Of("test-finished-with-fact", "Things finished for somebody with the fact", "%", Finished, Fold.Percent) with { PeriodMonths = 2, FactKey = FactKey },
    ];

    public Measure this[string key] => Measures.Single(m => m.Key == key);

    private static IQueryable<StageSpan> Spans(WaymarkDb db, string stage) =>
        db.StageSpans.AsNoTracking().Where(s => s.PathwayKey == PathwayKey && s.StageKey == stage && s.SupersededOn == null);

    private static Measure Of(string key, string title, string unit, MeasureRows rows, Fold fold) => new()
    {
        Key = key, Title = title, Unit = unit, Rows = rows, Fold = fold, Definition = $"{title}, for tests.", MoreIsBetter = false, Inventory = ["AW-1"],
    };
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Jobs;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Jobs;

public sealed class JobRunnerTests : IDisposable
{
    private readonly CollectedLogs logs = new();

    public void Dispose() => logs.Dispose();

    [Theory, BothEngines]
    public async Task RunIfDue_TwoNodes_RunsOnOneAndAgainWhenDue(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (job, first, second) = (new CountingJob(), Node(site), Node(site));

        (await first.RunIfDueAsync(job, default)).ShouldBeTrue();
        (await second.RunIfDueAsync(job, default)).ShouldBeFalse();
        site.Time.Advance(job.Every - TimeSpan.FromSeconds(1));
        (await second.RunIfDueAsync(job, default)).ShouldBeFalse();
        site.Time.Advance(TimeSpan.FromSeconds(1));
        (await second.RunIfDueAsync(job, default)).ShouldBeTrue();

        job.Runs.ShouldBe(2);
        job.RanAsSystem.ShouldBeTrue();
    }

    [Theory, BothEngines]
    public async Task RunIfDue_WhileAnotherNodeRunsIt_Waits(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (job, second) = (new CountingJob(), Node(site));
        var hasStarted = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        job.Do = async _ =>
        {
            hasStarted.SetResult();
            await mayEnd.Task;
        };

        var running = Node(site).RunIfDueAsync(job, default);
        await hasStarted.Task;
        (await second.RunIfDueAsync(job, default)).ShouldBeFalse();
        mayEnd.SetResult();

        (await running).ShouldBeTrue();
        job.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task RunIfDue_Fails_IsTriedLaterAndLater_AndLogsNoWordsOfTheError()
    {
        await using var site = await TestSite.StartAsync();
        var (job, node) = (new CountingJob { Do = _ => throw new InvalidOperationException("Amal Okafor has no address") }, Node(site));

        await node.RunIfDueAsync(job, default);
        var first = await LeaseAsync(site);
        site.Time.SetUtcNow(new DateTimeOffset(first.DueOn!.Value));
        await node.RunIfDueAsync(job, default);
        var second = await LeaseAsync(site);

        (second.Failures, second.LastError, second.LastSuccessOn).ShouldBe((2, nameof(InvalidOperationException), null));
        (second.DueOn!.Value - second.LastRunOn!.Value).ShouldBe(2 * (first.DueOn.Value - first.LastRunOn!.Value));
        logs.Lines.ShouldAllBe(line => !line.Contains("Okafor"));
        logs.Lines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task RunIfDue_AfterFailures_SuccessClearsThem()
    {
        await using var site = await TestSite.StartAsync();
        var (job, node) = (new CountingJob { Do = _ => throw new InvalidOperationException() }, Node(site));
        await node.RunIfDueAsync(job, default);
        job.Do = _ => Task.CompletedTask;
        site.Time.Advance(TimeSpan.FromHours(2));

        await node.RunIfDueAsync(job, default);

        var lease = await LeaseAsync(site);
        (lease.Failures, lease.LastError, lease.LastSuccessOn).ShouldBe((0, null, site.Time.GetUtcNow().UtcDateTime));
    }

    [Theory, BothEngines]
    public async Task Lease_HolderGone_IsTakenWhenItEnds(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        var (gone, next) = (LeasesOf(site), LeasesOf(site));
        var length = TimeSpan.FromMinutes(1);

        (await gone.TakeAsync("seal", length)).ShouldBeTrue();
        (await gone.TakeAsync("seal", length)).ShouldBeTrue("its own holder renews it");
        (await next.TakeAsync("seal", length)).ShouldBeFalse();
        site.Time.Advance(length);
        (await next.TakeAsync("seal", length)).ShouldBeTrue();
        (await gone.RenewAsync("seal", length)).ShouldBeFalse();
        await gone.ReleaseAsync("seal");
        (await gone.TakeAsync("seal", length)).ShouldBeFalse("a release by one who lost it frees nothing");
        await next.ReleaseAsync("seal");
        (await gone.TakeAsync("seal", length)).ShouldBeTrue();
    }

    private JobRunner Node(TestSite site) => new([], LeasesOf(site), site.Services.GetRequiredService<IServiceScopeFactory>(), site.Time, logs.For<JobRunner>());

    private static Leases LeasesOf(TestSite site) => new(site.Services.GetRequiredService<IServiceScopeFactory>(), site.Time);

    private static Task<Lease> LeaseAsync(TestSite site) => site.InDbAsync(db => db.Leases.AsNoTracking().SingleAsync(l => l.Job == "count"));

    private sealed class CountingJob : Job
    {
        public override string Name => "count";
        public override TimeSpan Every => TimeSpan.FromMinutes(10);
        public int Runs { get; private set; }
        public bool RanAsSystem { get; private set; }
        public Func<CancellationToken, Task> Do { get; set; } = _ => Task.CompletedTask;

        public override Task RunAsync(IServiceProvider services, CancellationToken cancellation)
        {
            Runs++;
            RanAsSystem = services.GetRequiredService<Viewer>().IsSystem;
            return Do(cancellation);
        }
    }
}

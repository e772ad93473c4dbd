using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Messages;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Messages;

public sealed class OutboxTests
{
    [Theory, BothEngines]
    public async Task Queue_InAnActThatFails_SendsNothing_AndBadAddressesAreRefused(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InScopeAsync(async services =>
        {
            var outbox = services.GetRequiredService<Outbox>();
            outbox.QueueEmail("test", "a@example.com", "One\r\nBcc: all@example.com", "Text").Subject.ShouldBe("One Bcc: all@example.com");
            Should.Throw<RefusedException>(() => outbox.QueueEmail("test", "nobody", "S", "T"));
            Should.Throw<RefusedException>(() => outbox.QueueEmail("test", "a@example.com, b@example.com", "S", "T"));
            Should.Throw<RefusedException>(() => outbox.QueueText("test", "ring me", "T"));
            outbox.QueueText("test", "07700 900 982", "T").Channel.ShouldBe(MessageChannel.Text);
            await Task.CompletedTask;
        });

        (await site.InDbAsync(db => db.Outbox.CountAsync())).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Send_SeveralNodesAtOnce_EachMessageGoesOnce(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await QueueAsync(site, 20);
        var carriers = Enumerable.Range(0, 4).Select(_ => new RecordingCarrier()).ToList();

        await Task.WhenAll(carriers.Select(c => Task.Run(() => SendAsync(site, c), Stop)));

        var ids = carriers.SelectMany(c => c.Sent).ToList();
        ids.Count.ShouldBe(20);
        ids.Distinct().Count().ShouldBe(20);
        (await StatesAsync(site)).ShouldAllBe(s => s == MessageState.Sent);
    }

    [Theory, BothEngines]
    public async Task Send_SenderDiesBetweenSendingAndMarking_OneIsInDoubt_AndIsSentAgainOnceByHand_WithTheSameId(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await QueueAsync(site, 3);
        var dying = new RecordingCarrier { OnSend = _ => throw new InvalidOperationException("Killed") };
        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(site, dying));
        (await StatesAsync(site)).ShouldBe([MessageState.Claimed, MessageState.Waiting, MessageState.Waiting]);

        site.Time.Advance(TimeSpan.FromMinutes(6));
        var next = new RecordingCarrier();
        await SendAsync(site, next);
        (await StatesAsync(site)).ShouldBe([MessageState.InDoubt, MessageState.Sent, MessageState.Sent]);
        next.Sent.Count.ShouldBe(2);

        var doubted = await site.InDbAsync(db => db.Outbox.SingleAsync(m => m.State == MessageState.InDoubt));
        await site.InScopeAsync(s => s.GetRequiredService<ResolveMessage>().SendAgainAsync(doubted.Id));
        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(site, dying));
        site.Time.Advance(TimeSpan.FromMinutes(6));
        await SendAsync(site, next);
        (await StatesAsync(site))[0].ShouldBe(MessageState.InDoubt);
        (await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<ResolveMessage>().SendAgainAsync(doubted.Id)))).Message.ShouldContain("once already");
        dying.Sent.ShouldBe([doubted.MessageId, doubted.MessageId]);
        await site.InScopeAsync(s => s.GetRequiredService<ResolveMessage>().CloseAsync(doubted.Id, arrived: false));
        (await StatesAsync(site))[0].ShouldBe(MessageState.Failed);
    }

    [Theory, BothEngines]
    public async Task Send_InDoubtAtAServiceThatCanBeAsked_IsAskedFirst(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await QueueAsync(site, 2);
        var carrier = new RecordingCarrier { Asks = true, OnSend = _ => new CarryResult(Carried.InDoubt, "Timed out") };
        await SendAsync(site, carrier);
        (await StatesAsync(site)).ShouldAllBe(s => s == MessageState.InDoubt);

        carrier.Had = [carrier.Sent[0]];
        carrier.OnSend = _ => new CarryResult(Carried.Sent);
        await SendAsync(site, carrier);

        (await StatesAsync(site)).ShouldAllBe(s => s == MessageState.Sent);
        carrier.Sent.Count.ShouldBe(3);
        carrier.Sent[2].ShouldBe(carrier.Sent[1]);
    }

    [Theory, BothEngines]
    public async Task Send_ServiceAwayOrRefusing_WaitsLongerEachTime_ThenFails(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await QueueAsync(site, 1);
        var carrier = new RecordingCarrier { OnSend = _ => new CarryResult(Carried.Later, "421 Busy") };

        await SendAsync(site, carrier);
        await SendAsync(site, carrier);
        carrier.Sent.Count.ShouldBe(1);
        for (var hours = 0; hours < 60 && (await StatesAsync(site))[0] == MessageState.Waiting; hours++)
        {
            site.Time.Advance(TimeSpan.FromHours(1));
            await SendAsync(site, carrier);
        }

        var failed = await site.InDbAsync(db => db.Outbox.SingleAsync());
        (failed.State, failed.Attempts, failed.LastError).ShouldBe((MessageState.Failed, 8, "421 Busy"));
        carrier.Sent.Distinct().Count().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Send_WithoutAService_OrFromADemo_OrBeforeItsTime_NothingGoes_AndOldNewsIsDropped(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await QueueAsync(site, 1);
        await site.InScopeAsync(async s => (await s.GetRequiredService<SendMessages>().RunAsync()).ShouldBe(0));
        await site.InDbAsync(async db =>
        {
            db.Settings.Add(new Setting { Key = Setting.Demo, Value = "true" });
            return await db.SaveChangesAsync();
        });
        var carrier = new RecordingCarrier();
        await SendAsync(site, carrier);
        (await StatesAsync(site)).ShouldBe([MessageState.Waiting]);

        await site.InDbAsync(db => db.Settings.Where(s => s.Key == Setting.Demo).ExecuteDeleteAsync());
        site.Time.Advance(TimeSpan.FromDays(8));
        await site.InScopeAsync(async s =>
        {
            s.GetRequiredService<Outbox>().QueueEmail("test", "b@example.com", "S", "T", notBefore: site.Time.GetUtcNow().UtcDateTime.AddHours(1));
            await s.GetRequiredService<WaymarkDb>().SaveChangesAsync();
        });
        await SendAsync(site, carrier);
        (await StatesAsync(site)).ShouldBe([MessageState.Failed, MessageState.Waiting]);
        site.Time.Advance(TimeSpan.FromHours(2));
        await SendAsync(site, carrier);
        (await StatesAsync(site)).ShouldBe([MessageState.Failed, MessageState.Sent]);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Task QueueAsync(TestSite site, int count) => site.InScopeAsync(async services =>
    {
        for (var i = 0; i < count; i++)
        {
            services.GetRequiredService<Outbox>().QueueEmail("test", $"person{i}@example.com", "Subject", "Text");
        }

        await services.GetRequiredService<WaymarkDb>().SaveChangesAsync();
    });

    private static Task<List<MessageState>> StatesAsync(TestSite site) => site.InDbAsync(db => db.Outbox.OrderBy(m => m.QueuedOn).ThenBy(m => m.Id).Select(m => m.State).ToListAsync());

    /// <summary>As a node of its own with that service.</summary>
    private static Task<int> SendAsync(TestSite site, MessageCarrier carrier) => site.InScopeAsync(async services =>
    {
        using var carriers = new MessageCarriers([carrier]);
        return await new SendMessages(services.GetRequiredService<WaymarkDb>(), site.Time, carriers).RunAsync();
    });

    private sealed class RecordingCarrier : MessageCarrier
    {
        public List<string> Sent { get; } = [];
        public Func<OutboxMessage, CarryResult> OnSend { get; set; } = _ => new CarryResult(Carried.Sent);
        public bool Asks { get; init; }
        public IReadOnlyList<string> Had { get; set; } = [];

        public override string Name => "Test";
        public override bool CanAsk => Asks;

        public override bool Carries(MessageChannel channel) => true;

        public override Task<CarryResult> SendAsync(OutboxMessage message, CancellationToken cancellation)
        {
            Sent.Add(message.MessageId);
            return Task.FromResult(OnSend(message));
        }

        public override Task<bool?> WasTakenAsync(OutboxMessage message, CancellationToken cancellation) => Task.FromResult<bool?>(Had.Contains(message.MessageId));
    }
}

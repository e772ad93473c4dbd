using Shouldly;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Policy;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Enquiries;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Safeguarding;

/// <summary>Worked answers, done by hand on a calendar, for every clock of safeguarding by Waymark's default policy.</summary>
public sealed class ConcernClockTests
{
    /// <summary>Received; screened within two hours, day and night (K-02); triaged within two working days of receipt, not of the screen (K-03).</summary>
    [Theory]
    // Sunday before the summer bank holiday, late: Monday is closed, Tuesday is day 1, Wednesday day 2.
    [InlineData("2024-08-25 22:10", "2024-08-26 00:10", "2024-08-28")]
    // A minute to midnight on an ordinary Tuesday: still Tuesday's.
    [InlineData("2024-07-30 23:59", "2024-07-31 01:59", "2024-08-01")]
    // A minute later it is Wednesday's.
    [InlineData("2024-07-31 00:00", "2024-07-31 02:00", "2024-08-02")]
    // The night the clocks go forward (1:00 GMT is 2:00 BST): two hours from 0:30 end at 3:30.
    [InlineData("2024-03-31 00:30", "2024-03-31 03:30", "2024-04-03")]
    // The night they go back (2:00 BST is 1:00 GMT): two hours from 0:30 end at 1:30, the second one.
    [InlineData("2024-10-27 00:30", "2024-10-27 01:30 GMT", "2024-10-29")]
    // Easter Sunday: Monday is a bank holiday.
    [InlineData("2024-03-31 14:00", "2024-03-31 16:00", "2024-04-03")]
    // 25 December on a Sunday (2022): Monday is Boxing Day, Tuesday the substitute for Christmas Day.
    [InlineData("2022-12-25 09:00", "2022-12-25 11:00", "2022-12-29")]
    // Received on a bank holiday: the early May one, a Monday.
    [InlineData("2024-05-06 11:00", "2024-05-06 13:00", "2024-05-08")]
    // Maundy Thursday: Good Friday to Easter Monday are closed.
    [InlineData("2024-03-28 16:30", "2024-03-28 18:30", "2024-04-03")]
    public async Task K_02_K_03_ScreenAndTriage_RunFromReceipt(string received, string screenDue, string triageDue)
    {
        await using var site = await TestSite.StartAsync();
        var at = London(received);
        site.Stands(DateOnly.FromDateTime(Wall(received)), TimeOnly.FromDateTime(Wall(received)));
        site.CareClock.Now.ShouldBe(at);

        var concern = await site.ConcernAsync();

        var clocks = await site.ClocksAsync(concern.Id);
        clocks[ConcernPathway.ScreenClock].DueOn.ShouldBe(London(screenDue));
        clocks[ConcernPathway.TriageClock].DueOn.ShouldBe(WorkingCalendar.EndOf(Day(triageDue)));
        clocks[ConcernPathway.TriageClock].DueDate.ShouldBe(Day(triageDue));
        clocks.Values.ShouldAllBe(c => c.StartedOn == at || c.ClockKey == ConcernPathway.RaiseClock);
    }

    /// <summary>K-01 runs from identified to raised: due the same working day, or the next where the day is none.</summary>
    [Theory]
    [InlineData("2024-07-30 09:00", "2024-07-30", "2024-07-30 23:50", true)]
    [InlineData("2024-07-29 17:00", "2024-07-29", "2024-07-30 08:00", false)]
    [InlineData("2024-08-24 10:00", "2024-08-27", "2024-08-27 10:00", true)] // Saturday before the bank holiday: Tuesday
    [InlineData("2022-12-25 10:00", "2022-12-28", "2022-12-28 23:00", true)]
    public async Task K_01_SG_1_Raise_RunsFromIdentifiedToRaised(string identified, string due, string raised, bool isInTime)
    {
        await using var site = await TestSite.StartAsync();
        site.Stands(DateOnly.FromDateTime(Wall(raised)), TimeOnly.FromDateTime(Wall(raised)));

        var concern = await site.ConcernAsync(but: c => c with { IdentifiedOn = London(identified) });

        var clock = (await site.ClocksAsync(concern.Id))[ConcernPathway.RaiseClock];
        (clock.StartedOn, clock.DueDate, clock.StoppedOn).ShouldBe((London(identified), Day(due), London(raised)));
        (clock.StoppedOn <= clock.DueOn).ShouldBe(isInTime);
    }

    /// <summary>K-04 from the decision, K-05 from allocation, K-06 and K-07 over the whole enquiry. On time throughout, an enquiry closes as the six-week mark is reached.</summary>
    [Fact]
    public async Task K_04_K_05_K_06_K_07_Enquiry_EachClockFromItsOwnEvent()
    {
        await using var site = await TestSite.StartAsync();
        var ana = await site.SafeguarderAsync("Ana Lee");
        site.Stands(Day("2024-07-31"), new TimeOnly(10, 0));
        var concern = await site.ConcernAsync(await site.SomeoneAsync());
        site.Stands(Day("2024-08-01"), new TimeOnly(16, 0));

        var enquiry = (await site.DecidedAsync(ana, concern.Id))!;

        var (before, decided) = (await site.ClocksAsync(enquiry.Id), London("2024-08-01 16:00"));
        (await site.ClocksAsync(concern.Id)).Values.ShouldAllBe(c => c.StoppedOn != null);
        (before[EnquiryPathway.AllocateClock].StartedOn, before[EnquiryPathway.AllocateClock].DueDate).ShouldBe((decided, Day("2024-08-15")));
        (before[EnquiryPathway.ClinicClock].StartedOn, before[EnquiryPathway.ClinicClock].DueDate, before[EnquiryPathway.ClinicClock].IsThreshold).ShouldBe((decided, Day("2024-09-12"), true));
        (before[EnquiryPathway.AgedClock].StartedOn, before[EnquiryPathway.AgedClock].DueDate).ShouldBe((decided, Day("2024-10-24")));
        before.ShouldNotContainKey(EnquiryPathway.EnquiryClock);

        // Allocated on the last day: twenty working days over the bank holiday of 26 August.
        site.Stands(Day("2024-08-15"), new TimeOnly(15, 0));
        await site.AllocatedAsync(enquiry.Id, Given.IdOf(ana));

        var after = await site.ClocksAsync(enquiry.Id);
        (after[EnquiryPathway.AllocateClock].StoppedDate, after[EnquiryPathway.EnquiryClock].StartedOn).ShouldBe((Day("2024-08-15"), London("2024-08-15 15:00")));
        after[EnquiryPathway.EnquiryClock].DueDate.ShouldBe(Day("2024-09-13"));
        after[EnquiryPathway.ClinicClock].StoppedOn.ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task Policy_OfAnotherCouncil_GivesOtherDueDatesWithoutARebuild(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        site.Stands(Day("2024-08-25"), new TimeOnly(22, 10));
        var ours = await site.ConcernAsync();
        await site.DoAsync((LoadPolicy load) => load.RunAsync("""
            {
              "name": "The county next door", "effectiveFrom": "2024-01-01",
              "limits": { "safeguarding.screen": "4 service hours", "safeguarding.triage": "5 working days", "safeguarding.allocate": "1 working days", "safeguarding.clinic": "4 weeks", "safeguarding.raise": null },
              "tables": { "service.hours": { "columns": ["day", "from", "to"], "rows": [ ["Monday", "09:00", "17:00"], ["Tuesday", "09:00", "17:00"], ["Bank holiday", "10:00", "12:00"] ] } }
            }
            """));

        var theirs = await site.ConcernAsync();

        var clocks = await site.ClocksAsync(theirs.Id);
        // Two hours of the bank holiday, 10:00 to 12:00, and two of Tuesday.
        clocks[ConcernPathway.ScreenClock].DueOn.ShouldBe(London("2024-08-27 11:00"));
        clocks[ConcernPathway.TriageClock].DueDate.ShouldBe(Day("2024-09-02"));
        clocks[ConcernPathway.RaiseClock].DueOn.ShouldBeNull();
        (await site.ClocksAsync(ours.Id))[ConcernPathway.ScreenClock].DueOn.ShouldBe(London("2024-08-26 00:10"));
        var ana = await site.SafeguarderAsync("Ana Lee");
        site.Stands(Day("2024-08-28"), new TimeOnly(9, 0));
        var enquiry = (await site.DecidedAsync(ana, theirs.Id, Given.TriageForm() with { IsOrganisational = true }))!;
        var started = await site.ClocksAsync(enquiry.Id);
        (started[EnquiryPathway.AllocateClock].DueDate, started[EnquiryPathway.ClinicClock].DueDate).ShouldBe((Day("2024-08-29"), Day("2024-09-25")));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime Wall(string text) => DateTime.Parse(text[..16], System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime London(string text) => text.EndsWith("GMT", StringComparison.Ordinal)
        ? DateTime.SpecifyKind(Wall(text), DateTimeKind.Utc)
        : CareClock.FromLondon(DateOnly.FromDateTime(Wall(text)), TimeOnly.FromDateTime(Wall(text)));
}

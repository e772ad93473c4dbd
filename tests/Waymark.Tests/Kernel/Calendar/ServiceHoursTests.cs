using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Policy;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Calendar;

public sealed class ServiceHoursTests
{
    private static readonly ServiceHours Office = new(new[] { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday" }.Select(d => (d, "08:30", "17:00")));

    [Theory]
    [InlineData("2024-07-31 10:00", 2, "2024-07-31 12:00")]
    [InlineData("2024-07-31 16:00", 2, "2024-08-01 09:30")]
    [InlineData("2024-07-31 22:10", 2, "2024-08-01 10:30")]
    [InlineData("2024-08-02 16:30", 1, "2024-08-05 09:00")] // Friday to Monday
    [InlineData("2024-08-25 22:10", 2, "2024-08-27 10:30")] // Sunday before the summer bank holiday
    [InlineData("2024-07-31 10:00", 20, "2024-08-02 13:00")]
    public void Add_CountsOnlyWhileOpen(string from, int hours, string due) => Office.Add(London(from), hours).ShouldBe(London(due));

    [Fact]
    public void Add_OpenAllNight_CountsTheHourOfTheClockChangeAsItIsLived()
    {
        var always = new ServiceHours([("Saturday", "00:00", "24:00"), ("Sunday", "00:00", "24:00")]);

        // 27 October 2024: 2:00 BST becomes 1:00 GMT, so four hours after midnight it is 3:00.
        always.Add(London("2024-10-27 00:00"), 4).ShouldBe(London("2024-10-27 03:00"));
    }

    [Theory]
    [InlineData("""{ "columns": ["day", "from", "to"], "rows": [ ["Mondag", "08:30", "17:00"] ] }""", "Mondag")]
    [InlineData("""{ "columns": ["day", "from", "to"], "rows": [ ["Monday", "8.30", "17:00"] ] }""", "8.30")]
    [InlineData("""{ "columns": ["day", "from", "to"], "rows": [ ["Bank holiday", "08:30", "17:00"] ] }""", "no day of the week")]
    [InlineData("""{ "columns": ["day", "from"], "rows": [] }""", "columns")]
    public async Task Load_PolicyWhoseHoursCannotBeKept_IsRefusedWhole(string table, string says)
    {
        await using var site = await TestSite.StartAsync();
        var refused = await Should.ThrowAsync<RefusedException>(() => site.DoAsync((LoadPolicy load) =>
            load.RunAsync($$"""{ "name": "Ours", "effectiveFrom": "2024-01-01", "tables": { "service.hours": {{table}} } }""")));

        refused.Message.ShouldContain(says);
    }

    private static DateTime London(string text) => CareClock.FromLondon(DateOnly.Parse(text[..10], System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(text[11..], System.Globalization.CultureInfo.InvariantCulture));
}

namespace Waymark.Demo;

/// <summary>How long the assessment list was, from the figures the source document prints; straight lines between.</summary>
internal static class DemoCurve
{
    /// <summary>Inventory AW-1, X-08: 1,789 is the base that "-66.9% since April 2021" implies.</summary>
    private static readonly (DateOnly Day, int Waiting)[] Points =
    [
        (new(2021, 4, 1), 1789),
        (new(2022, 4, 30), 1118),
        (new(2023, 7, 31), 1448),
        (new(2024, 7, 31), 592),
    ];

    /// <summary>People waiting on a day in a county 1:<paramref name="scale"/> of the size.</summary>
    public static int WaitingOn(DateOnly day, int scale)
    {
        var after = Array.FindIndex(Points, p => p.Day >= day);
        var (to, from) = after <= 0 ? (Points[Math.Max(after, 0)], Points[0]) : (Points[after], Points[after - 1]);
        if (to.Day == from.Day)
        {
            return (int)Math.Round(to.Waiting / (double)scale);
        }

        var share = (day.DayNumber - from.Day.DayNumber) / (double)(to.Day.DayNumber - from.Day.DayNumber);
        return (int)Math.Round((from.Waiting + (share * (to.Waiting - from.Waiting))) / scale);
    }
}

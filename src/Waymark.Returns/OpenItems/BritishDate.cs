using System.Globalization;

namespace Waymark.Returns.OpenItems;

/// <summary>Dates as British case systems write them, day first; never month first.</summary>
public static class BritishDate
{
    private static readonly string[] Formats =
        ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "yyyy-M-d", "yyyy/M/d", "d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "d MMM yy", "d-MMM-yy", "d/M/yy"];

    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The day, or null when the text is no date. A time after the date is left out.</summary>
    public static DateOnly? Parse(string text)
    {
        var date = text.Trim();
        var time = date.IndexOfAny(['T', ':']);
        if (time > 0)
        {
            var cut = date.LastIndexOfAny(['T', ' '], time);
            date = cut > 0 ? date[..cut].TrimEnd() : date;
        }

        return DateOnly.TryParseExact(date, Formats, British, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>The day a spreadsheet's serial number means (1990 to 2064), or null.</summary>
    public static DateOnly? FromSpreadsheet(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 32873 and < 60000 ? new DateOnly(1899, 12, 30).AddDays(days) : null;
}

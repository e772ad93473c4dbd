using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Measures;

namespace Waymark.Liberty.Dols;

/// <summary>DL-1 and DL-3: applications received and completed, their rate, and the days they took, defined as AW-3 defines them for assessments.</summary>
public static class DolsMeasures
{
    /// <summary>Adults of the area; loaded as a population estimate.</summary>
    public const string Adults = "adults";

    /// <summary>A row for each application completed, on the day it was; its value is the days since it was received.</summary>
    public static MeasureRows Completed { get; } = new("dols-completed", MeasureKind.Flow, "dols-cases", db =>
        from made in db.Set<DolsCase>().AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on made.EpisodeId equals episode.Id
        where made.CompletedDate != null
        select new MeasureRow
        {
            SubjectId = made.EpisodeId.ToString(),
            EpisodeId = made.EpisodeId,
            PersonId = made.PersonId,
            From = made.CompletedDate!.Value,
            Since = made.ReceivedDate,
            Value = made.CompletedDate!.Value.DayNumber - made.ReceivedDate.DayNumber,
            Hit = made.CompletedDate!.Value.DayNumber - made.ReceivedDate.DayNumber < 21,
            TeamId = episode.TeamId,
            Reason = made.Status == DolsStatus.Granted ? "granted" : made.Status == DolsStatus.NotGranted ? "not-granted" : made.Status == DolsStatus.NoDeprivation ? "no-deprivation" : "withdrawn",
        });

    public static MeasureRows Received { get; } = new("dols-received", MeasureKind.Flow, "dols-cases", db =>
        from made in db.Set<DolsCase>().AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on made.EpisodeId equals episode.Id
        where made.Status != DolsStatus.WrongBody
        select new MeasureRow
        {
            SubjectId = made.EpisodeId.ToString(),
            EpisodeId = made.EpisodeId,
            PersonId = made.PersonId,
            From = made.ReceivedDate,
            TeamId = episode.TeamId,
        });

    /// <summary>Authorisations in force, from their first day to their last or the day they ended.</summary>
    public static MeasureRows Live { get; } = new("dols-live", MeasureKind.Stock, "dols-cases", db =>
        from made in db.Set<DolsCase>().AsNoTracking()
        join episode in db.Episodes.AsNoTracking() on made.EpisodeId equals episode.Id
        where made.AuthorisedFromDate != null
        select new MeasureRow
        {
            SubjectId = made.EpisodeId.ToString(),
            EpisodeId = made.EpisodeId,
            PersonId = made.PersonId,
            From = made.AuthorisedFromDate!.Value,
            To = made.AuthorisationEndedDate ?? made.AuthorisedUntilDate!.Value.AddDays(1),
            Since = made.AuthorisedFromDate,
            TeamId = episode.TeamId,
        });

    public static IReadOnlyList<Measure> All { get; } =
    [
        new()
        {
            Key = "dols-completed",
            Title = "DoLS applications completed",
            Unit = "items",
            Rows = Completed,
            Fold = Fold.Count,
            Definition = "Applications signed (granted or not), or closed without a decision, in the twelve months. Those sent to the wrong supervisory body and duplicates do not count.",
            MoreIsBetter = true,
            Inventory = ["DL-1", "F-46"],
        },
        new()
        {
            Key = "dols-completed-rate",
            Title = "DoLS applications completed per 100,000 adults",
            Unit = "per 100,000 adults",
            Rows = Completed,
            Fold = Fold.RatePer100000,
            Definition = "Applications completed in the twelve months, for every 100,000 adults of the area. The population divided by stands beside it.",
            PopulationKey = Adults,
            Inventory = ["DL-1", "F-46", "F-47"],
        },
        new()
        {
            Key = "dols-received",
            Title = "DoLS applications received",
            Unit = "items",
            Rows = Received,
            Fold = Fold.Count,
            Definition = "Applications received in the twelve months, those sent to the wrong supervisory body left out.",
            Inventory = ["DL-1"],
        },
        new()
        {
            Key = "dols-within-21-days",
            Title = "DoLS applications completed within 21 days",
            Unit = "%",
            Rows = Completed,
            Fold = Fold.Percent,
            Definition = "Of the applications completed in the twelve months, those completed by the 21st day, the day of receipt being day 1.",
            MoreIsBetter = true,
            Inventory = ["K-09"],
        },
        new()
        {
            Key = "dols-live",
            Title = "DoLS authorisations in force",
            Unit = "items",
            Rows = Live,
            Fold = Fold.Count,
            Definition = "Standard authorisations in force on the day.",
            Inventory = ["DL-1"],
        },
        Days("mean", Fold.Mean),
        Days("median", Fold.Median),
        Days("longest", Fold.Longest),
    ];

    private static Measure Days(string word, Fold fold) => new()
    {
        Key = $"dols-days-{word}",
        Title = $"Days from receipt to completed DoLS application, {word}",
        Unit = "days",
        Rows = Completed,
        Fold = fold,
        Definition = $"The {word} of the days from the day the council received the application to the day it was completed, over applications completed in the month; the same definition as for assessments (referral to completion).",
        MoreIsBetter = false,
        Inventory = ["DL-3"],
        PeriodMonths = 1,
    };
}

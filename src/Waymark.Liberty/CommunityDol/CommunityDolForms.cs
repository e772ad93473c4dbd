using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.CommunityDol;

public enum Setting
{
    [Choice("Own home")] OwnHome,
    [Choice("Supported living")] SupportedLiving,
    [Choice("Shared lives")] SharedLives,
    [Choice("Extra care housing")] ExtraCare,
    [Choice("Residential school or college")] School,
}

public enum IdentifyResult
{
    [Choice("It looks like a deprivation of liberty: prepare an application")] Prepare,
    [Choice("No deprivation of liberty")] NotDeprived,
    [Choice("The person has died")] Died,
    [Choice("The person has moved")] Moved,
}

[Form("community-dol-identify", "Is there a deprivation of liberty?")]
public sealed record IdentifyForm : Form
{
    [Question("Where does the person live?", Required = true)] public Setting? Setting { get; init; }
    [Question("What is the State's part in the arrangements?", Hint = "Arranged or paid for by the council or the NHS, or known to them", Required = true, Lines = 2)] public string? StateRole { get; init; }
    [Question("The person's situation: a day and a night as they live it", Required = true, Lines = 4)] public string? Situation { get; init; }
    [Question("Restrictions: type, how long, how applied, to what purpose", Required = true, Lines = 3)] public string? Restrictions { get; init; }
    [Question("Wishes and feelings: what they say and do, content or objecting", Required = true, Lines = 3)] public string? Wishes { get; init; }
    [Question("What do you find?", Hint = "The guidance of the day stands on this page", Required = true)] public IdentifyResult? Result { get; init; }
    [Question("Reasons", Required = true, Lines = 3)] public string? Reasons { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(Result switch { IdentifyResult.Prepare => "prepare", IdentifyResult.NotDeprived => "not-deprived", IdentifyResult.Died => "died", _ => "moved" });
}

public enum ApplicationPart
{
    [Choice("Capacity assessment for care and residence")] Capacity,
    [Choice("Evidence of mental disorder")] MentalDisorder,
    [Choice("Care plan with each restriction")] CarePlan,
    [Choice("Best interests record, the less restrictive ways among it")] BestInterests,
    [Choice("Record of consultation with family and others")] Consultation,
    [Choice("Tenancy: who signed, on what authority")] Tenancy,
    [Choice("Rule 1.2 representative proposed")] Representative,
}

[Form("community-dol-prepare", "Prepare the application (COP DOL11)")]
public sealed record PrepareForm : Form
{
    [Question("Ready", Hint = "All are needed before it goes to legal", Required = true)] public IReadOnlyList<ApplicationPart>? Parts { get; init; }
    [Question("Does the person or anyone close object?", Hint = "If so it does not go the streamlined way", Required = true)] public bool? IsContested { get; init; }
    [Question("Who objects, and to what?", Required = true, Lines = 2, When = nameof(IsContested) + "=Yes")] public string? Objection { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (Parts is not null && Enum.GetValues<ApplicationPart>().Except(Parts).ToList() is { Count: > 0 } missing)
        {
            yield return (nameof(Parts), $"Still to come: {string.Join("; ", missing.Select(m => Kernel.Ui.Choices.Text(m)))}. Save what you have and complete it when they are here");
        }
    }

    public override Decision Decide(Facts facts) => Decision.Take("to-legal");
}

[Form("community-dol-lodge", "Lodge with the Court of Protection")]
public sealed record LodgeForm : Form
{
    [Question("Is it lodged?", Required = true)] public bool? IsLodged { get; init; }
    [Question("On which day?", Required = true, When = nameof(IsLodged) + "=Yes")] public DateOnly? LodgedDate { get; init; }
    [Question("Number of the case at the court", When = nameof(IsLodged) + "=Yes")] public string? CourtNumber { get; init; }
    [Question("Why not?", Required = true, Lines = 2, When = nameof(IsLodged) + "=No")] public string? WhyNot { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(IsLodged == true ? "lodged" : "not-lodged");
}

[Form("community-dol-court", "What the court ordered")]
public sealed record CourtForm : Form
{
    [Question("Is the deprivation of liberty authorised?", Required = true)] public bool? IsAuthorised { get; init; }
    [Question("Date of the order", Required = true)] public DateOnly? OrderDate { get; init; }
    [Question("Last day of the order", Hint = "The court usually orders a year at most", Required = true, When = nameof(IsAuthorised) + "=Yes")] public DateOnly? UntilDate { get; init; }
    [Question("What the order says, its conditions among it", Required = true, Lines = 3)] public string? Terms { get; init; }

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (OrderDate > facts.Today)
        {
            yield return (nameof(OrderDate), "The date of the order is in the future");
        }

        if (UntilDate < OrderDate)
        {
            yield return (nameof(UntilDate), "The last day is before the order");
        }
    }

    public override IEnumerable<(string Key, DateTime On)> PromotedDates(Facts facts) => UntilDate is { } until ? [(CommunityDolPathway.OrderEnds, CareClock.FromLondon(until, TimeOnly.MinValue))] : [];

    public override Decision Decide(Facts facts) => Decision.Take(IsAuthorised == true ? "ordered" : "refused");
}

public enum OrderReview
{
    [Choice("It is still needed: back to court before it ends")] Renew,
    [Choice("It is not needed any more")] Ended,
    [Choice("The person has died")] Died,
    [Choice("The person has moved")] Moved,
}

[Form("community-dol-review", "Review before the order ends")]
public sealed record OrderReviewForm : Form
{
    [Question("What do you find?", Required = true)] public OrderReview? Result { get; init; }
    [Question("Reasons, under the test of the day", Required = true, Lines = 3)] public string? Reasons { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(Result switch { OrderReview.Renew => "renew", OrderReview.Ended => "order-ended", OrderReview.Died => "died", _ => "moved" });
}

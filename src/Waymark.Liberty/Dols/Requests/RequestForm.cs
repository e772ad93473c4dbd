using System.Globalization;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Forms;
using Waymark.Kernel.People;

namespace Waymark.Liberty.Dols.Requests;

public enum SentBy
{
    [Choice("We are the care home or hospital, and ask online")] Online,
    [Choice("The council enters a form that came by e-mail or post")] OnBehalf,
}

public enum Objection
{
    [Choice("No: they seem content")] Content,
    [Choice("Sometimes unsettled, or asks to leave now and then")] Sometimes,
    [Choice("Yes, by words or acts")] Objects,
    [Choice("We cannot tell")] NotKnown,
}

/// <summary>Someone to ask about the person's wishes and feelings.</summary>
public sealed record PersonToConsult
{
    public string RowId { get; init; } = "";

    [Question("Name", Required = true)] public string? Name { get; init; }
    [Question("Who they are to the person", Required = true)] public string? Relation { get; init; }
    [Question("Telephone or e-mail")] public string? Contact { get; init; }
}

/// <summary>Form 1 (and 2, for a further authorisation) of the ADASS set, in the content that <c>standards.md</c> 4.3 gives.</summary>
[Form(Key, "Request for an authorisation (forms 1 and 2)", Minutes = 30, Permission = LibertyCan.Request, IsOwn = true)]
public sealed record RequestForm : Form
{
    public const string Key = "dols-request";

    [Question("How does this request come?", Required = true)] public SentBy? SentBy { get; init; }
    [Question("On which day did it arrive?", Hint = "The day of arrival is day 1 of the 21 days", Required = true, When = nameof(SentBy) + "=OnBehalf")] public DateOnly? ArrivedDate { get; init; }
    [Question("What do you ask for?", Required = true)] public RequestKind? Kind { get; init; }

    [Question("Given name", Required = true, Section = "The person")] public string? GivenName { get; init; }
    [Question("Family name", Required = true)] public string? FamilyName { get; init; }
    [Question("Date of birth", Required = true)] public DateOnly? BirthDate { get; init; }
    [Question("Sex", Required = true)] public Sex? Sex { get; init; }
    [Question("NHS number")] public string? NhsNumber { get; init; }
    [Question("Usual address, if not here", Lines = 2)] public string? UsualAddress { get; init; }
    [Question("Diagnosis and relevant medical history", Required = true, Lines = 3)] public string? Diagnosis { get; init; }
    [Question("Main disability or need", Required = true)] public DisabilityGroup? Disability { get; init; }
    [Question("How to communicate with the person", Hint = "Language, hearing, sight, what helps", Required = true)] public string? Communication { get; init; }
    [Question("Religion or belief")] public string? Religion { get; init; }
    [Question("Sexual orientation")] public string? Orientation { get; init; }

    [Question("Name of the care home or hospital", Required = true, Section = "Where they are")] public string? Authority { get; init; }
    [Question("What kind of place is it?", Required = true)] public PlaceKind? Place { get; init; }
    [Question("Ward or unit")] public string? WardName { get; init; }
    [Question("Location number of the Care Quality Commission", Hint = "Such as 1-123456789")] public string? CqcLocation { get; init; }
    [Question("Who should we speak to, and how?", Required = true, Lines = 2)] public string? ContactPerson { get; init; }
    [Question("Who pays for the care?", Required = true)] public Funding? Funding { get; init; }
    [Question("Which council pays, or where did they live before?", Hint = "That council is the supervisory body", Required = true)] public string? SupervisoryBody { get; init; }

    [Question("From which day is the authorisation needed?", Required = true, Section = "The care")] public DateOnly? NeededFrom { get; init; }
    [Question("What is the stay for?", Required = true, Lines = 3)] public string? Purpose { get; init; }
    [Question("What care and support do they get in a day and a night?", Required = true, Lines = 4)] public string? Care { get; init; }
    [Question("What is done to restrict them, how often and why?", Hint = "Locked doors, staff always with them, medication, restraint, limits on visits", Required = true, Lines = 4)] public string? Restrictions { get; init; }
    [Question("Do they object to being here or to the care?", Required = true)] public Objection? Objects { get; init; }
    [Question("What do they say or do that shows what they want?", Required = true, Lines = 3)] public string? Wishes { get; init; }

    [Question("Person to consult", Repeats = true, MaxLength = 12, Section = "Others")] public IReadOnlyList<PersonToConsult>? Consult { get; init; }
    [Question("Is there nobody but paid staff to consult?", Hint = "If so the council instructs an independent mental capacity advocate (section 39A)", Required = true)] public bool? HasNobody { get; init; }
    [Question("Lasting power of attorney, deputy or advance decision", Hint = "Who and for what; “none known”", Required = true, Lines = 2)] public string? Attorney { get; init; }

    [Question("On which day was the urgent authorisation given?", Required = true, When = nameof(Kind) + "=Urgent", Section = "Urgent authorisation")] public DateOnly? UrgentDate { get; init; }
    [Question("At what time?", Hint = "Such as 14:30", Required = true, When = nameof(Kind) + "=Urgent")] public string? UrgentTime { get; init; }
    [Question("For how many days?", Hint = "At most 7", Required = true, When = nameof(Kind) + "=Urgent")] public int? UrgentDays { get; init; }
    [Question("Why could it not wait?", Required = true, Lines = 3, When = nameof(Kind) + "=Urgent")] public string? UrgentReason { get; init; }

    [Question("Name and position of whoever signs for the care home or hospital", Required = true, Section = "Signature")] public string? Signature { get; init; }

    public DateTime? UrgentGivenOn => UrgentDate is { } day && Time is { } time ? CareClock.FromLondon(day, time) : null;

    private TimeOnly? Time => TimeOnly.TryParseExact(UrgentTime?.Trim(), ["HH:mm", "H:mm", "HH.mm", "H.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (BirthDate > facts.Today)
        {
            yield return (nameof(BirthDate), "The date of birth is in the future");
        }

        if (ArrivedDate > facts.Today)
        {
            yield return (nameof(ArrivedDate), "The day it arrived is in the future");
        }

        if (NeededFrom > facts.Today.AddDays(28))
        {
            yield return (nameof(NeededFrom), "A request can be made at most 28 days before the authorisation is needed. Ask nearer the time");
        }

        if (NhsNumber is not null && !Waymark.Kernel.People.NhsNumber.TryParse(NhsNumber, out _, out _))
        {
            yield return (nameof(NhsNumber), "That is not an NHS number: it has ten digits and a check digit. Leave it empty if you are not sure");
        }

        foreach (var problem in CheckUrgent(facts))
        {
            yield return problem;
        }
    }

    private IEnumerable<(string Question, string Message)> CheckUrgent(Facts facts)
    {
        if (UrgentTime is not null && Time is null)
        {
            yield return (nameof(UrgentTime), "Give the time as hours and minutes, such as 14:30");
        }
        else if (UrgentGivenOn > facts.Now)
        {
            yield return (nameof(UrgentDate), "The urgent authorisation cannot have been given later than now");
        }

        if (UrgentDays is < 1 or > 7)
        {
            yield return (nameof(UrgentDays), "An urgent authorisation is for 1 to 7 days. The supervisory body may extend it once");
        }
    }
}

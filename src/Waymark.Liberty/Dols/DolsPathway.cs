using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Liberty.Dols.Assessments;
using Waymark.Liberty.Dols.Signing;
using Waymark.Liberty.Dols.Requests;

namespace Waymark.Liberty.Dols;

/// <summary>
/// A request for a standard authorisation (Mental Capacity Act 2005, Schedule A1), from receipt to the end of the authorisation. Standard and urgent clocks run side
/// by side from different events; the six assessments are parallel tasks; whoever signs did none of them.
/// </summary>
public sealed class DolsPathway : Pathway
{
    public const string PathwayKey = "dols";
    public const string Check = "check";
    public const string Allocate = "allocate";
    public const string Assess = "assess";
    public const string Sign = "sign";
    public const string Live = "live";

    public const string WrongBody = "wrong-body";
    public const string AllMet = "all-met";
    public const string NotMet = "not-met";
    public const string NoDeprivation = "no-deprivation";
    public const string Granted = "granted";
    public const string NotGranted = "not-granted";

    /// <summary>The date, promoted from the request, from which the urgent clock runs.</summary>
    public const string UrgentGiven = "urgent-given";

    public const string StandardClock = "dols-standard";
    public const string UrgentClock = "dols-urgent";

    /// <summary>Policy numbers: 1 where the day itself is day 1. To be checked by the council before it relies on them.</summary>
    public const string ReceiptIsDayOne = "dols.receipt-is-day-one";
    public const string GivingIsDayOne = "dols.urgent-giving-is-day-one";

    public static readonly Duty Duty = new("dols", "Deprivation of liberty safeguards");

    /// <summary>Stages of an application that is not decided.</summary>
    public static readonly string[] OpenStages = [Check, Allocate, Assess, Sign];

    public DolsPathway()
        : base(PathwayKey, "Deprivation of liberty request", "DOL")
    {
        Permission = LibertyCan.View;

        Stage(Check, "Receipt and check", Duty)
            .CompletedBy(LibertyCan.Work)
            .Asks<DolsCheckForm>()
            .Exits([To("accepted", "Accepted: it waits for assessors", Allocate), Close(WrongBody, "Sent to the wrong supervisory body", "wrong-supervisory-body"), .. Closures()]);

        Stage(Allocate, "Waiting for assessors", Duty)
            .CompletedBy(LibertyCan.Work)
            .MayGoBackTo(Check)
            .Exits([To("appointed", "Assessors appointed", Assess), .. Closures()]);

        var assess = Stage(Assess, "Six assessments", Duty)
            .CompletedBy(LibertyCan.Work)
            .Asks<DolsOutcomeForm>()
            .MayGoBackTo(Allocate)
            .Exits(
            [
                To(AllMet, "All six requirements are met", Sign),
                To(NotMet, "A requirement is not met", Sign).DespiteTasks(),
                To(NoDeprivation, "No deprivation of liberty (form 3A)", Sign).DespiteTasks(),
                .. Closures(),
            ]);
        foreach (var kind in AssessmentKind.All)
        {
            kind.AddTo(assess);
        }

        var sign = Stage(Sign, "With the signatory", Duty)
            .CompletedBy(LibertyCan.Sign)
            .NotBy(Assess)
            .Asks<DolsDecisionForm>()
            .MayGoBackTo(Assess)
            .Exits(
            [
                To(Granted, "Granted", Live),
                Close(NotGranted, "Not granted", "not-granted"),
                Close(NoDeprivation, "Not granted: no deprivation of liberty", "no-deprivation"),
                .. Closures(),
            ]);

        Stage(Live, "Authorisation in force", Duty)
            .CompletedBy(LibertyCan.Work)
            .Asks<DolsEndForm>()
            .Exits(Close("ended", "The authorisation has ended", "authorisation-ended"), Close(Closed.Died, "The person has died", Departures.Died), Close(Closed.Moved, "The person has moved", Departures.Moved));

        // Regulation 13 of SI 2008/1858; Schedule A1, paragraph 78.
        Clock(StandardClock, "Standard authorisation").From(Received).Until(sign.Left)
            .Within(ClockLimit.Statutory(21, ClockUnit.CalendarDays, "SI 2008/1858, regulation 13", ReceiptIsDayOne));
        Clock(UrgentClock, "Urgent authorisation").From(ClockEvent.Date(UrgentGiven)).Until(sign.Left)
            .Within(ClockLimit.Statutory(7, ClockUnit.CalendarDays, "Mental Capacity Act 2005, Schedule A1, paragraph 78", GivingIsDayOne));
    }

    /// <summary>Ways out of an open application that come from outside, whatever tasks are open.</summary>
    private static Exit[] Closures() =>
    [
        Close(Closed.Died, "The person has died", Departures.Died).DespiteTasks(),
        Close(Closed.Moved, "Discharged or moved", Departures.Moved).DespiteTasks(),
        Close(Closed.Withdrawn, "Withdrawn or no longer needed", Departures.Declined).DespiteTasks(),
        Close(Closed.Duplicate, "Already in hand", Departures.Duplicate).DespiteTasks(),
    ];

    public static class Closed
    {
        public const string Died = "died";
        public const string Moved = "moved";
        public const string Withdrawn = "withdrawn";
        public const string Duplicate = "duplicate";
    }
}

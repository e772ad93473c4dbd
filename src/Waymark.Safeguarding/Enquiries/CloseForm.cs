using Waymark.Kernel.Forms;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>Closes an enquiry: the adult's outcomes asked once more, and what those who raised it were told.</summary>
[Form(Key, "Close", Permission = SafeguardingCan.Enquire)]
public sealed record CloseForm : Form
{
    public const string Key = "safeguarding-close";

    [Question("Was the adult, or who speaks for them, asked what they wanted to happen?", Hint = "At the end, once more", Required = true)] public OutcomesAsked? OutcomesAsked { get; init; }
    [Question("What did they want?", Hint = "In their own words", Required = true, When = "OutcomesAsked=Expressed", Lines = 3)] public string? DesiredOutcomes { get; init; }
    [Question("Was it achieved?", Hint = "By their own account", Required = true, When = "OutcomesAsked=Expressed")] public OutcomesAchieved? Achieved { get; init; }
    [Question("Why were they not asked?", Required = true, When = "OutcomesAsked=NotAsked", Lines = 2)] public string? WhyNotAsked { get; init; }
    [Question("How does the adult feel about how it was done?", Lines = 3)] public string? Experience { get; init; }
    [Question("Did an advocate, family member or friend support them?", Required = true)] public SupportedBy? SupportedBy { get; init; }
    [Question("What was the referrer told?", Hint = "More than that it is done only with the adult's consent, or in their best interests", Required = true)] public ReferrerFeedback? Feedback { get; init; }
    [Question("On what day?", Required = true, When = "Feedback=Told|ToldMore")] public DateOnly? FeedbackDate { get; init; }
    [Question("Why not?", Required = true, When = "Feedback=NotTold")] public string? NoFeedbackReason { get; init; }
    [Question("What was learned?", Lines = 3)] public string? Learning { get; init; }

    public override Decision Decide(Facts facts) => Decision.Take(EnquiryPathway.Concluded);
}

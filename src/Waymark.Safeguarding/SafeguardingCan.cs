namespace Waymark.Safeguarding;

/// <summary>What may be done with safeguarding work, beside the kernel's own permissions. Whoever may do it still sees only what their team, their own work or their role shows.</summary>
public static class SafeguardingCan
{
    /// <summary>Every concern and enquiry, whoever has it. Others see their team's and their own, and a stub of the rest.</summary>
    public const string View = "safeguarding.view";
    public const string Raise = "safeguarding.raise";
    public const string Screen = "safeguarding.screen";
    public const string Triage = "safeguarding.triage";
    public const string Enquire = "safeguarding.enquire";

    /// <summary>Approves an enquiry; never one's own.</summary>
    public const string Approve = "safeguarding.approve";
}

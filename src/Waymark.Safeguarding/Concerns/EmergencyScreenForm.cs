using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Concerns;

/// <summary>SG-2: must something be done at once? Nothing else is decided here.</summary>
[Form(Key, "Emergency screen", Permission = SafeguardingCan.Screen)]
public sealed record EmergencyScreenForm : Form
{
    public const string Key = "safeguarding-screen";

    [Question("Is emergency action needed to protect the adult or anyone else?", Required = true)] public bool? NeedsEmergencyAction { get; init; }
    [Question("What was done?", Hint = "All that apply", Required = true, When = "NeedsEmergencyAction=Yes")] public IReadOnlyList<EmergencyStep>? Steps { get; init; }
    [Question("By whom, and when", Required = true, When = "NeedsEmergencyAction=Yes", Lines = 3)] public string? Action { get; init; }
    [Question("Why not?", Hint = "In a line", Required = true, When = "NeedsEmergencyAction=No", Lines = 2)] public string? WhyNot { get; init; }
    [Question("Is the adult safe for now?", Required = true)] public YesNoUnknown? SafeForNow { get; init; }

    public override Decision Decide(Facts facts) => NeedsEmergencyAction is null ? Decision.Stay : Decision.Take("screened");
}

public enum EmergencyStep
{
    [Choice("999 called")] Emergency,
    [Choice("Police told")] Police,
    [Choice("Welfare check asked for")] WelfareCheck,
    [Choice("Care or a place to stay arranged at once")] Care,
    [Choice("The source of risk kept away")] SourceKeptAway,
    [Choice("Children's services told")] Children,
    [Choice("Something else")] Other,
}

using Waymark.Kernel.Forms;

namespace Waymark.Safeguarding.Enquiries;

/// <summary>One conversation of the enquiry.</summary>
public sealed record Conversation
{
    public string RowId { get; init; } = "";

    [Question("With whom", Required = true)] public string? With { get; init; }
    [Question("On what day", Required = true)] public DateOnly? Date { get; init; }
    [Question("Was the adult alone, and safe to speak?")] public YesNoUnknown? WasSafe { get; init; }
    [Question("What they said", Hint = "Their own words where they matter", Required = true, Lines = 4)] public string? Said { get; init; }
}

/// <summary>The conversations of an enquiry, the adult's first.</summary>
[Form(Key, "Conversation record", Permission = SafeguardingCan.Enquire)]
public sealed record ConversationForm : Form
{
    public const string Key = "safeguarding-conversation";

    [Question("Was the adult spoken with?", Required = true)] public bool? SpokeWithAdult { get; init; }
    [Question("Why not?", Required = true, When = "SpokeWithAdult=No", Lines = 2)] public string? WhyNot { get; init; }
    [Question("Conversation", Repeats = true, MaxLength = 40)] public IReadOnlyList<Conversation>? Conversations { get; init; }

    public override Decision Decide(Facts facts) => Decision.Stay;

    public override IEnumerable<(string Question, string Message)> Check(Facts facts)
    {
        if (SpokeWithAdult == true && Conversations is null)
        {
            yield return (nameof(Conversations), "Add the conversation with the adult");
        }
    }
}

namespace Waymark.Liberty.Dols;

/// <summary>
/// What a deprivation of liberty is, as the highest court had it on a day. Guidance with a date, for the assessor who decides; never a list of ticks (practice: liberty
/// since 2 June 2026). A decision keeps the key of the test that held.
/// </summary>
public sealed record DeprivationTest
{
    public required string Key { get; init; }
    public required DateOnly From { get; init; }
    public required string Title { get; init; }
    public required string Source { get; init; }
    public required IReadOnlyList<string> Guidance { get; init; }

    /// <summary>A person who lacks capacity may still consent through their wishes and feelings.</summary>
    public bool AllowsConsentByWishes { get; init; }

    /// <summary>The day the law changed: what was open or in force then is looked at again.</summary>
    public static readonly DateOnly Changed = new(2026, 6, 2);

    public static IReadOnlyList<DeprivationTest> All { get; } =
    [
        new()
        {
            Key = "cheshire-west",
            From = DateOnly.MinValue,
            Title = "The acid test",
            Source = "P v Cheshire West and Chester Council [2014] UKSC 19, until 1 June 2026",
            Guidance =
            [
                "A person who lacks capacity to agree to the arrangements is deprived of liberty when they are under continuous supervision and control and are not free to leave.",
                "Whether they are content, whether the arrangements are normal for someone like them, and why they were made do not matter to the question.",
            ],
        },
        new()
        {
            Key = "uksc-2026-16",
            From = Changed,
            Title = "All the circumstances",
            Source = "Reference by the Attorney General for Northern Ireland [2026] UKSC 16, since 2 June 2026",
            AllowsConsentByWishes = true,
            Guidance =
            [
                "There is no acid test. Start from the person's concrete situation and weigh it as a whole: the type of restrictions, how long they last, their effects, the manner in which they are applied, their purpose, and how far the life is one that people live elsewhere.",
                "A person who lacks capacity may still give valid consent through their wishes and feelings. Say what they show, by words or by acts, and whether they are content or object.",
                "That there is no deprivation of liberty is a finding in its own right (form 3A). Say why.",
            ],
        },
    ];

    public static DeprivationTest On(DateOnly day) => All.Last(t => t.From <= day);

    public static DeprivationTest? Find(string? key) => All.FirstOrDefault(t => t.Key == key);
}

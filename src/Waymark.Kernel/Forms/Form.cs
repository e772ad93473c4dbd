using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Forms;

/// <summary>
/// A form is a record whose nullable properties are questions. Idea 3 of the kernel. Supported property types: <c>string?</c>, <c>bool?</c>, <c>int?</c>,
/// <c>long?</c> (pence, with <see cref="QuestionAttribute.Money"/>), <c>DateOnly?</c>, <c>TimeOnly?</c> (London wall time), nullable enums (radios), <c>IReadOnlyList&lt;TEnum&gt;?</c> (checkboxes),
/// <c>IReadOnlyList&lt;TRow&gt;?</c> where TRow is a record of questions and <see cref="QuestionAttribute.Repeats"/> is set.
/// </summary>
public abstract record Form
{
    /// <summary>Pure: what the completed answers lead to. <see cref="Decision.Stay"/> keeps the stage open.</summary>
    public abstract Decision Decide(Facts facts);

    /// <summary>Checks between answers, beyond required and type. Yields (question key, message saying what is wrong and how to mend it).</summary>
    public virtual IEnumerable<(string Question, string Message)> Check(Facts facts) => [];

    /// <summary>Dates that clocks may start or stop from, key to instant.</summary>
    public virtual IEnumerable<(string Key, DateTime On)> PromotedDates(Facts facts) => [];
}

/// <summary>What a form may know beside its answers.</summary>
public sealed record Facts
{
    public required DateOnly Today { get; init; }
    public required DateTime Now { get; init; }
    public Episode? Episode { get; init; }
    public Person? Person { get; init; }
}

/// <summary>The exit a form takes, by key; or none.</summary>
public readonly record struct Decision(string? ExitKey)
{
    public static Decision Stay => default;
    public static Decision Take(string exitKey) => new(exitKey);
}

/// <summary>The title and version of a form. Raise the version when questions change meaning; drafts and revisions carry it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FormAttribute(string key, string title, int version = 1) : Attribute
{
    public string Key { get; } = key;
    public string Title { get; } = title;
    public int Version { get; } = version;

    /// <summary>Minutes of work a person should allow; shown at the top when set.</summary>
    public int Minutes { get; set; }

    /// <summary>Several may be open for one person or episode at a time, and each starts empty: a decision-specific form.</summary>
    public bool Several { get; set; }

    /// <summary>Permission to fill it in. A stage may ask another to complete it.</summary>
    public string Permission { get; set; } = Access.Can.DoWork;

    /// <summary>
    /// While it is being filled in on no episode it is its author's own: several may be open about one person, and nobody else sees them. For what is not to be read before
    /// it stands where its own rules of access hold (a safeguarding concern being taken).
    /// </summary>
    public bool IsOwn { get; set; }
}

/// <summary>A question. Its key is the property name in kebab case.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class QuestionAttribute(string text) : Attribute
{
    public string Text { get; } = text;
    public string? Hint { get; set; }

    /// <summary>Must be answered to complete; a draft may leave it.</summary>
    public bool Required { get; set; }

    /// <summary>Shown and kept only when another answer has a value: <c>nameof(HasNeeds) + "=Yes"</c>; several values with a bar: <c>"HasNeeds=Yes|NotYetKnown"</c>.</summary>
    public string? When { get; set; }

    /// <summary>A heading this question starts.</summary>
    public string? Section { get; set; }
    public bool Repeats { get; set; }
    public bool Money { get; set; }

    /// <summary>Rows of a text box; 0 is a single line.</summary>
    public int Lines { get; set; }
    public int MaxLength { get; set; } = 10_000;

    /// <summary>Its answer names or comes from someone else, such as who raised a concern: withheld in every copy for the person, and marked in a subject-access bundle.</summary>
    public bool ThirdParty { get; set; }

    /// <summary>Key of a fact on the person or episode that pre-fills it, with date and source, confirmed in one click: <c>"person.phone"</c>.</summary>
    public string? Prefill { get; set; }
}

/// <summary>The words of an enum value as an answer.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ChoiceAttribute(string text) : Attribute
{
    public string Text { get; } = text;
    public string? Hint { get; set; }
}

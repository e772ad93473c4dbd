using Shouldly;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Ui;
using Xunit;

namespace Waymark.Tests.Kernel.Forms;

public sealed class FormDefinitionTests
{
    [Fact]
    public void Of_SampleForm_ReadsQuestionsInOrderWithKebabKeys()
    {
        var definition = FormDefinition.Of<SampleForm>();

        definition.Questions.Select(q => q.Key).ShouldBe(["what-matters", "has-needs", "why-not-known", "help", "meals", "visited-date", "savings", "is-helped", "helpers"]);
        definition.Questions.Select(q => q.Kind).ShouldBe(
            [QuestionKind.Text, QuestionKind.Choice, QuestionKind.Text, QuestionKind.Choices, QuestionKind.Number, QuestionKind.Date, QuestionKind.Money, QuestionKind.YesNo, QuestionKind.Rows]);
        definition.Sections.Select(s => s.Title).ShouldBe(["The person", "The visit"]);
        definition.Find("helpers.name")!.Required.ShouldBeTrue();
        definition.Find("nothing").ShouldBeNull();
    }

    [Fact]
    public void Of_EnumWithAndWithoutWords_ChoicesReadAsWords()
    {
        FormDefinition.Of<SampleForm>().Find("has-needs")!.Choices.Select(c => c.Text).ShouldBe(["Yes", "No", "Not yet known"]);
        FormDefinition.Of<SampleForm>().Find("help")!.Choices[1].ShouldBe(new Choice("Meals", "Meals", "Making and eating them"));
    }

    [Theory]
    [InlineData("HasNeeds", "has-needs")]
    [InlineData("NHSNumber", "nhs-number")]
    [InlineData("Section117Aftercare", "section117-aftercare")]
    [InlineData("Why", "why")]
    public void KeyOf_PropertyName_IsWordsWithDashes(string name, string key) => FormDefinition.KeyOf(name).ShouldBe(key);

    [Theory]
    [InlineData(typeof(NoTitle), "NoTitle has no [Form(key, title)]")]
    [InlineData(typeof(NothingAsked), "asks nothing")]
    [InlineData(typeof(NotNullable), "In the form NotNullable, Name must be nullable")]
    [InlineData(typeof(Unsupported), "In the form Unsupported, Amount is Nullable`1 and money")]
    [InlineData(typeof(WhenOnNothing), "Other is not asked before it")]
    [InlineData(typeof(WhenOnNoAnswer), "HasNeeds cannot be 'Perhaps'")]
    [InlineData(typeof(WhenBadlyWritten), "write Question=Value")]
    [InlineData(typeof(Unmarked), "In the form Unmarked, Forgotten is set by nobody")]
    [InlineData(typeof(RowsOfText), "repeats, so it must be an IReadOnlyList of a record")]
    public void Of_FormThatCannotWork_SaysFormAndProperty(Type type, string message) =>
        Should.Throw<InvalidOperationException>(() => FormDefinition.Of(type)).Message.ShouldContain(message);

    private abstract record Faulty : Form
    {
        public override Decision Decide(Facts facts) => Decision.Stay;
    }

    private sealed record NoTitle : Faulty
    {
        [Question("Name")] public string? Name { get; init; }
    }

    [Form("nothing-asked", "Nothing")]
    private sealed record NothingAsked : Faulty;

    [Form("not-nullable", "Not nullable")]
    private sealed record NotNullable : Faulty
    {
        [Question("Name")] public string Name { get; init; } = "";
    }

    [Form("unsupported", "Unsupported")]
    private sealed record Unsupported : Faulty
    {
        [Question("Amount", Money = true)] public int? Amount { get; init; }
    }

    [Form("when-on-nothing", "When on nothing")]
    private sealed record WhenOnNothing : Faulty
    {
        [Question("Name", When = "Other=Yes")] public string? Name { get; init; }
        [Question("Other")] public bool? Other { get; init; }
    }

    [Form("when-on-no-answer", "When on no answer")]
    private sealed record WhenOnNoAnswer : Faulty
    {
        [Question("Needs")] public SampleLimb? HasNeeds { get; init; }
        [Question("Name", When = "HasNeeds=Yes|Perhaps")] public string? Name { get; init; }
    }

    [Form("when-badly-written", "When badly written")]
    private sealed record WhenBadlyWritten : Faulty
    {
        [Question("Needs")] public SampleLimb? HasNeeds { get; init; }
        [Question("Name", When = "HasNeeds")] public string? Name { get; init; }
    }

    [Form("unmarked", "Unmarked")]
    private sealed record Unmarked : Faulty
    {
        [Question("Name")] public string? Name { get; init; }
        public string? Forgotten { get; init; }
    }

    [Form("rows-of-text", "Rows of text")]
    private sealed record RowsOfText : Faulty
    {
        [Question("Names", Repeats = true)] public IReadOnlyList<string>? Names { get; init; }
    }
}

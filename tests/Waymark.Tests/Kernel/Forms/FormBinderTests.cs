using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Waymark.Kernel.Forms;
using Xunit;

namespace Waymark.Tests.Kernel.Forms;

public sealed class FormBinderTests
{
    private static readonly FormDefinition Definition = FormDefinition.Of<SampleForm>();

    [Fact]
    public void Bind_EveryKind_ReadsIntoTheRecord()
    {
        var bound = FormBinder.Bind(Definition, Given(
            ("what-matters", " My dog "), ("has-needs", "Yes"), ("help", "Washing,Meals"), ("meals", "1,400"), ("visited-date", "31/7/2024"), ("savings", "£1,234.50"), ("is-helped", "yes")));

        bound.Errors.ShouldBeEmpty();
        bound.Form.ShouldBeOfType<SampleForm>().ShouldSatisfyAllConditions(
            f => f.WhatMatters.ShouldBe("My dog"),
            f => f.HasNeeds.ShouldBe(SampleLimb.Yes),
            f => f.Help.ShouldBe([SampleHelp.Washing, SampleHelp.Meals]),
            f => f.Meals.ShouldBe(1400),
            f => f.VisitedDate.ShouldBe(new DateOnly(2024, 7, 31)),
            f => f.Savings.ShouldBe(123450),
            f => f.IsHelped.ShouldBe(true));
    }

    [Fact]
    public void Bind_ConditionNoLongerMet_LeavesTheHiddenAnswerAndWhatHangsOnItOut()
    {
        var bound = FormBinder.Bind(Definition, Given(("what-matters", "My dog"), ("has-needs", "No"), ("help", "Meals"), ("meals", "many"), ("why-not-known", "Asked twice")));

        bound.Errors.ShouldBeEmpty();
        var form = bound.Form.ShouldBeOfType<SampleForm>();
        (form.Help, form.Meals, form.WhyNotKnown).ShouldBe((null, null, null));
        bound.Asked.ShouldNotContain(new AnswerAddress("meals"));
    }

    [Fact]
    public void Bind_NothingAnswered_SaysEachRequiredQuestionThatIsAsked() =>
        FormBinder.Bind(Definition, new Answers()).Errors.ShouldBe(
        [
            new("what-matters", "Answer “What matters to the person?”"),
            new("has-needs", "Answer “Are there needs for care and support?”"),
        ]);

    [Theory]
    [InlineData("visited-date", "31//2024", "“When was the visit?”: the date needs a month, for example 31 7 2024")]
    [InlineData("visited-date", "//2024", "“When was the visit?”: the date needs a day and a month, for example 31 7 2024")]
    [InlineData("visited-date", "30/2/2024", "“When was the visit?”: there is no 30/2/2024 in the calendar; check the day and the month")]
    [InlineData("visited-date", "31/7/24", "“When was the visit?”: the year needs four numbers, for example 2024")]
    [InlineData("visited-date", "x/7/2024", "“When was the visit?”: “x/7/2024” is not a date; write day, month and year as numbers, for example 31 7 2024")]
    [InlineData("savings", "about 20", "“Savings”: “about 20” is not an amount; write pounds, with or without pence, for example 1234 or 1234.50")]
    [InlineData("savings", "1.234", "“Savings”: “1.234” is not an amount; write pounds, with or without pence, for example 1234 or 1234.50")]
    [InlineData("savings", "99999999999999999999", "“Savings”: the amount is larger than any this can hold; check it")]
    [InlineData("has-needs", "Perhaps", "“Are there needs for care and support?”: “Perhaps” is not one of the answers; choose again")]
    [InlineData("is-helped", "true", "“Is someone helping now?”: “true” is not one of the answers; choose again")]
    public void Bind_AnswerThatCannotBeRead_SaysWhatWhereAndHowToMendIt(string question, string text, string message)
    {
        var answers = Given(("what-matters", "My dog"), ("has-needs", "Yes"));
        answers[question] = text;

        FormBinder.Bind(Definition, answers).Errors.ShouldBe([new FormError(question, message)]);
    }

    [Fact]
    public void Bind_TextOverTheMost_SaysHowLongItIs()
    {
        var bound = FormBinder.Bind(Definition, Given(("what-matters", new string('a', 2001)), ("has-needs", "No")));

        bound.Errors.ShouldHaveSingleItem().Message.ShouldBe("“What matters to the person?”: it is 2,001 characters long and the most is 2,000; shorten it");
    }

    [Fact]
    public void Bind_Rows_KeepTheirIdsDropTheEmptyAndTheRemovedAndNameTheirErrors()
    {
        var answers = Given(("what-matters", "My dog"), ("has-needs", "No"), ("is-helped", "Yes"));
        foreach (var (id, state) in new[] { ("r3", Answers.RowStands), ("r1", Answers.RowStands), ("r2", Answers.RowTakenAway), ("r4", Answers.RowStands) })
        {
            answers["helpers", id] = state;
        }

        answers["helpers.name", "r1"] = "Ana";
        answers["helpers.name", "r2"] = "Gone";
        answers["helpers.lives-in", "r3"] = "Yes";
        answers["helpers.since", "r3"] = "1/13/2020";

        var bound = FormBinder.Bind(Definition, answers);

        bound.Form.ShouldBeOfType<SampleForm>().Helpers!.Select(h => (h.RowId, h.Name)).ShouldBe([("r1", "Ana"), ("r3", null)]);
        bound.Errors.Select(e => e.Field).ShouldBe(["helpers.name[r3]", "helpers.since[r3]"]);
        bound.Errors[0].Message.ShouldBe("Helper, 2: Answer “Name”");
    }

    [Fact]
    public void Bind_MoreRowsThanTheMost_SaysHowManyToTakeAway()
    {
        var answers = Given(("what-matters", "My dog"), ("has-needs", "No"), ("is-helped", "Yes"));
        for (var i = 0; i < 5; i++)
        {
            answers["helpers", $"r{i}"] = Answers.RowStands;
            answers["helpers.name", $"r{i}"] = "Ana";
        }

        FormBinder.Bind(Definition, answers).Errors.ShouldHaveSingleItem().Message.ShouldBe("“Helper”: there are 5 and there can be 3; take 2 away");
    }

    [Fact]
    public void BindUnbind_AnyForm_ComesBackTheSame() => Check.One(
        Quiet,
        Prop.ForAll(Forms().ToArbitrary(), form =>
        {
            var bound = FormBinder.Bind(Definition, FormBinder.Unbind(form));
            return bound.Errors.Count == 0 && Json(bound.Form) == Json(form);
        }));

    [Fact]
    public void JoinSplitDate_AnyThreeBoxes_ComeBackAsTyped() => Check.One(
        Quiet,
        Prop.ForAll(Box().Three().ToArbitrary(), boxes =>
        {
            var (day, month, year) = boxes;
            var text = AnswerText.JoinDate(day, month, year);
            return text.Length == 0 ? (day + month + year).Length == 0 : AnswerText.SplitDate(text) == (day, month, year);
        }));

    [Fact]
    public void ReadMoney_AnyPence_ComesBackFromItsText() => Check.One(
        Quiet,
        Prop.ForAll(Gen.Choose(-1_000_000_000, 1_000_000_000).ToArbitrary(), pence => AnswerText.ReadMoney(AnswerText.WriteMoney(pence), out _) == pence));

    [Theory]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    [InlineData("a\0b", "ab")]
    [InlineData("whole \ud83d\ude00 face, שלום", "whole \ud83d\ude00 face, שלום")]
    public void Clean_WhatADatabaseCannotHold_IsMended(string typed, string stored) => AnswerText.Clean(typed).ShouldBe(stored);

    [Fact]
    public void Clean_HalfASurrogatePair_IsReplaced() => AnswerText.Clean("half " + '\ud83d' + " of a face").ShouldBe("half \ufffd of a face");

    [Theory]
    [InlineData("help", "Washing,Meals", "Washing and dressing; Meals")]
    [InlineData("help", "Washing,Gone", "Washing and dressing; Gone")]
    [InlineData("visited-date", "1/Aug/2024", "1 August 2024")]
    [InlineData("visited-date", "31//2024", "31//2024")]
    [InlineData("savings", "1234.5", "£1,234.50")]
    public void Show_Answer_ReadsAsAPersonWouldWriteIt(string question, string text, string shown) => FormBinder.Show(Definition.Find(question)!, text).ShouldBe(shown);

    private static Answers Given(params (string Question, string Text)[] given)
    {
        var answers = new Answers();
        foreach (var (question, text) in given)
        {
            answers[question] = text;
        }

        return answers;
    }

    private static Config Quiet => Config.QuickThrowOnFailure.WithQuietOnSuccess(true);

    private static string Json(Form form) => JsonSerializer.Serialize<object>(form);

    private static Gen<string> Box() => Gen.Elements("", "1", "31", "x", "July", "2024");

    private static Gen<string> Words() => ArbMap.Default.GeneratorFor<NonEmptyString>().Select(s => AnswerText.Clean(s.Get).Trim()).Where(s => s.Length is > 0 and < 500);

    private static Gen<DateOnly> Dates() => Gen.Choose(1, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber);

    private static Gen<SampleHelper> Helpers() =>
        from name in Words()
        from livesIn in Gen.Elements<bool?>(null, true, false)
        from since in Dates()
        select new SampleHelper { Name = name, LivesIn = livesIn, Since = livesIn == true ? since : null };

    private static Gen<SampleForm> Forms() =>
        from words in Words()
        from needs in Gen.Elements(SampleLimb.Yes, SampleLimb.No, SampleLimb.NotYetKnown)
        from why in Words()
        from help in Gen.SubListOf(new[] { SampleHelp.Washing, SampleHelp.Meals, SampleHelp.Shopping })
        from meals in ArbMap.Default.GeneratorFor<int>()
        from visited in Dates()
        from savings in Gen.Choose(0, int.MaxValue)
        from helped in Gen.Elements<bool?>(null, true, false)
        from helpers in Helpers().ListOf(2)
        select new SampleForm
        {
            WhatMatters = words,
            HasNeeds = needs,
            WhyNotKnown = needs == SampleLimb.NotYetKnown ? why : null,
            Help = needs != SampleLimb.No && help.Count > 0 ? [.. help] : null,
            Meals = needs != SampleLimb.No && help.Contains(SampleHelp.Meals) ? meals : null,
            VisitedDate = visited,
            Savings = savings,
            IsHelped = helped,
            Helpers = helped == true ? [.. helpers.Select((h, i) => h with { RowId = $"r{i + 1:0000}" })] : null,
        };
}

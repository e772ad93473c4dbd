using Shouldly;
using Waymark.Kernel.Forms;
using Xunit;

namespace Waymark.Tests.Kernel.Forms;

/// <summary>Times of day as people type them.</summary>
public sealed class AnswerTimeTests
{
    [Theory]
    [InlineData("22:10", "22:10")]
    [InlineData("22.10", "22:10")]
    [InlineData("2210", "22:10")]
    [InlineData("9:05", "09:05")]
    [InlineData("9:05 pm", "21:05")]
    [InlineData("9PM", "21:00")]
    [InlineData("12am", "00:00")]
    [InlineData("12:30pm", "12:30")]
    [InlineData("00:00", "00:00")]
    public void ReadTime_AsTyped(string typed, string time)
    {
        AnswerText.WriteTime(AnswerText.ReadTime(typed, out var problem)!.Value).ShouldBe(time);
        problem.ShouldBeNull();
    }

    [Theory]
    [InlineData("25:00")]
    [InlineData("10:60")]
    [InlineData("13pm")]
    [InlineData("0am")]
    [InlineData("9")]
    [InlineData("about noon")]
    [InlineData("10:30:15")]
    public void ReadTime_ThatIsNone_SaysHowToWriteIt(string typed)
    {
        AnswerText.ReadTime(typed, out var problem).ShouldBeNull();
        problem!.ShouldContain("24-hour clock");
    }

    [Fact]
    public void Form_WithATime_BindsItAndShowsItAsRead()
    {
        var definition = FormDefinition.Of<Waymark.Safeguarding.Concerns.ConcernForm>();
        var answers = new Answers { ["identified-time"] = "8.05 pm" };

        ((Waymark.Safeguarding.Concerns.ConcernForm)FormBinder.Bind(definition, answers).Form).IdentifiedTime.ShouldBe(new TimeOnly(20, 5));
        FormBinder.Show(definition.Find("identified-time")!, "8.05 pm").ShouldBe("20:05");
    }
}

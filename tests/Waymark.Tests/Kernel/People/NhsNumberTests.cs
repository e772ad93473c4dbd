using Shouldly;
using Waymark.Kernel.People;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class NhsNumberTests
{
    [Theory]
    [InlineData("943 476 5919")]
    [InlineData("943-476-5919")]
    [InlineData("  9434765919 ")]
    public void TryParse_AsPeopleWriteIt_IsRead(string typed)
    {
        NhsNumber.TryParse(typed, out var number, out var problem).ShouldBeTrue();
        number.ShouldBe("9434765919");
        problem.ShouldBeNull();
    }

    [Theory]
    [InlineData("943 476 5918", "check each number")]
    [InlineData("943 476 591", "this has 9")]
    [InlineData("94347659199", "this has 11")]
    [InlineData("9434765O19", "10 numbers")]
    [InlineData("", "10 numbers")]
    [InlineData(null, "10 numbers")]
    public void TryParse_Wrong_SaysWhatIsWrong(string? typed, string says)
    {
        NhsNumber.TryParse(typed, out var number, out var problem).ShouldBeFalse();
        number.ShouldBeEmpty();
        problem.ShouldNotBeNull().ShouldContain(says, Case.Insensitive);
    }

    [Fact]
    public void TryParse_TwoDigitsSwapped_IsCaught()
    {
        NhsNumber.TryParse("934 476 5919", out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void ForTest_IsAlwaysValidAndInTheTestRange()
    {
        var numbers = Enumerable.Range(0, 1000).Select(NhsNumber.ForTest).Where(n => n is not null).ToList();

        numbers.Count.ShouldBeInRange(880, 930);
        numbers.ShouldAllBe(n => n!.StartsWith("999", StringComparison.Ordinal) && NhsNumber.HasRightCheckDigit(n));
    }

    [Fact]
    public void Format_GroupsThreeThreeFour() => NhsNumber.Format("9434765919").ShouldBe("943 476 5919");
}

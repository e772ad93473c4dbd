using Shouldly;
using Waymark.Kernel.People;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class NameSoundTests
{
    [Theory]
    [InlineData("smith", "smyth")]
    [InlineData("okafor", "occafour")]
    [InlineData("mohammed", "muhamad")]
    [InlineData("macdonald", "mcdonald")]
    [InlineData("philip", "fillip")]
    [InlineData("catherine", "katharine")]
    [InlineData("knight", "night")]
    [InlineData("wright", "right")]
    [InlineData("sean", "seen")]
    [InlineData("aisha", "ayesha")]
    [InlineData("stephen", "steven")]
    [InlineData("jeffrey", "geoffrey")]
    [InlineData("reece", "rhys")]
    public void Key_SoundAlikes_AreOne(string one, string other) => NameSound.Key(one).ShouldBe(NameSound.Key(other));

    [Theory]
    [InlineData("smith", "jones")]
    [InlineData("okafor", "okonkwo")]
    [InlineData("mary", "martha")]
    [InlineData("lee", "ray")]
    public void Key_OtherNames_AreOther(string one, string other) => NameSound.Key(one).ShouldNotBe(NameSound.Key(other));

    [Theory]
    [InlineData("")]
    [InlineData("محمد")]
    [InlineData("李")]
    public void Key_WithoutLatinLetters_IsEmpty(string word) => NameSound.Key(word).ShouldBeEmpty();

    [Theory]
    [InlineData("Ó Briain-Smith", "o briain smith")]
    [InlineData("Łukasz Żółć", "lukasz zolc")]
    [InlineData("Bjørn Æsir", "bjorn aesir")]
    [InlineData("O'Neill", "oneill")]
    [InlineData("  D’Souza  ", "dsouza")]
    public void Fold_TakesAccentsOff(string name, string folded) => Names.Fold(name).ShouldBe(folded);
}

using Shouldly;
using Waymark.Host.Account;
using Xunit;

namespace Waymark.Tests.Host.Account;

public sealed class TotpTests
{
    /// <summary>RFC 6238, appendix B: the secret "12345678901234567890", the last six of the eight digits it prints.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeAt_TimesOfTheStandard_GivesItsCodes(long seconds, string expected) =>
        Totp.CodeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)).ShouldBe(expected);

    [Theory]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    [InlineData(-60, false)]
    public void StepOf_ClockOffByOneStep_IsStillRight(int seconds, bool right)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var secret = Totp.NewSecret();

        Totp.StepOf(secret, Totp.CodeAt(secret, now.AddSeconds(seconds)), now).HasValue.ShouldBe(right);
    }

    [Fact]
    public void NewSecret_IsThirtyTwoLettersOfBase32_AndNeverTheSame()
    {
        var secrets = Enumerable.Range(0, 50).Select(_ => Totp.NewSecret()).ToList();

        secrets.ShouldAllBe(s => s.Length == 32 && s.All("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".Contains));
        secrets.Distinct().Count().ShouldBe(50);
        secrets.SelectMany(s => s).Distinct().Count().ShouldBe(32);
    }
}

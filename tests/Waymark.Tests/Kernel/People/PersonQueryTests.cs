using Shouldly;
using Waymark.Kernel.People;
using Xunit;

namespace Waymark.Tests.Kernel.People;

public sealed class PersonQueryTests
{
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Theory]
    [InlineData("12/3/1940")]
    [InlineData("12-3-1940")]
    [InlineData("12.03.1940")]
    [InlineData("12 3 1940")]
    [InlineData("12 March 1940")]
    [InlineData("12th mar 1940")]
    [InlineData("1940-03-12")]
    [InlineData("12031940")]
    [InlineData("12/3/40")]
    [InlineData("born 12/3/1940")]
    public void Parse_DateOfBirth_SeveralWays(string typed)
    {
        var query = PersonQuery.Parse($"amal {typed}", Today);

        query.BirthDates.ShouldBe([new DateOnly(1940, 3, 12)]);
        query.Words.ShouldBe(["amal"]);
        query.Problem.ShouldBeNull();
    }

    [Fact]
    public void Parse_TwoDigitYear_MayBeOfEitherCentury() => PersonQuery.Parse("1/2/03", Today).BirthDates.ShouldBe([new DateOnly(1903, 2, 1), new DateOnly(2003, 2, 1)]);

    [Fact]
    public void Parse_NameAndYear()
    {
        var query = PersonQuery.Parse("Okafor 1940", Today);

        query.Words.ShouldBe(["okafor"]);
        query.BirthYear.ShouldBe(1940);
    }

    [Theory]
    [InlineData("31/2/1940", "not a real date")]
    [InlineData("1/1/2030", "still to come")]
    [InlineData("943 476 5918", "NHS number")]
    public void Parse_WhatCannotBe_SaysSo(string typed, string says) => PersonQuery.Parse(typed, Today).Problem.ShouldNotBeNull().ShouldContain(says);

    [Theory]
    [InlineData("943 476 5919")]
    [InlineData("943-476-5919")]
    [InlineData("okafor 9434765919")]
    public void Parse_NhsNumber(string typed) => PersonQuery.Parse(typed, Today).NhsNumber.ShouldBe("9434765919");

    [Theory]
    [InlineData("ox4 1aa", "OX41AA")]
    [InlineData("OX41AA", "OX41AA")]
    [InlineData("okafor ox4", "OX4")]
    public void Parse_Postcode_WholeOrStart(string typed, string key) => PersonQuery.Parse(typed, Today).PostcodeKey.ShouldBe(key);

    [Theory]
    [InlineData("01632 960123")]
    [InlineData("+44 1632 960123")]
    [InlineData("(01632) 960 123")]
    public void Parse_Phone(string typed) => PersonQuery.Parse(typed, Today).PhoneKey.ShouldBe("01632960123");

    [Theory]
    [InlineData("p-000123", "P-000123")]
    [InlineData("SGC-2024-004213", "SGC-2024-004213")]
    [InlineData("ls900123", "LS900123")]
    [InlineData("900123", "900123")]
    public void Parse_Reference(string typed, string number) => PersonQuery.Parse(typed, Today).Numbers.ShouldContain(number);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("%_'\"; DROP TABLE Person--")]
    [InlineData("((((((((((((((((((((((((((((((((((((")]
    [InlineData("\u0000\u0001\uFFFF\uD800")]
    [InlineData("٣٤٥ ١٢/٣/١٩٤٠")]
    [InlineData("///// ---- 1/ /2 1//2//3 +++44 () ( ) 99999999999999999999999999999999")]
    public void Parse_OddCharacters_NeverBreak(string? typed) => Should.NotThrow(() => PersonQuery.Parse(typed, Today));
}

using System.Text;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Pathways;
using Waymark.Returns.OpenItems;
using Xunit;

namespace Waymark.Tests.Returns.OpenItems;

public sealed class OpenItemReaderTests
{
    private const string Header = "kind,reference,person_id,team,worker,referral_received,joined_list,allocated_on,ended_on,end_reason,risk,has_a_plan\n";
    private static readonly DateOnly Today = new(2024, 7, 31);

    [Fact]
    public void Template_IsReadByTheReader()
    {
        var file = Read(OpenItemColumns.Template());

        file.Faults.ShouldBeEmpty();
        file.Warnings.ShouldBeEmpty();
        file.AsAt.ShouldBe(Today);
        file.Kinds.ShouldBe(["assessment"]);
        file.CoverageDeclared.ShouldBeTrue();
        file.Items.Single().JoinedList.ShouldBe(new DateOnly(2024, 5, 7));
    }

    [Theory]
    [InlineData("assessment,R1,1,North,,31/02/2024,,,,,,", "referral_received", "31/02/2024", "not-a-date")]
    [InlineData("assessment,R1,1,North,,,01/08/2024,,,,,", "joined_list", "01/08/2024", "impossible-date")]
    [InlineData("assessment,R1,1,North,,,01/08/0204,,,,,", "joined_list", "01/08/0204", "impossible-date")]
    [InlineData("assessment,R1,,North,,,01/07/2024,,,,,", "person_id", "", "missing")]
    [InlineData("assessment,,1,North,,,01/07/2024,,,,,", "reference", "", "missing")]
    [InlineData("assessment,R1,1,North,,,,,,,,", "joined_list", "", "date-missing")]
    [InlineData("assessment,R1,1,North,,02/07/2024,01/07/2024,,,,,", "joined_list", "01/07/2024", "date-order")]
    [InlineData("assessment,R1,1,North,Jo,,10/07/2024,09/07/2024,,,,", "allocated_on", "09/07/2024", "date-order")]
    [InlineData("assessment,R1,1,North,Jo,,10/07/2024,12/07/2024,11/07/2024,died,,", "ended_on", "11/07/2024", "date-order")]
    [InlineData("assessment,R1,1,North,,,10/07/2024,,,died,,", "ended_on", "", "reason-without-end")]
    public void Read_FaultyRow_NamesLineFieldValueAndRule(string row, string field, string value, string rule)
    {
        var file = Read(Header + row + "\nassessment,R2,2,North,,,01/07/2024,,,,,\n");

        var fault = file.Faults.ShouldHaveSingleItem();
        (fault.Line, fault.Field, fault.Value, fault.Rule).ShouldBe((2, field, value, rule));
        fault.Message.ShouldNotBeEmpty();
        file.Items.ShouldHaveSingleItem().Reference.ShouldBe("R2");
    }

    [Theory]
    [InlineData("75-84", "75 to 84", 0)]
    [InlineData("95+", "95 and above", 0)]
    [InlineData("Unknown", null, 0)]
    [InlineData("elderly", null, 1)]
    public void Read_AgeBand_IsStoredAsTheReturnWordsIt(string text, string? band, int warnings)
    {
        var file = Read($"kind,reference,person_id,joined_list,age_band\nassessment,R1,1,01/07/2024,{text}\n");

        file.Items.ShouldHaveSingleItem().AgeBand.ShouldBe(band);
        file.Warnings.Count(w => w.Rule == "unknown-age-band").ShouldBe(warnings);
    }

    [Fact]
    public void Read_SameReferenceTwice_TakesTheFirst()
    {
        var file = Read(Header + "assessment,R1,1,,,,01/07/2024,,,,,\nassessment,r1,1,,,,02/07/2024,,,,,\n");

        file.Items.ShouldHaveSingleItem().JoinedList.Day.ShouldBe(1);
        file.Faults.ShouldHaveSingleItem().Rule.ShouldBe("duplicate-reference");
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    public void Read_OtherDelimitersHeadersAndFoot(string delimiter)
    {
        var text = "Kind,Reference,Person ID,Team,Joined List,Extra\r\n\r\nOccupational Therapy,R1,7,\"West, North\",2024-07-01 00:00,x\r\nTotal,,,,1,\r\n".Replace("\"West, North\"", "West").Replace(",", delimiter);

        var file = Read("\uFEFF" + text);

        var item = file.Items.ShouldHaveSingleItem();
        (item.Kind.Key, item.PersonId, item.Team).ShouldBe(("ot", "7", "West"));
        file.RowCount.ShouldBe(1);
        file.Warnings.ShouldHaveSingleItem().Field.ShouldBe("extra");
        file.CoverageDeclared.ShouldBeFalse();
        file.Kinds.ShouldBe(["ot"]);
    }

    [Fact]
    public void Read_Windows1252_KeepsAccents()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(1252).GetBytes(Header + "assessment,R1,1,North,Zoë Brontë,,01/07/2024,02/07/2024,,,,\n");

        new OpenItemReader(Today).Read("x.csv", bytes).Items.ShouldHaveSingleItem().Worker.ShouldBe("Zoë Brontë");
    }

    [Theory]
    [InlineData("died", Departures.Died)]
    [InlineData("Assessment completed", Departures.Assessed)]
    [InlineData("", Departures.Vanished)]
    [InlineData("Went to hospice", "went-to-hospice")]
    public void Read_EndReason_IsMappedToDepartures(string text, string departure) =>
        Read(Header + $"assessment,R1,1,North,,,01/07/2024,,20/07/2024,{text},,\n").Items.ShouldHaveSingleItem().EndReason.ShouldBe(departure);

    [Fact]
    public void Read_NoColumns_RefusesWholeAndSaysWhich()
    {
        var refused = Should.Throw<RefusedException>(() => Read("name,address\nA,B\n"));

        refused.Message.ShouldContain("kind");
        refused.Message.ShouldContain("joined_list");
        refused.Message.ShouldContain("--template");
    }

    [Fact]
    public void Read_Binary_Refuses() =>
        Should.Throw<RefusedException>(() => new OpenItemReader(Today).Read("list.xlsx", [0x50, 0x4B, 3, 4, 0, 0])).Message.ShouldContain("not a CSV");

    private static OpenItemFile Read(string text) => new OpenItemReader(Today).Read("x.csv", Encoding.UTF8.GetBytes(text));
}

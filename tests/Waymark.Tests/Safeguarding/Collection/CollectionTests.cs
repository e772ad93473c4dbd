using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;
using Waymark.Safeguarding.Collection;
using Waymark.Safeguarding.Concerns;
using Waymark.Safeguarding.Measures;
using Waymark.Tests.HandMadeCounty;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Safeguarding.Collection;

/// <summary>The national collection over the hand-made county: what is worked out here is beside each table.</summary>
public sealed class CollectionTests
{
    private static readonly CollectionYear Year = new(2023);

    [Theory, BothEngines]
    public async Task SG_6_SAC_SG1_CountsIndividualsAndActivity(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var result = await ReadAsync(site);

        // Concerns: Ada, Ben, Dee, Fay. Section 42 enquiries: Ada, Fay, Hal, Ida. Others: Ben. All born 1 January 1940, so 84 on 31 March 2024; all women, white.
        (result["SG1a"].Cells[2, 0], result["SG1a"].Cells[2, 1], result["SG1a"].Cells[2, 2]).ShouldBe((4, 4, 1));
        (result["SG1b"].Cells[1, 0], result["SG1c"].Cells[0, 1], result["SG1d"].Cells[0, 2]).ShouldBe((4, 4, 1));
        (result["SG1f"].Cells[0, 0], result["SG1f"].Cells[1, 0], result["SG1f"].Cells[2, 0]).ShouldBe((6, 4, 1));
        result["SG1e"].Cells[19, 0].ShouldBe(4, "no health conditions are recorded");
    }

    [Theory, BothEngines]
    public async Task SG_5_SAC_SG2ToSG4_CountEachConcludedEnquiryOnceInACategory(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var result = await ReadAsync(site);

        // Neglect is row 6, physical 0, financial 3. E1 has two types of one source and place: one in each type's row, and one in the source's row of places and outcomes.
        result["SG2a"].Cells[6, 0].ShouldBe(2, "E1 and E3");
        (result["SG2a"].Cells[0, 0], result["SG2a"].Cells[0, 2], result["SG2a"].Cells[3, 1]).ShouldBe((1, 1, 1));
        (result["SG2b"].Cells[4, 0], result["SG2b"].Cells[0, 0], result["SG2b"].Cells[0, 1], result["SG2b"].Cells[1, 2]).ShouldBe((1, 1, 1, 1));
        result["SG2a_b1"].Total(4).ShouldBe(2, "neglect and physical in the home");
        (result["SG2c"].Cells[0, 0], result["SG2c"].Cells[0, 1], result["SG2c"].Cells[0, 2]).ShouldBe((2, 1, 1));

        // Outcomes: remained, reduced, removed. E1 reduced; E3 removed, of two sources; E6 remained.
        (result["SG2e"].Cells[1, 0], result["SG2e"].Cells[2, 0], result["SG2e"].Cells[2, 1], result["SG2e"].Cells[0, 2]).ShouldBe((1, 1, 1, 1));
        Enumerable.Range(0, 5).Select(r => result["SG3a"].Cells[r, 0]).ShouldBe([3, 1, 0, 0, 2]);
        Enumerable.Range(0, 8).Select(r => result["SG4a"].Cells[r, 0]).ShouldBe([3, 1, 0, 0, 0, 1, 1, 1]);
        Enumerable.Range(0, 5).Select(r => result["SG3a"].Cells[r, 1]).ShouldBe([0, 0, 1, 0, 0], "Ben's other enquiry stands apart");
    }

    [Theory, BothEngines]
    public async Task SAC_CrossChecks_HoldButForWhatIsNotRecorded_AndNameIt(Engine engine)
    {
        await using var site = await CountyAsync(engine);

        (await ReadAsync(site)).Checks.Where(c => !c.Holds).Select(c => c.Found).ShouldBe(["2 enquiries without"], "E7's type has no source or place, and E2 has no type");

        await site.InDbAsync(db => db.Set<Waymark.Safeguarding.Enquiries.EnquiryRecord>().Where(e => e.Achieved == Waymark.Safeguarding.OutcomesAchieved.NotAchieved).ExecuteUpdateAsync(s => s.SetProperty(e => e.Achieved, (Waymark.Safeguarding.OutcomesAchieved?)null)));
        (await ReadAsync(site)).Checks.Where(c => !c.Holds).Select(c => c.Found).ShouldBe(["2 and 3", "2 enquiries without"], "what became of Ida's wish is not known");
    }

    [Theory, BothEngines]
    public async Task SAC_EveryCell_OpensAsManyRowsAsItCounts_AndAgreesWithTheMeasures(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var result = await ReadAsync(site);

        await site.InScopeAsync(async s =>
        {
            var rows = s.GetRequiredService<CollectionRows>();
            foreach (var table in result.Tables)
            {
                for (var (r, c) = (0, 0); r < table.Rows.Count; (r, c) = c + 1 < table.Columns.Count ? (r, c + 1) : (r + 1, 0))
                {
                    (await rows.ReadAsync(Year, table.Code, r, c)).Rows.Count.ShouldBe(table.Cells[r, c], $"{table.Code} {table.Rows[r]} {table.Columns[c]}");
                }
            }

            var (measures, engineOf) = (s.GetRequiredService<Catalogue>().Measures, s.GetRequiredService<MeasureEngine>());
            async Task<decimal?> Of(string key) => (await engineOf.ValueAsync(measures[key], Year.Last)).Value;
            (await Of("safeguarding-concerns")).ShouldBe(result["SG1f"].Cells[0, 0]);
            (await Of("safeguarding-section-42-started")).ShouldBe(result["SG1f"].Cells[1, 0]);
            (await Of("safeguarding-other-started")).ShouldBe(result["SG1f"].Cells[2, 0]);
            (await Of("safeguarding-section-42-concluded")).ShouldBe(result["SG3a"].Total(0, 0, 4));
            (await Of("safeguarding-concern-people")).ShouldBe(result["SG1a"].Total(0));
        });
    }

    [Theory, BothEngines]
    public async Task SAC_Page_FilesAndReview_AsTheLeadUsesThem(Engine engine)
    {
        await using var site = await CountyAsync(engine);
        var client = site.Client((await Given.UserAsync(site, Roles.SafeguardingLead)).Id);

        var page = await client.PageAsync("/safeguarding/collection?year=2023");
        page.QuerySelector("#SG1f tbody tr td")!.TextContent.Trim().ShouldBe("6");
        (await site.PostFormAsync(client, "/safeguarding/collection/rows?year=2023&table=SG1f&row=0&column=0", ("Purpose", OpenMeasureRows.Purposes[0]))).RedirectPath().ShouldContain("SG1f");
        (await client.PageAsync("/safeguarding/collection/rows?year=2023&table=SG1f&row=0&column=0")).QuerySelectorAll("tbody tr").Length.ShouldBe(6);
        (await client.GetAsync("/safeguarding/collection/rows?year=2023&table=SG9&row=0&column=0", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);

        await site.PostFormAsync(client, "/safeguarding/collection?year=2023", "form[action*=Review]", [("Name", "Adult S"), ("Concluded.Day", "1"), ("Concluded.Month", "3"), ("Concluded.Year", "2024"), ("Died", "2"), ("Survived", "1")]);
        var csv = await client.GetStringAsync("/safeguarding/collection?year=2023&handler=Csv", TestContext.Current.CancellationToken);
        csv.ShouldContain("2023/24,SG5b,People in Safeguarding Adults Reviews,people,Who suffered serious harm and died,People,2");
        csv.ShouldContain("2023/24,SG5a,Safeguarding Adults Reviews,reviews,Where one or more individuals died,Reviews,1");

        using var file = new MemoryStream(await client.GetByteArrayAsync("/safeguarding/collection?year=2023&handler=Workbook", TestContext.Current.CancellationToken));
        using var book = SpreadsheetDocument.Open(file, isEditable: false);
        new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(book, TestContext.Current.CancellationToken).ShouldBeEmpty();
        var sheets = book.WorkbookPart!.Workbook!.Descendants<Sheet>().ToList();
        sheets.Select(s => s.Name!.Value).ShouldBe(["SG1a", "SG1b", "SG1c", "SG1d", "SG1e", "SG1f", "SG2a", "SG2a_b1", "SG2b", "SG2c", "SG2e", "SG3a", "SG4a", "SG5a", "SG5b", "Checks"]);
        ((WorksheetPart)book.WorkbookPart.GetPartById(sheets[5].Id!)).Worksheet!.Descendants<Row>().ElementAt(4).Elements<Cell>().Last().CellValue!.Text.ShouldBe("6");
    }

    [Theory, BothEngines]
    public async Task SG_11_Sample_IsATenthRoundedUp_TheSameForTheSameDrawWhoeverDraws(Engine engine)
    {
        await using var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(async db =>
        {
            // Twenty-five people with a concern in both years, and five with one in this year alone.
            foreach (var n in Enumerable.Range(0, 30))
            {
                var person = new Waymark.Kernel.People.Person { Id = new Guid(n + 1, 1, 1, new byte[8]), Reference = $"P-{n}", GivenName = "Person", FamilyName = $"{n}", SortKey = $"{n}" };
                db.Add(person);
                db.AddConcern(person, new DateOnly(2023, 5, 1), Waymark.Safeguarding.ConcernSource.Public, ConcernPathway.Advice);
                if (n < 25)
                {
                    db.AddConcern(person, new DateOnly(2022, 5, 1), Waymark.Safeguarding.ConcernSource.Public, ConcernPathway.Advice);
                }
            }

            return await db.SaveChangesAsync();
        });

        var first = await DrawAsync(site, "September audit");
        (first.All, first.Drawn, first.Restricted).ShouldBe((25, 3, 0));
        (await DrawAsync(site, "September audit")).Sample.ShouldBe(first.Sample);
        first.Sample.Select(p => p.Reference).ShouldBe(["P-7", "P-10", "P-3"]);
        (await DrawAsync(site, "another draw")).Sample.Select(p => p.Reference).ShouldNotBe(first.Sample.Select(p => p.Reference), "another draw draws others");
    }

    private static Task<RepeatSample> DrawAsync(TestSite site, string draw) => site.InScopeAsync(s => s.GetRequiredService<DrawRepeatConcerns>().RunAsync(Year, draw));

    private static Task<CollectionResult> ReadAsync(TestSite site) => site.InScopeAsync(s => s.GetRequiredService<ReadCollection>().RunAsync(Year));

    private static async Task<TestSite> CountyAsync(Engine engine)
    {
        var site = await TestSite.StartAsync(engine);
        await site.InDbAsync(SafeguardingCounty.MakeAsync);
        return site;
    }
}

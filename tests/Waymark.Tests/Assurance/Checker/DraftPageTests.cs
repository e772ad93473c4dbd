using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Assurance.Checker;
using Waymark.Kernel.Access;
using Waymark.Tests.Support;
using Waymark.Text.Reading;
using Xunit;

namespace Waymark.Tests.Assurance.Checker;

/// <summary>A draft dropped in, its findings marked, a reason kept for the next draft, and the list taken away.</summary>
public sealed class DraftPageTests
{
    private const string Draft = "Annual report 2023/24\n\nReferrals rose from 1,200 in 2022/23 to 1,500 in 2023/24, an increase of 20%.\n\nConcerns came from care homes 45%, hospitals 38%,\npolice 19% and others 16%.\n";

    [Fact]
    public async Task Draft_DroppedIn_ShowsEachFindingWhereItStands()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await AnalystAsync(site);

        using var sent = await SendAsync(client, ("report.txt", Encoding.UTF8.GetBytes(Draft)));
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await client.PageAsync(sent.RedirectPath());

        page.QuerySelectorAll("section.wm-box h3").Length.ShouldBe(2);
        page.QuerySelectorAll("mark").Select(m => m.TextContent).ShouldContain("Referrals rose from 1,200 in 2022/23 to 1,500 in 2023/24, an increase of 20%.");
        page.QuerySelectorAll("mark").Select(m => m.TextContent).ShouldContain("police 19% and others 16%.");
        foreach (var link in page.QuerySelectorAll("figcaption a, .wm-draft__link"))
        {
            page.GetElementById(link.GetAttribute("href")![1..]).ShouldNotBeNull(link.GetAttribute("href"));
        }
    }

    [Fact]
    public async Task Reason_Given_HoldsForTheNextDraft_AndCanBeTakenBack()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await AnalystAsync(site);
        using var first = await SendAsync(client, ("report.txt", Encoding.UTF8.GetBytes(Draft)));
        var page = await client.PageAsync(first.RedirectPath());
        using var kept = await client.SendFormAsync(page.FormAt("#finding-1 form"), $"{first.RedirectPath()}?handler=reason", ("reason", "The base was restated."));
        kept.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        using var second = await SendAsync(client, ("report.txt", Encoding.UTF8.GetBytes("A new first line.\n\n" + Draft)));
        var next = await client.PageAsync(second.RedirectPath());
        next.QuerySelector("#finding-1 .govuk-inset-text")!.TextContent.ShouldContain("The base was restated.");

        using var taken = await client.SendFormAsync(next.FormAt("#finding-1 form"), $"{second.RedirectPath()}?handler=reason", ("reason", ""));
        (await client.PageAsync(second.RedirectPath())).QuerySelector("#finding-1 .govuk-inset-text").ShouldBeNull();
    }

    [Fact]
    public async Task Findings_TakenAway_AsWordPdfAndCsv()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await AnalystAsync(site);
        using var sent = await SendAsync(client, ("report.txt", Encoding.UTF8.GetBytes(Draft)));
        var url = sent.RedirectPath();

        (await client.GetStringAsync($"{url}?handler=csv")).ShouldContain("an increase of 20%");
        var word = DocumentFile.Read("findings.docx", await client.GetByteArrayAsync($"{url}?handler=word"));
        word.Lines.ShouldContain(l => l.Text.Contains("report.txt, line 3", StringComparison.Ordinal));
        var pdf = Encoding.Latin1.GetString(await client.GetByteArrayAsync($"{url}?handler=pdf"));
        pdf.ShouldStartWith("%PDF-1.4");
        pdf.ShouldContain("line 3");
        int.Parse(pdf[(pdf.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(pdf.IndexOf("xref\n0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refusals_SayWhatToDo()
    {
        await using var site = await TestSite.StartAsync();
        using var client = await AnalystAsync(site);

        using var none = await SendAsync(client);
        (await none.PageAsync()).Errors().ShouldBe(["Choose a document to check."]);
        using var damaged = await SendAsync(client, ("paper.docx", "PK\u0003\u0004 nothing"u8.ToArray()));
        (await damaged.PageAsync()).Errors().ShouldBe(["paper.docx is damaged, or is not a Word document."]);
    }

    [Fact]
    public async Task HW_10_FigureBesideItsMeasure_MatchesDiffersOrCannotBeTold()
    {
        await using var site = await TestMeasures.StartSiteAsync();
        await site.InDbAsync(async db =>
        {
            var people = Enumerable.Range(1, 3).Select(i => GivenSpans.Person(i)).ToList();
            db.AddRange(people);
            db.AddRange(people.Select(p => GivenSpans.Span(p, new DateOnly(2024, 6, 1), null)));
            return await db.SaveChangesAsync();
        });
        var reading = Waymark.Text.Claims.DocumentReading.Of(SourceDocument.FromText("a.txt", "At 31 July 2024 the longest wait of things waiting was 60 days.\n\nAt 30 June 2024 the longest wait of things waiting was 31 days.\n\nThe longest wait of things waiting is 9 days.\n"));

        var compared = await site.InScopeAsync(s => s.GetRequiredService<CompareWithMeasures>().RunAsync([reading]));

        compared.Select(c => (c.Mention.Printed, c.Verdict)).ShouldBe([("60 days", MeasureVerdict.Matches), ("31 days", MeasureVerdict.Differs), ("9 days", MeasureVerdict.CannotTell)]);
    }

    [Fact]
    public async Task Word_Draft_IsReadWithItsTablesAndNotes()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = zip.CreateEntry("word/document.xml").Open();
            await entry.WriteAsync(Encoding.UTF8.GetBytes("""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Referrals rose from 1,200 to 1,500, an increase of 20%.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Type</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Beds</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Nursing</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>40</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Residential</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>50</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>Total</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>95</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"""));
        }

        Waymark.Text.Checker.Check(DocumentFile.Read("draft.docx", bytes.ToArray())).Select(f => f.Rule).ShouldBe(["change", "parts-and-total"]);
    }

    private static async Task<HttpClient> AnalystAsync(TestSite site)
    {
        var analyst = await Given.UserAsync(site, Roles.Analyst);
        return site.Client(analyst.Id);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, params (string Name, byte[] Bytes)[] files)
    {
        var page = await client.PageAsync("/checks");
        using var form = new MultipartFormDataContent { { new StringContent(page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        foreach (var (name, bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes), "Uploads", name);
        }

        return await client.PostAsync("/checks", form);
    }
}

using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using PdfSharp.Pdf.IO;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Letters;
using Xunit;

namespace Waymark.Tests.Kernel.Letters;

/// <summary>One template, two formats, both with a structure that a screen reader knows.</summary>
public sealed class LetterTests
{
    private const string Template = "# Decision about {name}\n\nDear {name},\nat {place}\n\n## Conditions\n\n{conditions}\n\n- first\n- second {name}";

    private static readonly Dictionary<string, string> Fields = new() { ["name"] = "Zoë O’Brien", ["place"] = "Meadow View", ["conditions"] = "A walk each day\n# not a heading" };

    [Fact]
    public void Fill_GivesTitleHeadingsParagraphsAndLists_AndReadsNoMarkupInAField()
    {
        var letter = LetterTemplate.Fill(Template, Fields);

        letter.Title.ShouldBe("Decision about Zoë O’Brien");
        letter.Blocks.ShouldBe(
        [
            new(LetterBlockKind.Paragraph, "Dear Zoë O’Brien,\nat Meadow View"), new(LetterBlockKind.Heading, "Conditions"), new(LetterBlockKind.Item, "A walk each day"),
            new(LetterBlockKind.Item, "# not a heading"), new(LetterBlockKind.Item, "first"), new(LetterBlockKind.Item, "second Zoë O’Brien"),
        ]);
    }

    [Fact]
    public void Fill_UnknownFieldOrNoTitle_IsRefusedInWords()
    {
        Should.Throw<RefusedException>(() => LetterTemplate.Fill("# T\n\n{who}", Fields)).Message.ShouldContain("{who}");
        Should.Throw<RefusedException>(() => LetterTemplate.Fill("Dear {name}", Fields)).Message.ShouldContain("no title");
    }

    [Fact]
    public void Pdf_IsTaggedAndTitled_WithItsLanguageAndFonts()
    {
        var bytes = LetterPdf.Write(Long());

        using var pdf = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);
        pdf.PageCount.ShouldBeGreaterThan(1);
        pdf.Info.Title.ShouldBe("Decision about Zoë O’Brien");
        pdf.Language.ShouldBe("en-GB");
        var catalog = pdf.Internals.Catalog;
        catalog.Elements.GetDictionary("/MarkInfo")!.Elements.GetBoolean("/Marked").ShouldBeTrue();
        catalog.Elements.GetDictionary("/ViewerPreferences")!.Elements.GetBoolean("/DisplayDocTitle").ShouldBeTrue();
        var tags = pdf.Internals.GetAllObjects().OfType<PdfSharp.Pdf.PdfDictionary>().Select(d => d.Elements.GetName("/S")).ToList();
        tags.ShouldContain("/H1");
        tags.ShouldContain("/H2");
        (tags.Count(t => t == "/L"), tags.Count(t => t == "/LI")).ShouldBe((2, 94), "a list that runs over a page is one list");
        tags.Count(t => t == "/P").ShouldBeGreaterThan(60);
        pdf.Internals.GetAllObjects().OfType<PdfSharp.Pdf.PdfDictionary>().Any(d => d.Elements.ContainsKey("/FontFile2")).ShouldBeTrue("the fonts are inside");
    }

    [Fact]
    public void Pdf_WritingItsFontsCannotSet_IsRefused_AndWordTakesIt()
    {
        var letter = LetterTemplate.Fill(Template, new Dictionary<string, string>(Fields) { ["name"] = "ليلى حداد" });

        Should.Throw<RefusedException>(() => LetterPdf.Write(letter)).Message.ShouldContain("Word version");
        Body(LetterWord.Write(letter)).InnerText.ShouldContain("ليلى حداد");
        LetterPdf.Write(LetterTemplate.Fill(Template, new Dictionary<string, string>(Fields) { ["name"] = "Nguyễn Thị Hoa, Máire Ó Briain" })).Length.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Word_HasRealHeadingsAndLists_ATitleAndALanguage_AndIsValid()
    {
        var bytes = LetterWord.Write(LetterTemplate.Fill(Template, Fields, "demo county"));

        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
        document.PackageProperties.Title.ShouldBe("Decision about Zoë O’Brien");
        var paragraphs = document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().ToList();
        paragraphs.Select(p => p.ParagraphProperties?.ParagraphStyleId?.Val?.Value).ShouldBe(["Heading1", null, "Heading2", null, null, null, null]);
        paragraphs.Count(p => p.ParagraphProperties?.NumberingProperties is not null).ShouldBe(4);
        document.MainDocumentPart.FooterParts.Single().Footer!.InnerText.ShouldBe("demo county");
    }

    private static Letter Long() => LetterTemplate.Fill(
        Template + "\n\nBetween\n\n" + string.Join('\n', Enumerable.Range(1, 90).Select(i => $"- item {i}")) + string.Concat(Enumerable.Range(1, 70).Select(i => $"\n\nParagraph {i}. {string.Join(' ', Enumerable.Repeat("Words that run over the end of a line and go on", 4))}")), Fields, "demo county");

    private static Body Body(byte[] bytes)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        return (Body)document.MainDocumentPart!.Document!.Body!.CloneNode(true);
    }
}

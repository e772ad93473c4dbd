using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Waymark.Kernel.Letters;

/// <summary>A letter as a Word document: real headings and lists, title and language set.</summary>
public static class LetterWord
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static byte[] Write(Letter letter)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            document.PackageProperties.Title = letter.Title;
            document.PackageProperties.Language = letter.Language;
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles(letter.Language);
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = Bullets();
            var body = new Body(Paragraph("Heading1", letter.Title));
            body.Append(letter.Blocks.Select(b => b.Kind switch
            {
                LetterBlockKind.Heading => Paragraph("Heading2", b.Text),
                LetterBlockKind.Item => Item(b.Text),
                _ => Paragraph(null, b.Text),
            }));
            body.Append(Section(main, letter.Footer));
            main.Document = new Document(body);
        }

        return stream.ToArray();
    }

    private static Paragraph Paragraph(string? style, string text) => new(
        style is null ? new ParagraphProperties() : new ParagraphProperties(new ParagraphStyleId { Val = style }), Lines(text));

    private static Paragraph Item(string text) => new(new ParagraphProperties(
        new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = 1 })), Lines(text));

    private static Run Lines(string text)
    {
        var run = new Run();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(Printable(lines[i])) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    /// <summary>XML knows no control characters; a paste may bring them.</summary>
    private static string Printable(string text) => string.Concat(text.Where(c => !char.IsControl(c) || c == '\t'));

    private static Styles Styles(string language) => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" }, new FontSize { Val = "24" }, new Languages { Val = language })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "160", Line = "288", LineRule = LineSpacingRuleValues.Auto }))),
        new Style(new StyleName { Val = "Normal" }) { Type = StyleValues.Paragraph, StyleId = "Normal", Default = true },
        Heading("Heading1", "heading 1", "36", 0),
        Heading("Heading2", "heading 2", "28", 1));

    private static Style Heading(string id, string name, string size, int level) => new(
        new StyleName { Val = name }, new BasedOn { Val = "Normal" }, new NextParagraphStyle { Val = "Normal" },
        new StyleParagraphProperties(new KeepNext(), new OutlineLevel { Val = level }), new StyleRunProperties(new Bold(), new FontSize { Val = size }))
    { Type = StyleValues.Paragraph, StyleId = id };

    private static Numbering Bullets() => new(
        new AbstractNum(new Level(new NumberingFormat { Val = NumberFormatValues.Bullet }, new LevelText { Val = "•" }, new PreviousParagraphProperties(new Indentation { Left = "567", Hanging = "283" })) { LevelIndex = 0 }) { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = 1 });

    private static SectionProperties Section(MainDocumentPart main, string? footer)
    {
        var section = new SectionProperties();
        if (footer is not null)
        {
            var part = main.AddNewPart<FooterPart>();
            part.Footer = new Footer(Paragraph(null, footer));
            section.Append(new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(part) });
        }

        section.Append(new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1134, Bottom = 1134, Left = 1134U, Right = 1134U });
        return section;
    }
}

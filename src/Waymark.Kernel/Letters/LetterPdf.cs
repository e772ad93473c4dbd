using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Waymark.Kernel.Letters;

/// <summary>A letter as a tagged PDF: headings, paragraphs and list items in reading order, title and language set, the fonts inside it.</summary>
public static class LetterPdf
{
    public const string ContentType = "application/pdf";

    private const double Margin = 62;
    private const double Foot = 70;

    /// <exception cref="Access.RefusedException">It holds writing that the fonts cannot set rightly (Arabic, Hebrew and others that join or run from right to left).</exception>
    public static byte[] Write(Letter letter)
    {
        if (letter.Blocks.Select(b => b.Text).Append(letter.Title).FirstOrDefault(t => t.Any(IsBeyondTheFonts)) is not null)
        {
            throw new Access.RefusedException("This letter holds writing that a PDF made here cannot set rightly. Take the Word version, which can.");
        }

        LetterFonts.Use();
        using var document = new PdfDocument();
        document.Info.Title = letter.Title;
        var accessibility = UAManager.ForDocument(document);
        accessibility.SetDocumentLanguage(letter.Language);
        var setter = new Setter(document, accessibility.StructureBuilder, letter.Footer);
        setter.Set(letter.Title, PdfBlockLevelElementTag.Heading1, 18, true, 0, 14);
        LetterBlockKind? before = null;
        foreach (var block in letter.Blocks)
        {
            setter.List(block.Kind == LetterBlockKind.Item, before == LetterBlockKind.Item);
            before = block.Kind;
            switch (block.Kind)
            {
                case LetterBlockKind.Heading: setter.Set(block.Text, PdfBlockLevelElementTag.Heading2, 14, true, 0, 6, keep: 60); break;
                case LetterBlockKind.Item: setter.Set($"• {block.Text}", PdfBlockLevelElementTag.ListItem, 12, false, 14, 6); break;
                default: setter.Set(block.Text, PdfBlockLevelElementTag.Paragraph, 12, false, 0, 10); break;
            }
        }

        setter.List(false, before == LetterBlockKind.Item);

        setter.End();
        using var stream = new MemoryStream();
        document.Save(stream, closeStream: false);
        return stream.ToArray();
    }

    private static bool IsBeyondTheFonts(char c) => c is (>= '\u0590' and < '\u1E00') or (>= '\u2E00' and < '\uFB00') or (>= '\uFB06');

    private sealed class Setter(PdfDocument document, StructureBuilder tags, string? footer)
    {
        private XGraphics? page;
        private double y;

        /// <param name="keep">Points that must be free beneath, so that a heading does not stand alone at the foot.</param>
        public void Set(string text, PdfBlockLevelElementTag tag, double size, bool bold, double indent, double after, double keep = 0)
        {
            var font = new XFont(LetterFonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);
            var height = size * 1.35;
            Room(height + keep);
            tags.BeginElement(tag);
            foreach (var line in text.Split('\n').SelectMany(l => Wrap(l, font, indent)))
            {
                if (y + height > Bottom)
                {
                    // An element does not run over a page: what is left is a second one of the same kind.
                    tags.End();
                    Room(height);
                    tags.BeginElement(tag);
                }

                page!.DrawString(line, font, XBrushes.Black, new XPoint(Margin + indent, y + size));
                y += height;
            }

            tags.End();
            y += after;
        }

        /// <summary>Opens a list before its first item and closes it after its last.</summary>
        public void List(bool isItem, bool wasItem)
        {
            if (isItem && !wasItem)
            {
                tags.BeginElement(PdfBlockLevelElementTag.List);
            }
            else if (wasItem && !isItem)
            {
                tags.End();
            }
        }

        public void End() => page?.Dispose();

        private double Bottom => document.Pages[^1].Height.Point - Foot;

        private void Room(double height)
        {
            if (page is not null && y + height <= Bottom)
            {
                return;
            }

            page?.Dispose();
            var next = document.AddPage();
            next.Size = PdfSharp.PageSize.A4;
            page = XGraphics.FromPdfPage(next);
            y = Margin;
            if (footer is not null)
            {
                // Furniture of the page, not read out with the letter.
                tags.BeginArtifact();
                page.DrawString(footer, new XFont(LetterFonts.Family, 9), XBrushes.DimGray, new XPoint(Margin, next.Height.Point - 36));
                tags.End();
            }
        }

        private IEnumerable<string> Wrap(string line, XFont font, double indent)
        {
            var width = document.Pages[^1].Width.Point - (2 * Margin) - indent;
            var current = "";
            foreach (var word in line.Split(' ').SelectMany(w => Break(w, font, width)))
            {
                var longer = current.Length == 0 ? word : $"{current} {word}";
                if (current.Length > 0 && page!.MeasureString(longer, font).Width > width)
                {
                    yield return current;
                    current = word;
                }
                else
                {
                    current = longer;
                }
            }

            yield return current;
        }

        /// <summary>A word wider than the page (an address of the web) is cut.</summary>
        private IEnumerable<string> Break(string word, XFont font, double width)
        {
            while (word.Length > 1 && page!.MeasureString(word, font).Width > width)
            {
                var fits = Math.Max(1, (int)(word.Length * width / page.MeasureString(word, font).Width) - 1);
                yield return word[..fits];
                word = word[fits..];
            }

            yield return word;
        }
    }
}

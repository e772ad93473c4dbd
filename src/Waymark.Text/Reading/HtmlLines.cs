using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Waymark.Text.Reading;

/// <summary>HTML as lines: a block is a line, a table row is a line of cells between bars. Numbers are those of the source.</summary>
internal static class HtmlLines
{
    private static readonly HashSet<string> Blocks = ["P", "LI", "H1", "H2", "H3", "H4", "H5", "H6", "TR", "DIV", "SECTION", "ARTICLE", "BLOCKQUOTE", "DT", "DD", "CAPTION", "FIGCAPTION", "TABLE", "UL", "OL", "BR", "HEADER", "FOOTER", "MAIN", "PRE"];

    public static List<SourceLine> Read(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(html);
        var writer = new Writer();
        if (document.Body is { } body)
        {
            writer.Write(body);
        }

        writer.EndLine();
        return writer.Lines;
    }

    private sealed class Writer
    {
        private readonly StringBuilder line = new();
        private int number = 1;

        public List<SourceLine> Lines { get; } = [];

        // A stack of its own: markup may be nested deeper than the machine's stack.
        public void Write(INode root)
        {
            var open = new Stack<(INode Node, bool Leaving)>();
            open.Push((root, false));
            while (open.TryPop(out var step))
            {
                var element = step.Node as IElement;
                if (step.Leaving)
                {
                    Leave(element!);
                    continue;
                }

                if (step.Node is IText text)
                {
                    line.Append(text.Data.ReplaceLineEndings(" "));
                }

                if (element is null || element.TagName is "SCRIPT" or "STYLE" or "HEAD" or "TEMPLATE")
                {
                    continue;
                }

                Enter(element);
                open.Push((element, true));
                for (var i = element.ChildNodes.Length - 1; i >= 0; i--)
                {
                    open.Push((element.ChildNodes[i], false));
                }
            }
        }

        public void EndLine()
        {
            var text = string.Join(' ', line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            line.Clear();
            if (text.Length > 0)
            {
                Lines.Add(new SourceLine(text, number));
            }
        }

        private void Enter(IElement element)
        {
            if (Blocks.Contains(element.TagName))
            {
                EndLine();
                number = element.SourceReference?.Position.Line ?? number;
                if (element.TagName is not "TR" and not "LI" and not "DIV" and not "BR")
                {
                    Lines.Add(new SourceLine("", number));
                }

                line.Append(element.TagName switch { "H1" or "H2" or "H3" or "H4" or "H5" or "H6" => "# ", "LI" => "- ", "TR" => "| ", _ => "" });
            }
        }

        private void Leave(IElement element)
        {
            if (element.TagName is "TD" or "TH")
            {
                line.Append(" | ");
            }
            else if (Blocks.Contains(element.TagName))
            {
                EndLine();
                if (element.TagName is "TABLE" or "H1" or "H2" or "H3" or "H4" or "H5" or "H6" or "P")
                {
                    Lines.Add(new SourceLine("", number));
                }
            }
        }
    }
}

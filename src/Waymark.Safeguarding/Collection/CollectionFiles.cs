using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Waymark.Kernel.Measures;

namespace Waymark.Safeguarding.Collection;

/// <summary>The tables of a year as files: CSV with a line for each cell, and a spreadsheet with a sheet for each table and one for the checks.</summary>
internal static class CollectionFiles
{
    public static byte[] Csv(CollectionResult result) => MeasureCsv.Of(["year", "table", "title", "counts", "row", "column", "value"], result.Tables.SelectMany(t =>
        t.Rows.SelectMany((row, r) => t.Columns.Select((column, c) => new object?[] { result.Year.Title, t.Code, t.Title, t.Counts, row, column, t.Cells[r, c] }))));

    /// <param name="note">Where it is from, above each table: "demo county".</param>
    public static byte[] Workbook(CollectionResult result, string note)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            var sheets = book.Workbook.AppendChild(new Sheets());
            foreach (var table in result.Tables)
            {
                Add(book, sheets, table.Code, [[$"{table.Code} {table.Title}, {result.Year.Title}"], [$"Counts {table.Counts}. {note}"], [], ["", .. table.Columns], .. Lines(table)]);
            }

            Add(book, sheets, "Checks", [["What must hold", "Holds", "Found"], .. result.Checks.Select(c => (object[])[c.Says, c.Holds ? "yes" : "no", c.Found])]);
        }

        return stream.ToArray();
    }

    private static IEnumerable<object[]> Lines(CountedTable table) => table.Rows.Select((row, r) => (object[])[row, .. table.Columns.Select((_, c) => (object)table.Cells[r, c])]);

    private static void Add(WorkbookPart book, Sheets sheets, string name, IEnumerable<object[]> rows)
    {
        var part = book.AddNewPart<WorksheetPart>();
        part.Worksheet = new Worksheet(new SheetData(rows.Select(r => new Row(r.Select(Cell)))));
        sheets.Append(new Sheet { Id = book.GetIdOfPart(part), SheetId = (uint)sheets.ChildElements.Count + 1, Name = name });
    }

    private static Cell Cell(object value) => value is int number
        ? new Cell { DataType = CellValues.Number, CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)) }
        : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text((string)value)) };
}

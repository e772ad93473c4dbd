using System.Globalization;
using System.Text;

namespace Waymark.Returns.Analysts;

/// <summary>What is in the views, as <c>docs/analyst-views.md</c>; a test says when it is not current, and compares it with the catalogue of both engines.</summary>
public static class AnalystViewsDocument
{
    public static string Text()
    {
        var text = new StringBuilder();
        text.Append("""
            # Views for analysts

            Made by `./waymark extract --doc > docs/analyst-views.md`; do not edit by hand.

            Waymark makes these views in its own database at every start, the same on SQLite and PostgreSQL. They are for reading: nothing can be written through
            them. They hold no name, address, telephone number, free text or worker; a subject is a pseudonym, the same in the views, in the rows of measures, in
            frozen figures and in extracts. The key of the pseudonyms stands outside the database (`WAYMARK_KEY_PSEUDONYM`, or `keys/pseudonym.key` in the data
            folder): whoever holds both can go back from them, so analysts get the views and never the key.

            Columns are added at the end; within a release none is renamed or taken away. Dates are days in London; instants are UTC.

            ## Giving access

            PostgreSQL: a role that reads the views and nothing else.

            ```sql
            CREATE ROLE analyst LOGIN;
            GRANT SELECT ON
            """);
        text.Append(' ').Append(string.Join(", ", AnalystViewList.All.Select(v => v.Name))).Append(" TO analyst;\n```\n");
        text.Append("""

            SQLite: give analysts the extract, not the file: SQLite has no roles, and the file holds everything.

            ## The extract

            `./waymark extract DIR` writes a CSV of each view, all as of one moment, and `manifest.json` with the day, the number of rows and the SHA-256 of each file.
            A job does so every night, in `extracts/` of the data folder, and keeps fourteen. Text that a spreadsheet would take for a formula starts with an apostrophe.

            """);
        foreach (var view in AnalystViewList.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {view.Name}\n\n{view.About}\n\n| Column | Type | What it is |\n|---|---|---|\n");
            foreach (var column in view.Columns)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{column.Name}` | {column.Type} | {column.About} |\n");
            }
        }

        return text.ToString();
    }
}

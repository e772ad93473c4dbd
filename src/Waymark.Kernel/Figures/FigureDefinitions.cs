using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Figures;

/// <summary>The code of an old definition stays while a published figure uses it; a start without it stops and names the figure.</summary>
[Scoped]
public sealed class FigureDefinitions(WaymarkDb db, Catalogue catalogue)
{
    /// <exception cref="RefusedException">A figure that was not withdrawn uses a definition the code no longer has.</exception>
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        var used = await db.PublishedFigures.Where(f => f.WithdrawnOn == null)
            .GroupBy(f => new { f.MeasureKey, f.DefinitionVersion }).Select(g => new { g.Key.MeasureKey, g.Key.DefinitionVersion, Last = g.Max(f => f.AsAt), Figures = g.Count() })
            .ToListAsync(cancellation);
        var missing = used.Where(u => catalogue.Measure(u.MeasureKey, u.DefinitionVersion) is null)
            .Select(u => $"'{u.MeasureKey}', version {u.DefinitionVersion} ({u.Figures} published, the latest as at {MeasureText.Date(u.Last)})").ToList();
        if (missing.Count > 0)
        {
            throw new RefusedException(
                $"Published figures use definitions that this version of Waymark does not have: {string.Join("; ", missing)}. Keep the old definition in its module's FormerMeasures, "
                + "or withdraw the figures with the version that has it.");
        }
    }
}

using System.Globalization;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.People;

/// <summary>What the acts on the parts of a person's record share.</summary>
internal static class PersonPartRules
{
    public static void MayEdit(Viewer viewer)
    {
        if (!viewer.May(Can.EditPeople))
        {
            throw new RefusedException("You may not change people's records");
        }
    }

    public static string Text(string? typed, string whenMissing, int longest, string field)
    {
        var text = typed?.Trim() ?? "";
        return text.Length == 0 ? throw new RefusedException(whenMissing, field)
            : text.Length <= longest ? text
            : throw new RefusedException($"This must be {longest.ToString("N0", CultureInfo.InvariantCulture)} characters or fewer; it has {text.Length.ToString("N0", CultureInfo.InvariantCulture)}", field);
    }
}

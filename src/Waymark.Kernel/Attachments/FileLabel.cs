using System.Globalization;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Attachments;

/// <summary>A file's name as sent is only a label: <c>../../x.html</c> reads <c>x.html</c> and never touches a path.</summary>
public static class FileLabel
{
    private const int Longest = 150;

    public static string Clean(string? sent)
    {
        var name = (sent ?? "").Replace('\\', '/');
        name = name[(name.LastIndexOf('/') + 1)..];
        name = string.Concat(name.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))).Trim().TrimStart('.').Trim();
        if (name.Length > Longest)
        {
            var ending = Path.GetExtension(name);
            name = ending.Length is > 0 and < 10 ? name[..(Longest - ending.Length)] + ending : name[..Longest];
        }

        return name.Length > 0 ? name : throw new RefusedException("Choose a file to attach", "File");
    }
}

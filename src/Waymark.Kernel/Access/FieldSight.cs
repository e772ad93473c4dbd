namespace Waymark.Kernel.Access;

/// <summary>Which single fields of one person are withheld from the viewer: masked alike on pages, in lists, labels, letters and exports.</summary>
public sealed class FieldSight(IReadOnlySet<string> withheld)
{
    /// <summary>Stands where the value would.</summary>
    public const string Withheld = "Withheld";

    public static readonly FieldSight All = new(new HashSet<string>());

    /// <param name="field">A key of <see cref="RestrictedFields"/>.</param>
    public bool Shows(string field) => !withheld.Contains(field);

    /// <summary>The value, or <see cref="Withheld"/>, also where there is no value: that one is missing would itself say something.</summary>
    public string? Show(string field, string? value) => Shows(field) ? value : Withheld;
}

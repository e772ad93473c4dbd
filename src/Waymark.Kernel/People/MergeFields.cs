using System.Globalization;

namespace Waymark.Kernel.People;

/// <summary>A field of a person that a merge may take from either record, as text.</summary>
/// <param name="IsUnique">Two records may not hold the same value, so the one that gives it up is cleared.</param>
public sealed record MergeField(string Key, string Title, Func<Person, string?> Get, Action<Person, string?> Set, bool IsUnique = false)
{
    /// <summary>The value as people read it.</summary>
    public string? Shown(Person person) => Get(person) is not { } value ? null
        : Key is nameof(Person.BirthDate) or nameof(Person.DeathDate) ? Ui.Format.Date(Day(value)!.Value)
        : Key == nameof(Person.NhsNumber) ? NhsNumber.Format(value)
        : Key == nameof(Person.Sex) ? Ui.Choices.Text(Enum.Parse<Sex>(value))
        : value is "True" ? "Yes" : value is "False" ? "No" : value;

    public static IReadOnlyList<MergeField> All { get; } =
    [
        new(nameof(Person.Title), "Title", p => p.Title, (p, v) => p.Title = v),
        new(nameof(Person.GivenName), "First name", p => p.GivenName, (p, v) => { p.GivenName = v ?? ""; p.SortKey = Names.SortKey(p.FamilyName, p.GivenName); }),
        new(nameof(Person.FamilyName), "Family name", p => p.FamilyName, (p, v) => { p.FamilyName = v ?? ""; p.SortKey = Names.SortKey(p.FamilyName, p.GivenName); }),
        new(nameof(Person.PreferredName), "What they like to be called", p => p.PreferredName, (p, v) => p.PreferredName = v),
        new(nameof(Person.Pronouns), "Pronouns", p => p.Pronouns, (p, v) => p.Pronouns = v),
        new(nameof(Person.BirthDate), "Date of birth", p => Text(p.BirthDate), (p, v) => p.BirthDate = Day(v)),
        new(nameof(Person.DeathDate), "Date of death", p => Text(p.DeathDate), (p, v) => p.DeathDate = Day(v)),
        new(nameof(Person.NhsNumber), "NHS number", p => p.NhsNumber, (p, v) => p.NhsNumber = v, IsUnique: true),
        new(nameof(Person.CouncilId), "The council's number", p => p.CouncilId, (p, v) => p.CouncilId = v, IsUnique: true),
        new(nameof(Person.Sex), "Sex", p => p.Sex.ToString(), (p, v) => p.Sex = v is null ? Sex.NotKnown : Enum.Parse<Sex>(v)),
        new(nameof(Person.Ethnicity), "Ethnicity", p => p.Ethnicity, (p, v) => p.Ethnicity = v),
        new(nameof(Person.SupportReason), "Primary support reason", p => p.SupportReason, (p, v) => p.SupportReason = v),
        new(nameof(Person.HasDisability), "Disabled", p => p.HasDisability?.ToString(), (p, v) => p.HasDisability = v is null ? null : bool.Parse(v)),
        new(nameof(Person.Address), "Address", p => p.Address, (p, v) => p.Address = v),
        new(nameof(Person.Postcode), "Postcode", p => p.Postcode, (p, v) => { p.Postcode = v; p.PostcodeKey = PersonKeys.Postcode(v); }),
        new(nameof(Person.Ward), "Ward", p => p.Ward, (p, v) => p.Ward = v),
        new(nameof(Person.Phone), "Telephone", p => p.Phone, (p, v) => { p.Phone = v; p.PhoneKey = PersonKeys.Phone(v); }),
        new(nameof(Person.Email), "E-mail", p => p.Email, (p, v) => p.Email = v),
        new(nameof(Person.CommunicationNeeds), "How to communicate", p => p.CommunicationNeeds, (p, v) => p.CommunicationNeeds = v),
        new(nameof(Person.Language), "First language", p => p.Language, (p, v) => p.Language = v),
        new(nameof(Person.IsCarer), "Cares for someone", p => p.IsCarer.ToString(), (p, v) => p.IsCarer = v == bool.TrueString),
    ];

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

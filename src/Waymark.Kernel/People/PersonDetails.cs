using System.ComponentModel.DataAnnotations;

namespace Waymark.Kernel.People;

/// <summary>What a form says about a person, as typed. <see cref="PersonRules"/> checks it; <see cref="WriteTo"/> puts it on the record.</summary>
public sealed record PersonDetails
{
    public string? Title { get; init; }

    [Display(Name = "First name")]
    public string? GivenName { get; init; }

    [Display(Name = "Family name")]
    public string? FamilyName { get; init; }

    [Display(Name = "What they like to be called")]
    public string? PreferredName { get; init; }
    public string? Pronouns { get; init; }

    [Display(Name = "Date of birth")]
    public DateOnly? BirthDate { get; init; }

    [Display(Name = "Date of death")]
    public DateOnly? DeathDate { get; init; }

    [Display(Name = "NHS number")]
    public string? NhsNumber { get; init; }

    [Display(Name = "The council's person number")]
    public string? CouncilId { get; init; }
    public Sex Sex { get; init; }
    public string? Ethnicity { get; init; }

    [Display(Name = "Primary support reason")]
    public string? SupportReason { get; init; }

    [Display(Name = "Disabled")]
    public bool? HasDisability { get; init; }
    public string? Address { get; init; }
    public string? Postcode { get; init; }
    public string? Ward { get; init; }

    [Display(Name = "Telephone")]
    public string? Phone { get; init; }

    [Display(Name = "E-mail")]
    public string? Email { get; init; }

    [Display(Name = "How to communicate")]
    public string? CommunicationNeeds { get; init; }

    [Display(Name = "First language")]
    public string? Language { get; init; }

    [Display(Name = "Cares for someone")]
    public bool IsCarer { get; init; }

    /// <summary>What someone typed to find a person who is not there, as the beginning of a record: nobody types it twice.</summary>
    public static PersonDetails Of(PersonQuery query)
    {
        var words = query.Words.Select(w => string.Concat(w[..1].ToUpperInvariant(), w[1..])).ToList();
        return new PersonDetails
        {
            GivenName = words.Count > 1 ? string.Join(' ', words.SkipLast(1)) : null,
            FamilyName = words.LastOrDefault(),
            BirthDate = query.BirthDates.Count > 0 ? query.BirthDates[0] : null,
            NhsNumber = query.NhsNumber is { } nhs ? People.NhsNumber.Format(nhs) : null,
            Postcode = PersonKeys.WrittenPostcode(query.PostcodeKey),
        };
    }

    public static PersonDetails Of(Person person) => new()
    {
        Title = person.Title,
        GivenName = person.GivenName,
        FamilyName = person.FamilyName,
        PreferredName = person.PreferredName,
        Pronouns = person.Pronouns,
        BirthDate = person.BirthDate,
        DeathDate = person.DeathDate,
        NhsNumber = person.NhsNumber is { } number ? People.NhsNumber.Format(number) : null,
        CouncilId = person.CouncilId,
        Sex = person.Sex,
        Ethnicity = person.Ethnicity,
        SupportReason = person.SupportReason,
        HasDisability = person.HasDisability,
        Address = person.Address,
        Postcode = person.Postcode,
        Ward = person.Ward,
        Phone = person.Phone,
        Email = person.Email,
        CommunicationNeeds = person.CommunicationNeeds,
        Language = person.Language,
        IsCarer = person.IsCarer,
    };

    /// <summary>Writes what was typed on the record, with the keys made from it. Checked first by <see cref="PersonRules"/>.</summary>
    public void WriteTo(Person person)
    {
        person.Title = Text(Title);
        person.GivenName = Text(GivenName) ?? "";
        person.FamilyName = Text(FamilyName) ?? "";
        person.PreferredName = Text(PreferredName);
        person.Pronouns = Text(Pronouns);
        person.SortKey = Names.SortKey(person.FamilyName, person.GivenName);
        person.BirthDate = BirthDate;
        person.DeathDate = DeathDate;
        person.NhsNumber = People.NhsNumber.TryParse(NhsNumber, out var number, out _) ? number : null;
        person.CouncilId = Text(CouncilId);
        person.Sex = Sex;
        person.Ethnicity = Text(Ethnicity);
        person.SupportReason = Text(SupportReason);
        person.HasDisability = HasDisability;
        person.Address = Text(Address);
        person.Postcode = PersonKeys.WrittenPostcode(Postcode);
        person.PostcodeKey = PersonKeys.Postcode(Postcode);
        person.Ward = Text(Ward);
        person.Phone = Text(Phone);
        person.PhoneKey = PersonKeys.Phone(Phone);
        person.Email = Text(Email);
        person.CommunicationNeeds = Text(CommunicationNeeds);
        person.Language = Text(Language);
        person.IsCarer = IsCarer;
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

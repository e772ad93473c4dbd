using System.Globalization;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.People;

/// <summary>What must hold of what is typed about a person. Each problem names its field and says how to mend it.</summary>
public static class PersonRules
{
    /// <summary>No one in England is known to have lived longer than 115 years; beyond this a birth date is a slip.</summary>
    public const int OldestAge = 120;

    private const int LongestName = 100;
    private const int LongestText = 500;

    public static IEnumerable<(string Field, string Message)> Problems(PersonDetails details, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(details.GivenName) && string.IsNullOrWhiteSpace(details.FamilyName))
        {
            yield return (nameof(details.FamilyName), "Enter a name. If it is not known, enter what they are called or “Not known”");
        }

        (string Field, string Title, string? Text, int Longest)[] texts =
        [
            (nameof(details.Title), "Title", details.Title, LongestName),
            (nameof(details.GivenName), "First name", details.GivenName, LongestName),
            (nameof(details.FamilyName), "Family name", details.FamilyName, LongestName),
            (nameof(details.PreferredName), "What they like to be called", details.PreferredName, LongestName),
            (nameof(details.Pronouns), "Pronouns", details.Pronouns, LongestName),
            (nameof(details.CouncilId), "The council's person number", details.CouncilId, LongestName),
            (nameof(details.Address), "Address", details.Address, LongestText),
            (nameof(details.Postcode), "Postcode", details.Postcode, 20),
            (nameof(details.Ward), "Ward", details.Ward, LongestName),
            (nameof(details.Phone), "Telephone", details.Phone, LongestName),
            (nameof(details.Email), "E-mail", details.Email, 254),
            (nameof(details.CommunicationNeeds), "How to communicate", details.CommunicationNeeds, LongestText),
            (nameof(details.Language), "First language", details.Language, LongestName),
        ];
        foreach (var (field, title, text, longest) in texts)
        {
            if (text?.Trim().Length > longest)
            {
                yield return (field, $"{title} must be {longest} characters or fewer; this has {text.Trim().Length.ToString("N0", CultureInfo.InvariantCulture)}");
            }
        }

        if (!string.IsNullOrWhiteSpace(details.NhsNumber) && !NhsNumber.TryParse(details.NhsNumber, out _, out var problem))
        {
            yield return (nameof(details.NhsNumber), problem!);
        }

        if (!string.IsNullOrWhiteSpace(details.Email) && (details.Email.Trim() is var email) && (email.Contains(' ', StringComparison.Ordinal) || email.IndexOf('@', StringComparison.Ordinal) is < 1 || email.EndsWith('@')))
        {
            yield return (nameof(details.Email), "Enter an e-mail address like name@example.com");
        }

        foreach (var dates in DateProblems(details.BirthDate, details.DeathDate, today))
        {
            yield return dates;
        }
    }

    /// <summary>Throws the first problem as a refusal.</summary>
    public static void Check(PersonDetails details, DateOnly today)
    {
        foreach (var (field, message) in Problems(details, today))
        {
            throw new RefusedException(message, field);
        }
    }

    /// <summary>
    /// Refuses what would happen to someone after they died: a contact, a visit. A safeguarding concern may come after a death and does not ask this.
    /// </summary>
    /// <param name="what">Names it in the middle of a sentence: "this contact".</param>
    public static void RefuseAfterDeath(Person person, DateOnly day, string what, string? field)
    {
        if (person.DeathDate is { } died && died < day)
        {
            throw new RefusedException(
                $"{person.DisplayName} died on {Written(died)}, before {what} ({Written(day)}). Check the date, or correct the date of death on the record first", field);
        }
    }

    private static IEnumerable<(string Field, string Message)> DateProblems(DateOnly? birth, DateOnly? death, DateOnly today)
    {
        if (birth > today)
        {
            yield return (nameof(PersonDetails.BirthDate), $"Date of birth must be in the past; {Written(birth.Value)} is still to come");
        }
        else if (birth is { } born && Names.Age(born, death is { } died && died >= born ? died : today) > OldestAge)
        {
            yield return (nameof(PersonDetails.BirthDate), $"Check the date of birth: {Written(born)} makes the person older than {OldestAge}");
        }

        if (death > today)
        {
            yield return (nameof(PersonDetails.DeathDate), $"Date of death must be today or in the past; {Written(death.Value)} is still to come");
        }

        if (death < birth)
        {
            yield return (nameof(PersonDetails.DeathDate), $"Date of death ({Written(death.Value)}) is before the date of birth ({Written(birth.Value)}). Correct one of them");
        }
    }

    private static string Written(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}

using Bogus;
using Waymark.Kernel.People;
using Person = Waymark.Kernel.People.Person;

namespace Waymark.Demo;

/// <summary>
/// Made-up people. NHS numbers are of the 999 test range, telephone numbers those kept for drama, postcodes of the ZZ99 area that no letter reaches, streets invented.
/// </summary>
internal sealed class DemoPeople(Random random, int start = 0)
{
    public static readonly string[] Wards = [.. DemoUsers.WardsOf.Values.SelectMany(w => w)];

    private static readonly string[] Streets = ["Lantern Row", "Old Mill Walk", "Harebell Close", "Tanner's Yard", "Juniper Court", "Long Acre Drive", "Kestrel Way", "Pound Lane", "Weir View", "Chapel Rise"];
    private static readonly string[] Supports = ["Physical Support", "Physical Support", "Physical Support", "Support with Memory and Cognition", "Learning Disability Support", "Mental Health Support", "Sensory Support", "Social Support"];

    // Share of each ethnic group code as a county of the south east has it, near enough for cuts that are not empty.
    private static readonly string[] Ethnicities = [.. Enumerable.Repeat("A", 77), .. Enumerable.Repeat("B", 2), .. Enumerable.Repeat("C", 8), "D", "E", "F", "G", "H", "H", "J", "J", "K", "L", "M", "N", "P", "R"];
    private static readonly (string Given, string Family)[] Others =
    [
        ("Amal", "Okafor"), ("Siân", "Llewellyn-Rees"), ("Zoë", "Brontë"), ("Máire", "Ó Briain"), ("Nguyễn", "Thị Hoa"), ("José", "Núñez"), ("ليلى", "حداد"), ("Oluwaseun", "Adébáyọ̀"),
    ];

    private readonly Faker faker = new("en_GB") { Random = new Randomizer(random.Next()) };
    private int number = start;

    public Person Next(DateOnly day)
    {
        number++;
        var sex = random.NextDouble() < 0.59 ? Sex.Female : Sex.Male;
        var name = number % 90 == 1 ? Others[number / 90 % Others.Length] : (faker.Name.FirstName(sex == Sex.Female ? Bogus.DataSets.Name.Gender.Female : Bogus.DataSets.Name.Gender.Male), faker.Name.LastName());
        var ward = Wards[random.Next(Wards.Length)];
        var phone = random.NextDouble() < 0.5 ? $"01632 960{random.Next(1000):000}" : $"07700 900{random.Next(1000):000}";
        var postcode = $"ZZ99 {random.Next(1, 10)}{(char)('A' + random.Next(20))}{(char)('A' + random.Next(20))}";
        return new Person
        {
            Reference = $"P-{number:000000}",
            GivenName = name.Item1,
            FamilyName = name.Item2,
            SortKey = Names.SortKey(name.Item2, name.Item1),
            BirthDate = Birth(day),
            Sex = sex,
            NhsNumber = Nhs(number),
            CouncilId = $"{4000000 + number}",
            Ethnicity = Ethnicities[random.Next(Ethnicities.Length)],
            SupportReason = Supports[random.Next(Supports.Length)],
            HasDisability = random.NextDouble() < 0.55,
            Address = $"{random.Next(1, 140)} {Streets[random.Next(Streets.Length)]}, {ward}",
            Postcode = postcode,
            PostcodeKey = postcode.Replace(" ", "", StringComparison.Ordinal),
            Ward = ward,
            Phone = phone,
            PhoneKey = phone.Replace(" ", "", StringComparison.Ordinal),
            CommunicationNeeds = random.NextDouble() < 0.12 ? faker.PickRandom("Large print", "Ring in the afternoon, speak slowly", "British Sign Language interpreter", "Easy read", "Text, do not ring") : null,
            Source = "demo",
        };
    }

    private DateOnly Birth(DateOnly day)
    {
        var age = random.NextDouble() < 0.3 ? 18 + random.Next(47) : 65 + (int)(32 * Math.Sqrt(random.NextDouble()));
        return day.AddYears(-age).AddDays(-random.Next(365));
    }

    /// <summary>Ten digits that begin 999, with the check digit of the NHS number; a body whose check digit would be 10 is passed over.</summary>
    private static string Nhs(int number)
    {
        for (var body = 999_000_000 + (number * 2); ; body++)
        {
            var digits = body.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var check = 11 - (digits.Select((d, i) => (d - '0') * (10 - i)).Sum() % 11);
            if (check != 10)
            {
                return digits + (check == 11 ? 0 : check);
            }
        }
    }
}

using Waymark.Kernel.People;
using Waymark.Safeguarding;
using Waymark.Safeguarding.Concerns;

namespace Waymark.Demo;

/// <summary>A concern of the story, before it is a record.</summary>
internal sealed class ToldConcern
{
    public required Person Person { get; init; }
    public required DateOnly Day { get; set; }
    public ConcernSource Source { get; set; }
    public DateOnly Decided { get; set; }

    /// <summary>Key of the exit of triage; null while undecided.</summary>
    public string? Outcome { get; set; }
    public bool GoesToEnquiry { get; set; }

    /// <summary>Outside the council's area, or raised before: it is no one's figure here.</summary>
    public bool IsElsewhere { get; set; }
    public MadeEnquiry? Enquiry { get; set; }
    public OutcomesAsked Asked { get; set; }
    public IReadOnlyList<(AbuseType Type, RiskSource Source, RiskLocation Location)> Risks { get; set; } = [];

    public ConcernChannel Channel => Source switch
    {
        ConcernSource.Self or ConcernSource.FamilyOrFriend or ConcernSource.Public or ConcernSource.Anonymous => ConcernChannel.Public,
        ConcernSource.CareProvider => ConcernChannel.Provider,
        ConcernSource.OtherCouncil => ConcernChannel.OtherCouncil,
        _ => ConcernChannel.Professional,
    };
}

/// <summary>Who is the subject of concerns, when, and raised by whom: year by year, as many concerns and people as the source document prints (F-38 to F-41).</summary>
internal sealed class DemoConcerns(Random random, int share)
{
    // 6,670 in 2022/23 is the board's figure; the self-assessment's "2.7% decrease" would need 6,764. 6,581 about 4,734 people in 2023/24, of whom 1,107 had one the year before.
    private const int PeopleFrom = 400_000;
    private const int FirstYear = 6_300, SecondYear = 6_670, ThirdYear = 6_581;
    private const int FirstPeople = 4_500, SecondPeople = 4_800, ThirdPeople = 4_734, InBoth = 1_107;

    /// <summary>April to June 2023. July 2023 to June 2024 is 6,698, so April to June 2024 is 117 more.</summary>
    private const int Spring = 1_630;
    private const int ToEnquiry = 1_377;

    private static readonly DateOnly Third = new(2023, 4, 1);
    private readonly DemoPeople makePeople = new(random, PeopleFrom);
    private readonly List<Person> people = [];

    public List<ToldConcern> Concerns { get; } = [];

    public IReadOnlyList<Person> Tell()
    {
        var first = New(FirstPeople, new DateOnly(2021, 4, 1));
        Year(first, new DateOnly(2021, 4, 1), 365, Of(FirstYear), 0.28);
        List<Person> second = [.. Some(first, Of(1_000)), .. New(SecondPeople - 1_000, new DateOnly(2022, 4, 1))];
        Year(second, new DateOnly(2022, 4, 1), 365, Of(SecondYear), 0.29);
        List<Person> third = [.. Some(second, Of(InBoth)), .. Some([.. first.Except(second)], Of(400)), .. New(ThirdPeople - InBoth - 400, Third)];
        var year = Concern(third, Third, 366, Of(ThirdYear));
        Balance(year);
        RaisedByProviders(year);
        List<Person> fourth = [.. Some(third, Of(900)), .. New(800, new DateOnly(2024, 4, 1))];
        var spring = Concern(fourth, new DateOnly(2024, 4, 1), 91, Of(Spring + 117));
        var july = Concern(fourth, new DateOnly(2024, 7, 1), 31, Of(610));
        RaisedByProviders(spring);
        RaisedByProviders(july);
        Enquire([.. year.Where(c => c.Day < new DateOnly(2023, 7, 1))], 0.3);
        Enquire([.. year.Where(c => c.Day >= new DateOnly(2023, 7, 1)), .. spring], count: Of(ToEnquiry));
        Enquire(july, 0.2);
        Concerns.AddRange([.. year, .. spring, .. july]);
        Uncounted();
        foreach (var concern in Concerns)
        {
            Decide(concern);
        }

        Concerns.Sort((x, y) => x.Day.CompareTo(y.Day));
        return people;
    }

    private int Of(int number) => Math.Max(1, (int)Math.Round(number / (double)share));

    private void Year(List<Person> subjects, DateOnly from, int days, int count, double toEnquiry)
    {
        var year = Concern(subjects, from, days, count);
        RaisedByProviders(year);
        Enquire(year, toEnquiry);
        Concerns.AddRange(year);
    }

    /// <summary>29% of all (F-41).</summary>
    private void RaisedByProviders(List<ToldConcern> concerns)
    {
        foreach (var concern in Shuffled(concerns).Take((int)Math.Round(0.29 * concerns.Count)))
        {
            concern.Source = ConcernSource.CareProvider;
        }
    }

    /// <summary>One concern for each person, and the rest for some of them again, half of those within weeks of the first.</summary>
    private List<ToldConcern> Concern(List<Person> subjects, DateOnly from, int days, int count)
    {
        var year = subjects.Take(count).Select(p => Told(p, from.AddDays(random.Next(days)))).ToList();
        var firsts = year.Count;
        while (year.Count < count)
        {
            var before = year[(int)(firsts * random.NextDouble() * random.NextDouble())];
            var near = before.Day.AddDays(1 + random.Next(25));
            year.Add(Told(before.Person, random.NextDouble() < 0.5 && near < from.AddDays(days) ? near : from.AddDays(random.Next(days))));
        }

        return year;
    }

    /// <summary>As many in the first three months as the year to June 2024 leaves for them.</summary>
    private void Balance(List<ToldConcern> year)
    {
        var autumn = new DateOnly(2023, 7, 1);
        var early = year.Count(c => c.Day < autumn);
        foreach (var concern in Shuffled(year))
        {
            if (early > Of(Spring) && concern.Day < autumn)
            {
                concern.Day = autumn.AddDays(random.Next(275));
                early--;
            }
            else if (early < Of(Spring) && concern.Day >= autumn)
            {
                concern.Day = Third.AddDays(random.Next(91));
                early++;
            }
        }
    }

    private void Enquire(List<ToldConcern> concerns, double part = 0, int? count = null)
    {
        var left = count ?? (int)Math.Round(part * concerns.Count);
        var of = concerns.ToLookup(c => c.Person);
        foreach (var concern in Shuffled(concerns))
        {
            // What else was raised about the same person within weeks goes to the same enquiry.
            foreach (var one in of[concern.Person].Where(o => !o.GoesToEnquiry && Math.Abs(o.Day.DayNumber - concern.Day.DayNumber) <= 28).OrderBy(o => o != concern))
            {
                if (left == 0 || (one != concern && !concern.GoesToEnquiry))
                {
                    break;
                }

                one.GoesToEnquiry = true;
                left--;
            }
        }
    }

    /// <summary>About one in fifty more is found to have been raised before, or happened elsewhere: figures leave them out.</summary>
    private void Uncounted()
    {
        foreach (var concern in Shuffled(Concerns).Take(Concerns.Count / 50).ToList())
        {
            var isElsewhere = random.NextDouble() < 0.5;
            var again = Told(concern.Person, concern.Day);
            (again.IsElsewhere, again.Outcome) = (isElsewhere, isElsewhere ? ConcernPathway.ReferredOn : ConcernPathway.Duplicate);
            Concerns.Add(again);
        }
    }

    private void Decide(ToldConcern concern)
    {
        var days = random.NextDouble() switch { < 0.82 => 1 + random.Next(2), < 0.97 => 3 + random.Next(6), _ => 10 + random.Next(18) };
        concern.Decided = DemoTime.WorkingDayAfter(concern.Day, days);
        if (concern.Decided >= DemoCounty.Until)
        {
            (concern.Outcome, concern.GoesToEnquiry) = (null, false);
        }
        else if (!concern.GoesToEnquiry)
        {
            concern.Outcome ??= random.NextDouble() switch { < 0.35 => ConcernPathway.Advice, < 0.6 => ConcernPathway.ReferredOn, _ => ConcernPathway.Closed };
        }
    }

    private ToldConcern Told(Person person, DateOnly day)
    {
        var source = Source();
        var by = random.NextDouble() switch { < 0.36 => RiskSource.ServiceProvider, < 0.88 => RiskSource.KnownToIndividual, _ => RiskSource.UnknownToIndividual };
        var where = by == RiskSource.ServiceProvider
            ? random.NextDouble() switch { < 0.45 => RiskLocation.CareHomeResidential, < 0.75 => RiskLocation.CareHomeNursing, < 0.93 => RiskLocation.OwnHome, < 0.97 => RiskLocation.CommunityService, _ => RiskLocation.HospitalAcute }
            : random.NextDouble() switch { < 0.8 => RiskLocation.OwnHome, < 0.92 => RiskLocation.Community, < 0.95 => RiskLocation.HospitalMentalHealth, _ => RiskLocation.Other };
        var type = Type(by);
        var other = Type(by);
        return new ToldConcern
        {
            Person = person,
            Day = day,
            Source = source,
            Asked = random.NextDouble() < AskedShare(day) ? random.NextDouble() < 0.8 ? OutcomesAsked.Expressed : OutcomesAsked.NoneExpressed : OutcomesAsked.NotAsked,
            Risks = random.NextDouble() < 0.35 && other != type ? [(type, by, where), (other, by, where)] : [(type, by, where)],
        };
    }

    /// <summary>Sought ever more at the very beginning, as the source document says.</summary>
    private static double AskedShare(DateOnly day) => day.Year switch { 2021 => 0.52, 2022 => 0.58, 2023 => 0.7, _ => 0.82 };

    /// <summary>Self-neglect and neglect come first, as the board was told.</summary>
    private AbuseType Type(RiskSource by) => by == RiskSource.ServiceProvider
        ? random.NextDouble() switch { < 0.6 => AbuseType.Neglect, < 0.75 => AbuseType.Physical, < 0.87 => AbuseType.Organisational, < 0.95 => AbuseType.Psychological, _ => AbuseType.Financial }
        : random.NextDouble() switch
        {
            < 0.38 => AbuseType.SelfNeglect,
            < 0.5 => AbuseType.Domestic,
            < 0.62 => AbuseType.Financial,
            < 0.74 => AbuseType.Psychological,
            < 0.86 => AbuseType.Physical,
            < 0.92 => AbuseType.Neglect,
            < 0.96 => AbuseType.Sexual,
            < 0.98 => AbuseType.SexualExploitation,
            < 0.99 => AbuseType.Discriminatory,
            _ => AbuseType.ModernSlavery,
        };

    /// <summary>Of those that are not by care providers, which are counted out apart.</summary>
    private ConcernSource Source() => random.NextDouble() switch
    {
        < 0.26 => ConcernSource.Ambulance,
        < 0.42 => ConcernSource.Hospital,
        < 0.54 => ConcernSource.Health,
        < 0.66 => ConcernSource.Police,
        < 0.76 => ConcernSource.FamilyOrFriend,
        < 0.84 => ConcernSource.AdultSocialCare,
        < 0.9 => ConcernSource.Housing,
        < 0.93 => ConcernSource.MentalHealth,
        < 0.95 => ConcernSource.Self,
        < 0.97 => ConcernSource.Voluntary,
        < 0.98 => ConcernSource.FireAndRescue,
        < 0.99 => ConcernSource.Anonymous,
        _ => ConcernSource.OtherAgency,
    };

    private List<Person> New(int count, DateOnly day)
    {
        var made = Enumerable.Range(0, Of(count)).Select(_ => makePeople.Next(day)).ToList();
        people.AddRange(made);
        return made;
    }

    private List<Person> Some(List<Person> from, int count) => [.. Shuffled(from).Take(count)];

    private T[] Shuffled<T>(List<T> list)
    {
        var all = list.ToArray();
        random.Shuffle(all);
        return all;
    }
}

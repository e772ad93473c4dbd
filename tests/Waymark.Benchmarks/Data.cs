using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Benchmarks;

/// <summary>Made-up rows for the bench, the same for the same seed.</summary>
public static class Data
{
    private static readonly string[] Given = "Ada Amal Bela Cora Dev Ella Finn Gita Hugo Ines Jude Kira Leo Mina Noor Owen Pia Quin Rosa Sean Tara Uma Vera Will Xena Yara Zane Asha Boris Clara".Split(' ');
    private static readonly string[] Starts = "Ash Bar Cal Dun El Far Gal Hol In Jar Kel Lang Mor Nor Ok Pem Quil Rad Sand Thorn Up Vaz Whit Yor Zel".Split(' ');
    private static readonly string[] Ends = "by combe den field ford gate ham hurst ley low man mere more ness over rick sham stead stone ston ter thorpe ton ville wick worth".Split(' ');

    public static List<StageSpan> Spans(int count, int seed)
    {
        var random = new Random(seed);
        var start = new DateOnly(2021, 4, 1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var from = start.AddDays(random.Next(1200));
            DateOnly? to = random.Next(20) == 0 ? null : from.AddDays(random.Next(1, 160));
            return new StageSpan
            {
                EpisodeId = Guid.CreateVersion7(), PersonId = Guid.CreateVersion7(), PathwayKey = "care-act-assessment", StageKey = random.Next(2) == 0 ? "allocate" : "assess",
                VisitId = Guid.CreateVersion7(), VisitDate = from, Priority = "medium", FromOn = At(from), FromDate = from, ToOn = to is { } end ? At(end) : null, ToDate = to, EndReason = to is null ? null : "allocated",
            };
        })];
    }

    /// <summary>People with their names indexed.</summary>
    public static async Task<List<Person>> PeopleAsync(Ground ground, int count, int seed)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(1, count).Select(i => Person(i, random)).ToList();
        foreach (var some in people.Chunk(50_000))
        {
            await ground.InDbAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await new BulkWriter(db).WriteAsync(some);
                await NameIndex.AddRangeAsync(db, some);
                await transaction.CommitAsync();
                return true;
            });
        }

        return people;
    }

    /// <summary>A county with open and closed work, notes, teams and a manager who may see it.</summary>
    public static async Task<County> CountyAsync(Ground ground, int people, int seed)
    {
        var persons = await PeopleAsync(ground, people, seed);
        var random = new Random(seed);
        var team = new Team { Key = "north", Name = "North" };
        var manager = new User { DisplayName = "Manager", UserName = "manager", SecurityStamp = "x" };
        var spans = new List<StageSpan>();
        var (notes, subjects) = (new List<Note>(), new List<NoteSubject>());
        var episodes = persons.Select((p, i) =>
        {
            var from = new DateOnly(2024, 7, 30).AddDays(-random.Next(90));
            var isOpen = i % 4 == 0;
            var episode = new Episode
            {
                Reference = $"CAA-2024-{i + 1:000000}", PathwayKey = "care-act-assessment", PersonId = p.Id, ReceivedOn = At(from), ReceivedDate = from, StageKey = "allocate", TeamId = team.Id,
                Priority = "medium", PriorityReason = "lives alone", Risk = "amber", LastContactDate = from, NextContactDueDate = from.AddDays(28),
                ClosedOn = isOpen ? null : At(from.AddDays(1)), ClosedDate = isOpen ? null : from.AddDays(1), Departure = isOpen ? null : "signposted", ExitKey = isOpen ? null : "signposted",
            };
            spans.Add(new StageSpan
            {
                EpisodeId = episode.Id, PersonId = p.Id, PathwayKey = episode.PathwayKey, StageKey = "allocate", VisitId = Guid.CreateVersion7(), VisitDate = from, TeamId = team.Id, Priority = "medium",
                PriorityReason = "lives alone", Risk = "amber", FromOn = At(from), FromDate = from, ToOn = episode.ClosedOn, ToDate = episode.ClosedDate, EndReason = episode.Departure,
            });
            if (i % 2 == 0)
            {
                var note = new Note { Kind = "call", Text = "Spoke with her daughter. All well at home; the rail is fitted.", HappenedOn = At(from), HappenedDate = from, WrittenOn = At(from), AuthorId = manager.Id };
                notes.Add(note);
                subjects.Add(new NoteSubject { NoteId = note.Id, PersonId = p.Id, EpisodeId = episode.Id });
            }

            return episode;
        }).ToList();
        await ground.InDbAsync(async db =>
        {
            db.Add(team);
            db.Add(manager);
            db.Add(new TeamMember { TeamId = team.Id, UserId = manager.Id, IsManager = true, FromDate = new DateOnly(2021, 1, 1) });
            db.Add(new RoleGrant { UserId = manager.Id, RoleKey = "team-manager", Source = "local" });
            await db.SaveChangesAsync();
            var writer = new BulkWriter(db);
            await writer.WriteAsync(episodes);
            await writer.WriteAsync(spans);
            await writer.WriteAsync(notes);
            return await writer.WriteAsync(subjects);
        });
        return new County(manager.Id, persons[0], episodes[0], ground.IsPostgres);
    }

    private static Person Person(int i, Random random)
    {
        var (given, family) = (Given[random.Next(Given.Length)], Starts[random.Next(Starts.Length)] + Ends[random.Next(Ends.Length)] + (random.Next(3) == 0 ? Ends[random.Next(Ends.Length)] : ""));
        var postcode = $"ZZ99 {random.Next(1, 10)}{(char)('A' + random.Next(26))}{(char)('A' + random.Next(26))}";
        return new Person
        {
            Reference = $"P-{i:000000}", GivenName = given, FamilyName = family, SortKey = Names.SortKey(family, given), BirthDate = new DateOnly(1925, 1, 1).AddDays(random.Next(29_000)),
            CouncilId = $"{4_000_000 + i}", Postcode = postcode, PostcodeKey = postcode.Replace(" ", "", StringComparison.Ordinal), Address = $"{random.Next(1, 200)} Lantern Row", Ward = "Northfield",
        };
    }

    private static DateTime At(DateOnly day) => CareClock.FromLondon(day, new TimeOnly(9, 0));

    public sealed record County(Guid ManagerId, Person Person, Episode Episode, bool IsPostgres)
    {
        /// <summary>An id as the engine writes it in SQL.</summary>
        public string Key(Guid id) => IsPostgres ? $"'{id}'" : $"'{id.ToString().ToUpperInvariant()}'";
    }
}

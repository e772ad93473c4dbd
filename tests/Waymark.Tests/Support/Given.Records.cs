using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;

namespace Waymark.Tests.Support;

/// <summary>People and episodes to be restricted, straight into the database.</summary>
public static class GivenRecords
{
    private static int last;

    public static Person AddPerson(WaymarkDb db, string given = "Amal", string family = "Okafor")
    {
        var person = new Person { Reference = $"P-9{Interlocked.Increment(ref last):00000}", GivenName = given, FamilyName = family, SortKey = Names.SortKey(family, given) };
        db.People.Add(person);
        return person;
    }

    public static Episode AddEpisode(WaymarkDb db, Person? person, string pathway, Guid? worker = null, Guid? team = null)
    {
        var episode = new Episode
        {
            Reference = $"REC-2024-{Interlocked.Increment(ref last):000000}", PathwayKey = pathway, PersonId = person?.Id, StageKey = "open", WorkerId = worker, TeamId = team,
            ReceivedOn = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc), ReceivedDate = new DateOnly(2024, 7, 1),
        };
        db.Episodes.Add(episode);
        return episode;
    }

    public static Restriction Restrict(WaymarkDb db, Person person, Guid owner, Episode? episode = null, string? field = null, bool hidesStub = false, Guid? user = null, Guid? team = null)
    {
        var restriction = new Restriction
        {
            PersonId = person.Id, EpisodeId = episode?.Id, Field = field, HidesStub = hidesStub, OwnerId = owner, Reason = "Test", FromOn = new DateTime(2024, 7, 1, 9, 0, 0, DateTimeKind.Utc),
            AllowedUserIds = user?.ToString() ?? "", AllowedTeamIds = team?.ToString() ?? "",
        };
        db.Restrictions.Add(restriction);
        return restriction;
    }

    /// <summary>Signs a scope's viewer in without a user row.</summary>
    public static Action<Viewer> As(Guid user, Guid? team = null, params string[] permissions) =>
        viewer => viewer.SignIn(user, "A worker", new HashSet<string>(), permissions.ToHashSet(StringComparer.Ordinal), team is { } t ? [t] : [], []);
}

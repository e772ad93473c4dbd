using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.People;

namespace Waymark.Returns.OpenItems;

/// <summary>
/// The people, teams and workers a file names, found or made. An extract gives no names of people: a person it brings is known by the council's number.
/// A worker it brings cannot sign in.
/// </summary>
internal sealed class OpenItemParties
{
    private readonly WaymarkDb db;
    private readonly OpenItemImport import;
    private readonly Dictionary<string, Person> people;
    private readonly Dictionary<string, Team> teams;
    private readonly Dictionary<string, User> workers;
    private readonly HashSet<(Guid Team, Guid User)> members;
    private readonly Dictionary<Guid, ReportedFact> plans;
    private readonly HashSet<Guid> reported = [];
    private int lastPerson;

    private OpenItemParties(
        WaymarkDb db, OpenItemImport import, Dictionary<string, Person> people, Dictionary<string, Team> teams, Dictionary<string, User> workers,
        HashSet<(Guid, Guid)> members, Dictionary<Guid, ReportedFact> plans, int lastPerson)
    {
        (this.db, this.import, this.people, this.teams, this.workers, this.members, this.plans, this.lastPerson) = (db, import, people, teams, workers, members, plans, lastPerson);
    }

    public static async Task<OpenItemParties> LoadAsync(WaymarkDb db, OpenItemImport import, OpenItemPlan plan)
    {
        var numbers = plan.New.Concat(plan.Known.Select(k => k.Item)).Select(i => i.PersonId).Distinct().ToList();

        // A record that was merged stands for the one it was merged into.
        var people = (await (from p in db.People
                             where numbers.Contains(p.CouncilId!)
                             join m in db.People on p.MergedIntoId equals m.Id into merged
                             from survivor in merged.DefaultIfEmpty()
                             select new { p.CouncilId, Person = survivor ?? p }).ToListAsync()).ToDictionary(p => p.CouncilId!, p => p.Person, StringComparer.OrdinalIgnoreCase);
        var teams = await db.Teams.ToDictionaryAsync(t => t.Key);
        var workers = (await db.Users.ToListAsync()).GroupBy(u => Names.Fold(u.DisplayName)).Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single());
        var members = (await db.TeamMembers.Where(m => m.ToDate == null).Select(m => new { m.TeamId, m.UserId }).ToListAsync()).Select(m => (m.TeamId, m.UserId)).ToHashSet();
        var plans = await db.ReportedFacts.Where(f => f.FactKey == OpenItemWriter.PlanFact && f.ToDate == null).ToDictionaryAsync(f => f.PersonId);
        return new OpenItemParties(db, import, people, teams, workers, members, plans, await db.People.CountAsync());
    }

    public Guid PersonFor(OpenItem item)
    {
        if (!people.TryGetValue(item.PersonId, out var person))
        {
            person = new Person
            {
                Reference = $"X-{import.Id.ToString("N")[^6..]}-{++lastPerson:000000}",
                GivenName = "Person",
                FamilyName = item.PersonId,
                SortKey = Names.SortKey(item.PersonId, "Person"),
                CouncilId = item.PersonId,
                Source = import.Id.ToString(),
            };
            people[item.PersonId] = person;
            db.Add(person);
        }

        // The newest file is right about where a person lives and why they are supported; a value it leaves out stays.
        person.Ward = item.Ward ?? person.Ward;
        person.AgeBand = item.AgeBand ?? person.AgeBand;
        person.SupportReason = item.SupportReason ?? person.SupportReason;
        return person.Id;
    }

    public Guid? TeamFor(OpenItem item)
    {
        if (item.Team is not { } name)
        {
            return null;
        }

        var key = OpenItemKinds.Slug(name);
        if (!teams.TryGetValue(key, out var team))
        {
            teams[key] = team = new Team { Key = key, Name = name };
            db.Add(team);
        }

        return team.Id;
    }

    public Guid? WorkerFor(OpenItem item)
    {
        if (item.Worker is not { } name)
        {
            return null;
        }

        var key = Names.Fold(name);
        if (!workers.TryGetValue(key, out var worker))
        {
            var userName = $"extract:{key}";
            workers[key] = worker = new User { DisplayName = name, UserName = userName, NormalizedUserName = userName.ToUpperInvariant(), CanSignIn = false, SecurityStamp = Guid.NewGuid().ToString() };
            db.Add(worker);
        }

        if (TeamFor(item) is { } team && members.Add((team, worker.Id)))
        {
            db.Add(new TeamMember { TeamId = team, UserId = worker.Id, FromDate = import.AsAt });
        }

        return worker.Id;
    }

    /// <summary>"Has a plan" is known from the day the file is as at; a person with several rows has one if any row says so.</summary>
    public void ReportPlan(OpenItem item)
    {
        if (item.HasPlan is not { } has || !people.TryGetValue(item.PersonId, out var person))
        {
            return;
        }

        if (has)
        {
            reported.Add(person.Id);
            if (plans.TryGetValue(person.Id, out var stands) && stands.EndedByImportId == import.Id)
            {
                (stands.ToDate, stands.EndedByImportId) = (null, null);
            }
            else if (stands is null)
            {
                plans[person.Id] = stands = new ReportedFact { PersonId = person.Id, FactKey = OpenItemWriter.PlanFact, FromDate = import.AsAt, ImportId = import.Id };
                db.Add(stands);
            }
        }
        else if (!reported.Contains(person.Id) && plans.TryGetValue(person.Id, out var ends))
        {
            (ends.ToDate, ends.EndedByImportId) = (import.AsAt, import.Id);
        }
    }
}

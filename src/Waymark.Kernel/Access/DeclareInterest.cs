using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;

namespace Waymark.Kernel.Access;

/// <summary>Whom someone declares: by a reference or number, or by full name and date of birth, so that nobody need open the record to say that they may not.</summary>
public sealed record InterestDetails
{
    [Display(Name = "Reference, council number or NHS number")]
    public string? Number { get; set; }

    [Display(Name = "Given name")]
    public string? GivenName { get; set; }

    [Display(Name = "Family name")]
    public string? FamilyName { get; set; }

    [Display(Name = "Date of birth")]
    public DateOnly? BirthDate { get; set; }

    [Display(Name = "Who they are to you")]
    public string? Relation { get; set; }
}

/// <summary>A member of staff declares a person whom they may not see: themselves, family, a neighbour. It holds from that moment.</summary>
[Scoped]
public sealed class DeclareInterest(WaymarkDb db, Viewer viewer, TimeProvider time, Auditor audit)
{
    /// <exception cref="RefusedException">No record, or more than one, is meant.</exception>
    public async Task RunAsync(InterestDetails details)
    {
        ArgumentNullException.ThrowIfNull(details);
        var relation = details.Relation?.Trim() is { Length: > 0 } given ? given : throw new RefusedException("Enter who they are to you, such as brother or neighbour", nameof(details.Relation));
        var people = await FindAsync(details);
        foreach (var person in people)
        {
            if (!await db.DeclaredInterests.AnyAsync(d => d.UserId == viewer.UserId && d.PersonId == person && d.EndedOn == null))
            {
                var interest = new DeclaredInterest { UserId = viewer.UserId, PersonId = person, Relation = relation, DeclaredOn = Instants.Truncate(time.GetUtcNow().UtcDateTime) };
                db.DeclaredInterests.Add(interest);
                audit.Record("declare-interest", interest, null, person);
            }
        }

        await db.SaveChangesAsync();
    }

    /// <summary>By name and date of birth every record that matches is meant: two records of one person are both closed.</summary>
    private async Task<List<Guid>> FindAsync(InterestDetails details)
    {
        List<Guid> found;
        if (details.Number?.Trim() is { Length: > 0 } number)
        {
            var (digits, reference) = (new string([.. number.Where(char.IsAsciiDigit)]), number.ToUpperInvariant());
            found = await db.People.Where(p => p.Reference == reference || p.CouncilId == number || (digits.Length == 10 && p.NhsNumber == digits)).Select(p => p.MergedIntoId ?? p.Id).Distinct().ToListAsync();
            return found.Count > 0 ? found : throw new RefusedException("No record has this number. Check it, or give the name and date of birth", nameof(details.Number));
        }

        if (details.BirthDate is not { } born || string.IsNullOrWhiteSpace(details.FamilyName) || string.IsNullOrWhiteSpace(details.GivenName))
        {
            throw new RefusedException("Enter a number, or the given name, family name and date of birth", nameof(details.Number));
        }

        var sortKey = Names.SortKey(details.FamilyName, details.GivenName);
        found = await db.People.Where(p => p.BirthDate == born && p.SortKey == sortKey && p.MergedIntoId == null).Select(p => p.Id).ToListAsync();
        return found.Count > 0 ? found : throw new RefusedException("No record has this name and date of birth. If the council gets to know them later, declare it then", nameof(details.FamilyName));
    }
}

/// <summary>Ends a declaration that was wrong or holds no longer. By someone who may restrict records, never by whoever declared it.</summary>
[Scoped]
public sealed class EndInterest(WaymarkDb db, Viewer viewer, TimeProvider time, Auditor audit)
{
    public async Task RunAsync(Guid interestId)
    {
        var interest = await db.DeclaredInterests.SingleOrDefaultAsync(d => d.Id == interestId && d.EndedOn == null) ?? throw new RefusedException("There is no such declaration.");
        if (interest.UserId == viewer.UserId || !viewer.May(Can.RestrictRecords))
        {
            throw new RefusedException("A declaration is ended by someone else, who may restrict records.");
        }

        (interest.EndedOn, interest.EndedById) = (Instants.Truncate(time.GetUtcNow().UtcDateTime), viewer.UserId);
        audit.Record("end-declared-interest", interest, null, interest.PersonId);
        await db.SaveChangesAsync();
    }
}

using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Liberty.Dols.Assessors;

/// <summary>Puts an assessor on the list, or takes one off it.</summary>
[Scoped]
public sealed class KeepAssessors(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit)
{
    public async Task AddAsync(string? name, Profession? profession, IReadOnlyCollection<string> able, string? agency, Guid? userId)
    {
        Check();
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new RefusedException("Give the assessor's name.", "Name");
        }

        if (able.Contains("mental-health") && profession != Profession.Doctor)
        {
            throw new RefusedException("A mental health assessor is a doctor. Check the profession.", "Able");
        }

        if (able.Contains("best-interests") && profession == Profession.Doctor)
        {
            throw new RefusedException("A doctor is not a best interests assessor: it takes a social worker, nurse, occupational therapist or psychologist.", "Able");
        }

        var assessor = new DolsAssessor
        {
            Name = name.Trim(),
            Profession = profession ?? throw new RefusedException("Choose the profession.", "Profession"),
            IsBestInterests = able.Contains("best-interests"),
            IsMentalHealth = able.Contains("mental-health"),
            IsApprovedProfessional = able.Contains("amhp"),
            IsEmployedHere = string.IsNullOrWhiteSpace(agency) && profession != Profession.Doctor,
            Agency = string.IsNullOrWhiteSpace(agency) ? null : agency.Trim(),
            UserId = userId,
        };
        db.Add(assessor);
        audit.Record("add-assessor", assessor, new { assessor.Profession, assessor.UserId });
        await db.SaveChangesAsync();
    }

    public async Task EndAsync(Guid id)
    {
        Check();
        var assessor = await db.Set<DolsAssessor>().FirstOrDefaultAsync(a => a.Id == id) ?? throw new RefusedException("There is no such assessor.");
        assessor.EndedDate = clock.Today;
        audit.Record("end-assessor", assessor);
        await db.SaveChangesAsync();
    }

    private void Check()
    {
        if (!viewer.May(LibertyCan.Work))
        {
            throw new RefusedException("You may not change the list of assessors.");
        }
    }
}

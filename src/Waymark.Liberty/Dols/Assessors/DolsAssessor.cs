using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;

namespace Waymark.Liberty.Dols.Assessors;

public enum Profession
{
    [Choice("Social worker")] SocialWorker,
    [Choice("Nurse")] Nurse,
    [Choice("Occupational therapist")] OccupationalTherapist,
    [Choice("Psychologist")] Psychologist,
    [Choice("Doctor")] Doctor,
}

/// <summary>Someone who may assess: SI 2008/1858 says who may do what. Entered by the DoLS team, with an account here or without.</summary>
public sealed class DolsAssessor : Entity
{
    public required string Name { get; set; }
    public required Profession Profession { get; set; }

    /// <summary>Trained and approved as a best interests assessor.</summary>
    public bool IsBestInterests { get; set; }

    /// <summary>A doctor approved under section 12, or with the experience and training that the regulations ask.</summary>
    public bool IsMentalHealth { get; set; }

    /// <summary>Also an approved mental health professional, who may assess eligibility.</summary>
    public bool IsApprovedProfessional { get; set; }

    /// <summary>Employed by this council: may then not be the best interests assessor for a place that the council runs.</summary>
    public bool IsEmployedHere { get; set; }
    public string? Agency { get; set; }

    /// <summary>The managing authority they work for, if they do.</summary>
    public Guid? AuthorityId { get; set; }
    public Guid? UserId { get; set; }
    public DateOnly? EndedDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsAssessor>
    {
        public void Configure(EntityTypeBuilder<DolsAssessor> builder) => builder.HasIndex(a => a.UserId);
    }
}

/// <summary>Who was appointed to one of the six assessments, and that they declared no conflict.</summary>
public sealed class DolsAppointment : Entity
{
    public required Guid EpisodeId { get; init; }
    public required string Kind { get; init; }
    public required Guid AssessorId { get; init; }
    public required Guid ById { get; init; }
    public required DateTime AppointedOn { get; init; }
    public DateTime? EndedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DolsAppointment>
    {
        public void Configure(EntityTypeBuilder<DolsAppointment> builder)
        {
            builder.HasIndex(a => a.EpisodeId);
            builder.HasIndex(a => a.AssessorId);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.People;

/// <summary>One record per person: adult, carer or both. Idea 1 of the kernel.</summary>
public sealed class Person : Entity
{
    /// <summary>The human reference, <c>P-000123</c>.</summary>
    public required string Reference { get; init; }

    public string? Title { get; set; }
    public required string GivenName { get; set; }
    public required string FamilyName { get; set; }

    /// <summary>What the person wishes to be called, where it is not the given name.</summary>
    public string? PreferredName { get; set; }

    public string? Pronouns { get; set; }

    /// <summary>Family name then given name, folded for sorting; made by <see cref="Names.SortKey"/>.</summary>
    public required string SortKey { get; set; }

    public DateOnly? BirthDate { get; set; }
    public DateOnly? DeathDate { get; set; }

    /// <summary>The council's own person number; unique where given. Further identifiers stand in <see cref="PersonIdentifier"/>.</summary>
    public string? CouncilId { get; set; }

    /// <summary>Ten digits, valid by its check digit; unique where given.</summary>
    public string? NhsNumber { get; set; }

    public Sex Sex { get; set; }

    /// <summary>A code of the CLD ethnicity list, dated data; <c>null</c> is not asked.</summary>
    public string? Ethnicity { get; set; }

    /// <summary>CLD primary support reason.</summary>
    public string? SupportReason { get; set; }

    public bool? HasDisability { get; set; }

    /// <summary>Current address, one line, as it is written on an envelope less the postcode. History: <see cref="PersonAddress"/>.</summary>
    public string? Address { get; set; }
    public string? Postcode { get; set; }

    /// <summary>Age band as an extract gave it, used for cuts only where there is no birth date.</summary>
    public string? AgeBand { get; set; }

    /// <summary>Ward code, for cuts.</summary>
    public string? Ward { get; set; }
    public string? Phone { get; set; }

    /// <summary>Digits only, for search.</summary>
    public string? PhoneKey { get; set; }

    /// <summary>Upper case, no spaces, for search.</summary>
    public string? PostcodeKey { get; set; }
    public string? Email { get; set; }

    /// <summary>How to communicate: language, format, hearing, interpreter. The Accessible Information Standard's five steps start here.</summary>
    public string? CommunicationNeeds { get; set; }
    public string? Language { get; set; }
    public bool IsCarer { get; set; }

    /// <summary>The record this one was merged into; search and links follow it.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>When what the council held about the person was disposed of. What stands here then names nobody.</summary>
    public DateTime? DisposedOn { get; set; }

    /// <summary>Where the row came from: <c>casework</c>, <c>demo</c> or the id of an import.</summary>
    public string Source { get; set; } = "casework";

    public string DisplayName => $"{PreferredName ?? GivenName} {FamilyName}".Trim();

    /// <summary>Whole years on a day, or <c>null</c> when the birth date is unknown.</summary>
    public int? AgeOn(DateOnly day) => BirthDate is { } birth ? Names.Age(birth, day) : null;

    private sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.HasIndex(p => p.Reference).IsUnique();
            builder.HasIndex(p => p.CouncilId).IsUnique();
            builder.HasIndex(p => p.NhsNumber).IsUnique();
            builder.HasIndex(p => p.BirthDate);
            builder.HasIndex(p => p.PostcodeKey);
            builder.HasIndex(p => p.PhoneKey);
            builder.HasIndex(p => p.SortKey);
            builder.HasIndex(p => p.MergedIntoId);
        }
    }
}

public enum Sex { NotKnown, Male, Female, Other }

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.People;

/// <summary>A name the person has or had. The current one also stands on the <see cref="Person"/>.</summary>
public sealed class PersonName : Entity
{
    public required Guid PersonId { get; set; }
    public required string GivenName { get; set; }
    public required string FamilyName { get; set; }
    public required PersonNameKind Kind { get; set; }
    public DateOnly? ToDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonName>
    {
        public void Configure(EntityTypeBuilder<PersonName> builder) => builder.HasIndex(n => n.PersonId);
    }
}

public enum PersonNameKind { Current, Alias, Former }

/// <summary>An identifier another body gave: an NHS number that a merge set aside, a housing number, a prison number.</summary>
public sealed class PersonIdentifier : Entity
{
    public required Guid PersonId { get; set; }
    public required string Scheme { get; set; }
    public required string Value { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonIdentifier>
    {
        public void Configure(EntityTypeBuilder<PersonIdentifier> builder)
        {
            builder.HasIndex(i => new { i.Value, i.Scheme });
            builder.HasIndex(i => i.PersonId);
        }
    }
}

public sealed class PersonAddress : Entity
{
    public required Guid PersonId { get; set; }
    public required string Address { get; set; }
    public string? Postcode { get; set; }
    public string? Ward { get; set; }
    public required DateOnly FromDate { get; set; }
    public DateOnly? ToDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonAddress>
    {
        public void Configure(EntityTypeBuilder<PersonAddress> builder) => builder.HasIndex(a => a.PersonId);
    }
}

/// <summary><see cref="PersonId"/> is the <see cref="Kind"/> of <see cref="OtherPersonId"/>: "daughter of", "carer for", "attorney for".</summary>
public sealed class PersonRelationship : Entity
{
    public required Guid PersonId { get; set; }
    public required Guid OtherPersonId { get; set; }
    public required string Kind { get; set; }
    public bool IsKeyPerson { get; set; }
    public DateOnly? FromDate { get; set; }
    public DateOnly? ToDate { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonRelationship>
    {
        public void Configure(EntityTypeBuilder<PersonRelationship> builder)
        {
            builder.HasIndex(r => r.OtherPersonId);
            builder.HasIndex(r => r.PersonId);
        }
    }
}

/// <summary>An alert about a person. It has a reason, a review date and an expiry (practice: secrecy and the law of records).</summary>
public sealed class PersonAlert : Entity
{
    public required Guid PersonId { get; set; }
    public required string Kind { get; set; }
    public required string Text { get; set; }
    public required string Reason { get; set; }
    public required DateOnly ReviewDate { get; set; }
    public required DateOnly ExpiryDate { get; set; }
    public required DateTime AddedOn { get; init; }
    public required Guid AddedById { get; init; }
    public DateTime? EndedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<PersonAlert>
    {
        public void Configure(EntityTypeBuilder<PersonAlert> builder) => builder.HasIndex(a => a.PersonId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.SubjectAccess;

/// <summary>That a bundle was made, for whom, by whom; and the redaction log: what was withheld from it and why, what of others was released and by whose decision.</summary>
public sealed class SubjectAccessAnswer : Entity
{
    public required Guid PersonId { get; init; }
    public required Guid AnsweredById { get; init; }
    public required DateTime AnsweredOn { get; init; }
    public required int Entries { get; init; }

    /// <summary>JSON, each with its key, section and reason. No text of the entries themselves.</summary>
    public required string Withheld { get; init; }

    /// <summary>JSON: entries from or about others that were ticked.</summary>
    public required string Released { get; init; }

    /// <summary>Of the bundle's bytes, so that what was handed out can be told from what someone says was.</summary>
    public required string Sha256 { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<SubjectAccessAnswer>
    {
        public void Configure(EntityTypeBuilder<SubjectAccessAnswer> builder) => builder.HasIndex(a => a.PersonId);
    }
}

/// <summary>On a property: whomever it tells of is someone other than the person the record is about, so subject access withholds it until a person decides.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ThirdPartyAttribute : Attribute;

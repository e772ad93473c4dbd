using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Access;

/// <summary>Someone who signs in, or a worker named by an extract who cannot (<see cref="CanSignIn"/> false).</summary>
public sealed class User : IdentityUser<Guid>
{
    public User() => Id = Guid.CreateVersion7();

    public required string DisplayName { get; set; }
    public bool CanSignIn { get; set; } = true;

    /// <summary>Issuer and subject at the council's directory, when signed in through it.</summary>
    public string? DirectorySubject { get; set; }
    public DateTime? LeftOn { get; set; }

    /// <summary>The shared secret of the authenticator app, sealed with the data-protection keys; <c>null</c> without two-step sign-in.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The last 30-second step whose code was used: a code counts once.</summary>
    public long? TotpLastStep { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> builder) => builder.HasIndex(u => u.DirectorySubject).IsUnique();
    }
}

/// <summary>A role held by a user, for the whole council or for one team.</summary>
public sealed class RoleGrant : Entity
{
    public required Guid UserId { get; init; }
    public required string RoleKey { get; init; }
    public Guid? TeamId { get; init; }

    /// <summary>One of <see cref="GrantSource"/>.</summary>
    public required string Source { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<RoleGrant>
    {
        public void Configure(EntityTypeBuilder<RoleGrant> builder) => builder.HasIndex(g => g.UserId);
    }
}

/// <summary>Who gave a role or a place in a team.</summary>
public static class GrantSource
{
    /// <summary>An administrator; stays until one takes it away.</summary>
    public const string Local = "local";

    /// <summary>A group of the council's directory; comes and goes with it at each sign-in.</summary>
    public const string Directory = "directory";
}

/// <summary>Hides a record, or one field of it, from all but those named by team, user or role.</summary>
public sealed class Restriction : Entity
{
    /// <summary>The person the record is about.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The episode restricted, or <c>null</c> for the whole person record (or the field of it).</summary>
    public Guid? EpisodeId { get; init; }

    /// <summary>A field key of <see cref="RestrictedFields"/>, or <c>null</c> for the record.</summary>
    public string? Field { get; init; }

    /// <summary>Even the stub is hidden.</summary>
    public bool HidesStub { get; set; }
    public required string Reason { get; set; }
    public required Guid OwnerId { get; set; }

    /// <summary>Users and teams who may see it, ids comma separated.</summary>
    public string AllowedUserIds { get; set; } = "";
    public string AllowedTeamIds { get; set; } = "";
    public required DateTime FromOn { get; init; }
    public DateTime? ToOn { get; set; }
    public Guid? LiftedById { get; set; }
    public string? LiftedReason { get; set; }

    /// <summary>Written as the rules of access read them.</summary>
    public static string Join(IEnumerable<Guid> ids) => string.Join(',', ids.Distinct());

    public static IReadOnlyList<Guid> Split(string ids) => [.. ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    private sealed class Configuration : IEntityTypeConfiguration<Restriction>
    {
        public void Configure(EntityTypeBuilder<Restriction> builder)
        {
            builder.HasIndex(r => r.PersonId);
            builder.HasIndex(r => r.EpisodeId);
        }
    }
}

/// <summary>Keys of the person's fields that can be hidden one at a time.</summary>
public static class RestrictedFields
{
    public const string Address = "address";
    public const string Phone = "phone";
    public const string FormerNames = "former-names";
    public const string Relationships = "relationships";

    /// <summary>Key and words, in the order in which they are offered.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Address] = "Address and postcode",
        [Phone] = "Telephone and e-mail",
        [FormerNames] = "Former and other names",
        [Relationships] = "Relationships",
    };
}

/// <summary>A view behind a restriction, with its reason; it reaches the record's owner the same day and is judged.</summary>
public sealed class BreakGlass : Entity
{
    public required Guid UserId { get; init; }
    public required Guid PersonId { get; init; }
    public Guid? EpisodeId { get; init; }
    public required string Reason { get; init; }
    public required DateTime OpenedOn { get; init; }

    /// <summary>Brought forward when it is judged not to have been right.</summary>
    public required DateTime ExpiresOn { get; set; }

    /// <summary>Whose restriction stood in the way; the team's manager where it was the pathway; empty when there is neither.</summary>
    public required Guid OwnerId { get; init; }
    public DateTime? JudgedOn { get; set; }
    public Guid? JudgedById { get; set; }
    public bool? WasRight { get; set; }
    public string? Judgement { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<BreakGlass>
    {
        public void Configure(EntityTypeBuilder<BreakGlass> builder)
        {
            builder.HasIndex(b => new { b.UserId, b.PersonId });
            builder.HasIndex(b => b.JudgedOn);
        }
    }
}

/// <summary>A person whom a member of staff declares they may not see: self, family, neighbour.</summary>
public sealed class DeclaredInterest : Entity
{
    public required Guid UserId { get; init; }
    public required Guid PersonId { get; init; }
    public required string Relation { get; init; }
    public required DateTime DeclaredOn { get; init; }

    /// <summary>Ended by a manager, never by whoever declared it.</summary>
    public DateTime? EndedOn { get; set; }
    public Guid? EndedById { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<DeclaredInterest>
    {
        public void Configure(EntityTypeBuilder<DeclaredInterest> builder) => builder.HasIndex(d => new { d.UserId, d.PersonId });
    }
}

/// <summary>Every view of a person, by whom, when and on which page.</summary>
public sealed class ViewLogEntry : LeafRow
{
    public required Guid UserId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTime ViewedOn { get; init; }
    public required string Page { get; init; }

    /// <summary>The purpose, where one was asked: break-glass, opening a measure's rows.</summary>
    public string? Purpose { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<ViewLogEntry>
    {
        public void Configure(EntityTypeBuilder<ViewLogEntry> builder)
        {
            builder.HasIndex(v => new { v.PersonId, v.ViewedOn });
        }
    }
}

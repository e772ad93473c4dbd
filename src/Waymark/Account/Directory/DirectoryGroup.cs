using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Host.Account.Directory;

/// <summary>What belonging to a group of the council's directory gives here: a role, a place in a team, or both. A group may have several rows.</summary>
public sealed class DirectoryGroup : Entity
{
    /// <summary>As the directory sends it: a name, or an id that only the directory understands.</summary>
    public required string Group { get; init; }
    public string? RoleKey { get; init; }
    public Guid? TeamId { get; init; }

    /// <summary>The role is held for the team alone, not for the whole council.</summary>
    public bool OnlyForTeam { get; init; }
    public bool ManagesTeam { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<DirectoryGroup>
    {
        public void Configure(EntityTypeBuilder<DirectoryGroup> builder) => builder.HasIndex(g => g.Group);
    }
}

/// <summary>Someone as the directory describes them when they sign in.</summary>
public sealed record DirectoryPerson
{
    public required string Issuer { get; init; }

    /// <summary>Never changes and is never given to someone else.</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public string? UserName { get; init; }
    public string? Email { get; init; }
    public required IReadOnlySet<string> Groups { get; init; }

    public string Key => $"{Issuer} {Subject}";
}

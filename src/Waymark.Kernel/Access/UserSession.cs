using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Access;

/// <summary>One sign-in on one device, looked up at every request: ending the row signs the device out, on every node, from its next request on.</summary>
public sealed class UserSession : Entity
{
    public required Guid UserId { get; init; }

    /// <summary>One of <see cref="SignInMethods"/>.</summary>
    public required string Method { get; init; }
    public required DateTime StartedOn { get; init; }

    /// <summary>Up to half a minute behind (<see cref="SessionSeenWriter"/>).</summary>
    public required DateTime LastSeenOn { get; set; }

    /// <summary>As a person knows it: "Firefox on Windows".</summary>
    public required string Device { get; init; }
    public required string Address { get; init; }
    public DateTime? EndedOn { get; set; }

    /// <summary>Until two-step sign-in is set up, only the account pages open.</summary>
    public bool MustSetUpTwoFactor { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<UserSession>
    {
        public void Configure(EntityTypeBuilder<UserSession> builder) => builder.HasIndex(s => new { s.UserId, s.EndedOn });
    }
}

/// <summary>How a session came about.</summary>
public static class SignInMethods
{
    public const string Password = "password";
    public const string PasswordAndCode = "password-and-code";
    public const string Directory = "directory";

    /// <summary>Picked at the demo's page; only while the database is a demo.</summary>
    public const string Demo = "demo";
}

/// <summary>How long a session lasts. Set at start, the same on every node.</summary>
public sealed class SessionLimits
{
    /// <summary>Without a request.</summary>
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>From sign-in, however busy.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(12);
}

/// <summary>A code that lets its owner in once when the authenticator app is lost; only its hash is kept.</summary>
public sealed class RecoveryCode : LeafRow
{
    public required Guid UserId { get; init; }
    public required string Hash { get; init; }
    public DateTime? UsedOn { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> builder) => builder.HasIndex(c => c.UserId);
    }
}

/// <summary>A form that arrived after its sender's session had ended, sealed until that same user signs in again.</summary>
public sealed class SealedPost : Entity
{
    /// <summary>The user last signed in on the browser that sent it; nobody else is shown it.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Address and fields, sealed with the data-protection keys.</summary>
    public required string Sealed { get; init; }
    public required DateTime ExpiresOn { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<SealedPost>
    {
        public void Configure(EntityTypeBuilder<SealedPost> builder) => builder.HasIndex(s => s.ExpiresOn);
    }
}

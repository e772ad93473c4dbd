using Microsoft.AspNetCore.Builder;

namespace Waymark.Kernel.Access;

/// <summary>What a handler or endpoint asks of whoever comes: nothing, to be signed in, or one or more permissions.</summary>
public sealed record AccessRule
{
    private AccessRule(bool isPublic, IReadOnlyList<string> permissions) => (IsPublic, Permissions) = (isPublic, permissions);

    public bool IsPublic { get; }

    /// <summary>Keys, all of which are needed; empty for any signed-in user.</summary>
    public IReadOnlyList<string> Permissions { get; }

    /// <summary>
    /// The rule that attributes of one level (a handler, a page model, an endpoint) state, the strictest where they state several; <c>null</c> when they state none.
    /// </summary>
    public static AccessRule? From(IEnumerable<object> attributes)
    {
        var all = attributes.ToList();
        var permissions = all.OfType<RequiresAttribute>().Select(r => r.Permission).Distinct(StringComparer.Ordinal).ToList();
        return permissions.Count > 0 || all.OfType<SignedInAttribute>().Any() ? new AccessRule(false, permissions)
            : all.OfType<PublicAttribute>().Any() ? new AccessRule(true, [])
            : null;
    }
}

/// <summary>How an endpoint that is not a page says who may use it.</summary>
public static class AccessRuleExtensions
{
    /// <summary>Asks a permission of <see cref="Can"/> or a module's own.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, string permission) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RequiresAttribute(permission));

    /// <summary>For any signed-in user.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new SignedInAttribute());

    /// <summary>For anyone, signed in or not.</summary>
    public static TBuilder AllowPublic<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PublicAttribute());
}

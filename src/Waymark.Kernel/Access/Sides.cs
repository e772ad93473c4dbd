namespace Waymark.Kernel.Access;

/// <summary>The two sides of the site, which a council may serve from different machines.</summary>
[Flags]
public enum Sides
{
    Public = 1,
    Staff = 2,
    Both = Public | Staff,
}

/// <summary>
/// The side a page or endpoint stands on, where that does not follow from who may use it: what is <see cref="PublicAttribute"/> stands on the public side and all
/// else on the staff side, but signing in is public and for staff, and an error page is for both.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnSideAttribute(Sides sides) : Attribute
{
    public Sides Sides { get; } = sides;
}

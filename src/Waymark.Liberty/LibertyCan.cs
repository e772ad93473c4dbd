namespace Waymark.Liberty;

/// <summary>The module's permissions.</summary>
public static class LibertyCan
{
    public const string View = "dols.view";
    public const string Work = "dols.work";
    public const string Sign = "dols.sign";
    public const string Request = "dols.request";
    public const string Return = "dols.return";
}

using System.Globalization;
using System.Text;
using Waymark.Demo;
using Waymark.Kernel.Access;

namespace Waymark.Host.Hosting;

/// <summary>What a start prints when the site listens: the address and, in a demo, who to be and what to look at first.</summary>
internal static class Greeting
{
    public static string Of(string address, bool isDemo, Sides sides)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Waymark is at {address}");
        if (isDemo && sides.HasFlag(Sides.Staff))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Demo county: made-up people, on 31 July 2024. Sign in at {address}/demo as one of");
            foreach (var user in DemoUsers.All)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {user.Name,-14} {user.RoleKey.Replace('-', ' '),-22} {user.Note}");
            }

            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Look first at the measures ({address}/measures), then take a contact as Asha Patel and watch a list grow by one.");
        }

        text.AppendLine().Append("Press Ctrl+C to stop.");
        return text.ToString();
    }
}

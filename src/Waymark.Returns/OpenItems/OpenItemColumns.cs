namespace Waymark.Returns.OpenItems;

/// <summary>The columns of the file, documented once: the template, the guide and the reader all come from here.</summary>
public static class OpenItemColumns
{
    public static readonly IReadOnlyList<OpenItemColumn> All =
    [
        new("kind", true, "Which list: assessment, review due, safeguarding enquiry, DoLS, OT, sensory, financial assessment, brokerage, or any other.", "assessment"),
        new("reference", true, "The item's own number in your system. The same item must keep it from week to week.", "R-100234"),
        new("person_id", true, "Your number for the person. No names are needed.", "4410987"),
        new("team", false, "The team it waits with.", "North Locality"),
        new("worker", false, "Who it was given to. Empty while it waits.", ""),
        new("referral_received", false, "The day the council received it. Taken from joined_list when empty.", "03/05/2024"),
        new("joined_list", false, "The day it joined this list: the wait is counted from here. Taken from referral_received when empty.", "07/05/2024"),
        new("allocated_on", false, "The day it was given to a worker. Empty while it waits.", ""),
        new("ended_on", false, "The day it was finished or closed. Rows may stay in the file after they end.", ""),
        new("end_reason", false, "assessed, signposted, declined, died, moved, duplicate, administrative closure, or your own words.", ""),
        new("last_contact", false, "When someone last spoke with the person.", "18/07/2024"),
        new("next_contact_due", false, "When someone should next.", "15/08/2024"),
        new("risk", false, "Red, amber or green; or high, medium or low.", "amber"),
        new("priority", false, "Your priority, as your system says it.", "Priority 2"),
        new("priority_reason", false, "Why it has that priority.", "Lives alone, recent fall"),
        new("has_a_plan", false, "Whether the person already has a support plan: yes or no.", "no"),
        new("due", false, "The day it is due, where your system has one.", ""),
        new("age_band", false, "For example 18-64, 65-74, 75-84, 85+.", "75-84"),
        new("ward", false, "Ward name or code.", "Banbury Cross"),
        new("support_reason", false, "Primary support reason.", "Physical support"),
    ];

    /// <summary>The template: how to declare what the file covers, the header, and one row as an example.</summary>
    public static string Template()
    {
        var lines = new List<string>
        {
            "# as-at: 31/07/2024",
            "# kinds: assessment",
            "# teams: all",
            string.Join(',', All.Select(c => c.Name)),
            string.Join(',', All.Select(c => c.Example.Contains(',', StringComparison.Ordinal) ? $"\"{c.Example}\"" : c.Example)),
        };
        return string.Join('\n', lines) + "\n";
    }
}

public sealed record OpenItemColumn(string Name, bool Required, string Meaning, string Example);

using CsvHelper;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Pathways;

namespace Waymark.Returns.OpenItems;

/// <summary>Reads and checks the values of one row. Faults name line, field, value and rule; a warning says what was done instead.</summary>
internal sealed class RowReader(CsvReader csv, int line, DateOnly asAt)
{
    private static readonly DateOnly Earliest = new(1990, 1, 1);

    public List<RowFault> Faults { get; } = [];
    public List<RowFault> Warnings { get; } = [];

    public bool IsBlank => OpenItemColumns.All.All(c => Text(c.Name) is null);

    /// <summary>A total or a "n rows" line that a report writes under its table.</summary>
    public bool IsFoot => Text("reference") is null && Text("person_id") is null
        && (Text("kind") ?? "").StartsWith("total", StringComparison.OrdinalIgnoreCase);

    /// <summary>The key of the item the row names, as far as it can be told.</summary>
    public string? Key => Text("kind") is { } kind && Text("reference") is { } reference ? OpenItem.KeyOf(OpenItemKinds.Table.For(kind).Key, reference) : null;

    public OpenItem? Read()
    {
        var kind = Required("kind");
        var reference = Required("reference");
        var person = Required("person_id");
        var received = Date("referral_received");
        var joined = Date("joined_list") ?? received;
        received ??= joined;
        var allocated = Date("allocated_on");
        var ended = Date("ended_on");
        if (joined is null && Faults.Count == 0)
        {
            Fault("joined_list", "", "date-missing", "The row has neither joined_list nor referral_received: the wait cannot be counted. Give one of them.");
        }

        if (Faults.Count > 0 || kind is null || reference is null || person is null || joined is null || received is null)
        {
            return null;
        }

        CheckOrder(received.Value, joined.Value, allocated, ended);
        return new OpenItem
        {
            Line = line,
            Kind = OpenItemKinds.Table.For(kind),
            Reference = reference,
            PersonId = person,
            Team = Text("team"),
            Worker = Text("worker"),
            ReferralReceived = received.Value,
            JoinedList = joined.Value,
            AllocatedOn = Allocation(allocated),
            EndedOn = ended,
            EndReason = EndReason(ended),
            LastContact = Date("last_contact"),
            NextContactDue = Date("next_contact_due", mayBeAhead: true),
            Risk = Risk(),
            Priority = Text("priority"),
            PriorityReason = Text("priority_reason"),
            HasPlan = YesNo("has_a_plan"),
            Due = Date("due", mayBeAhead: true),
            AgeBand = AgeBand(),
            Ward = Text("ward"),
            SupportReason = Text("support_reason"),
        };
    }

    public void Fault(string field, string value, string rule, string message) => Faults.Add(new RowFault(line, field, value.Truncated(60), rule, message));

    private void Warn(string field, string value, string rule, string message) => Warnings.Add(new RowFault(line, field, value.Truncated(60), rule, message));

    private void CheckOrder(DateOnly received, DateOnly joined, DateOnly? allocated, DateOnly? ended)
    {
        if (joined < received)
        {
            Fault("joined_list", $"{joined:dd/MM/yyyy}", "date-order", $"It joined the list before it was received ({received:dd/MM/yyyy}). One of the two is wrong.");
        }

        if (allocated < joined)
        {
            Fault("allocated_on", $"{allocated:dd/MM/yyyy}", "date-order", $"It was allocated before it joined the list ({joined:dd/MM/yyyy}). One of the two is wrong.");
        }

        if (ended < joined || ended < allocated)
        {
            Fault("ended_on", $"{ended:dd/MM/yyyy}", "date-order", $"It ended before it joined the list ({joined:dd/MM/yyyy}) or was allocated. One of the dates is wrong.");
        }
    }

    private string? Text(string field) => csv.TryGetField<string>(field, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private string? Required(string field)
    {
        var value = Text(field);
        if (value is null)
        {
            Fault(field, "", "missing", $"The row has no {field}. Give it, or take the row out.");
        }
        else if (value.Length > 100)
        {
            Fault(field, value, "too-long", $"The {field} has {value.Length} characters; at most 100 are taken.");
        }

        return value;
    }

    private DateOnly? Date(string field, bool mayBeAhead = false)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        var parsed = BritishDate.Parse(text);
        if (parsed is null && BritishDate.FromSpreadsheet(text) is { } serial)
        {
            Warn(field, text, "spreadsheet-date", $"{text} is how a spreadsheet stores {serial:d MMMM yyyy}: taken as that day.");
            parsed = serial;
        }

        if (parsed is not { } date)
        {
            Fault(field, text, "not-a-date", $"\"{text.Truncated(60)}\" is not a date. Write it as 31/07/2024.");
            return null;
        }

        if (date < Earliest || (!mayBeAhead && date > asAt))
        {
            var rule = date < Earliest ? $"is before {Earliest:d MMMM yyyy}" : $"is after the day the file is as at ({asAt:dd/MM/yyyy})";
            Fault(field, text, "impossible-date", $"{date:d MMMM yyyy} {rule}. Check the year.");
        }

        return date;
    }

    private DateOnly? Allocation(DateOnly? allocated)
    {
        if (allocated is null && Text("worker") is { } worker)
        {
            Warn("allocated_on", worker, "worker-without-date", "A worker is named but no day of allocation: the item is taken as still waiting. Give allocated_on to count it as allocated.");
        }

        return allocated;
    }

    private string? EndReason(DateOnly? ended)
    {
        var reason = Text("end_reason");
        if (reason is null)
        {
            if (ended is not null)
            {
                Warn("end_reason", "", "end-without-reason", "It ended and no reason is given: counted as \"left the list, reason not given\", never as completed.");
            }

            return ended is null ? null : Departures.Vanished;
        }

        if (ended is null)
        {
            Fault("ended_on", "", "reason-without-end", $"It has an end reason (\"{reason}\") and no day of ending. Give ended_on, or take the reason out.");
        }

        return EndReasons.Map(reason);
    }

    private string? Risk()
    {
        var risk = Text("risk")?.ToLowerInvariant();
        switch (risk)
        {
            case null or "none" or "not set" or "n/a" or "not known": return null;
            case "red" or "high" or "r" or "h": return "red";
            case "amber" or "medium" or "a" or "m": return "amber";
            case "green" or "low" or "g" or "l": return "green";
            default:
                Warn("risk", risk, "unknown-risk", $"\"{risk.Truncated(60)}\" is none of red, amber, green, high, medium, low: taken as not set.");
                return null;
        }
    }

    private string? AgeBand()
    {
        var text = Text("age_band");
        var band = AgeBands.Normalise(text);
        if (band is null && text is not null && !text.Equals(AgeBands.Unknown, StringComparison.OrdinalIgnoreCase))
        {
            Warn("age_band", text, "unknown-age-band", $"\"{text.Truncated(60)}\" is no age band of the Client Level Data ({string.Join(", ", AgeBands.Cld.Select(b => b.Title))}): taken as not known.");
        }

        return band;
    }

    private bool? YesNo(string field)
    {
        var value = Text(field)?.ToLowerInvariant();
        switch (value)
        {
            case null or "not known" or "unknown" or "n/k": return null;
            case "yes" or "y" or "true" or "1": return true;
            case "no" or "n" or "false" or "0": return false;
            default:
                Warn(field, value, "not-yes-or-no", $"\"{value.Truncated(60)}\" is neither yes nor no: taken as not known.");
                return null;
        }
    }
}

/// <summary>End reasons as case systems word them, mapped to the departures that add up over all lists; one unknown keeps its own words.</summary>
internal static class EndReasons
{
    public static string Map(string text)
    {
        var reason = OpenItemKinds.Slug(text);
        return reason switch
        {
            "assessed" or "completed" or "complete" or "assessment-completed" or "assessment-complete" or "finished" => Departures.Assessed,
            "signposted" or "advice-given" or "information-and-advice" or "nfa-information-and-advice" => Departures.Signposted,
            "declined" or "refused" or "declined-assessment" or "person-declined" or "withdrawn" => Departures.Declined,
            "died" or "deceased" or "rip" or "death" => Departures.Died,
            "moved" or "moved-away" or "moved-out-of-area" or "out-of-area" => Departures.Moved,
            "duplicate" or "duplicate-referral" or "entered-in-error" => Departures.Duplicate,
            "administrative-closure" or "admin-closure" or "closed-in-bulk" or "data-cleanse" => Departures.AdministrativeClosure,
            "transferred" or "transfer" or "passed-to-another-team" => Departures.Transferred,
            _ => reason,
        };
    }
}

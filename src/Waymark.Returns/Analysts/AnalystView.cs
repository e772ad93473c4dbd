namespace Waymark.Returns.Analysts;

/// <summary>A column of an analyst's view.</summary>
/// <param name="Type">As the documentation says it: <c>text</c>, <c>date</c>, <c>instant</c> (UTC), <c>whole number</c>, <c>number</c>, <c>yes/no</c> (the words).</param>
/// <param name="Sql">What it is, in SQL that both engines read.</param>
public sealed record AnalystColumn(string Name, string Type, string About, string Sql);

/// <summary>A read-only view that analysts' tools may rely on: columns are added, never renamed or taken away within a release.</summary>
/// <param name="From">The FROM and WHERE of the view, in SQL that both engines read.</param>
/// <param name="OrderBy">Column that an extract is sorted by, so that two extracts of the same records are the same file.</param>
public sealed record AnalystView(string Name, string About, string From, string OrderBy, IReadOnlyList<AnalystColumn> Columns)
{
    public string DropSql => $"DROP VIEW IF EXISTS {Name}";

    public string CreateSql => $"CREATE VIEW {Name} AS SELECT {string.Join(", ", Columns.Select(c => $"{c.Sql} AS {c.Name}"))} {From}";
}

/// <summary>The views. No name, address, telephone, free text or id is in any; subjects are pseudonyms, the same as in measures, figures and extracts.</summary>
public static class AnalystViewList
{
    private const string PersonKey = """LEFT JOIN "Pseudonym" pk ON pk."SubjectId" = """;
    private const string EpisodeKey = """LEFT JOIN "Pseudonym" ek ON ek."SubjectId" = """;

    /// <summary>Somebody whose record or address is restricted has no place in a view either: a ward and a year of birth can be enough to find a refuge.</summary>
    private const string PlaceIsHidden = """
        EXISTS (SELECT 1 FROM "Restriction" x WHERE x."PersonId" = p."Id" AND x."EpisodeId" IS NULL AND (x."Field" IS NULL OR x."Field" = 'address') AND (x."ToOn" IS NULL OR x."ToOn" > CURRENT_TIMESTAMP))
        """;

    public static IReadOnlyList<AnalystView> All { get; } =
    [
        new("waymark_person_pseudonymised", "A row for each person; merged records are left out.", $"""FROM "Person" p {PersonKey}p."Id" WHERE p."MergedIntoId" IS NULL""", "person_key",
        [
            PersonKeyColumn,
            new("birth_year", "whole number", "Year of birth.", """CAST(SUBSTR(CAST(p."BirthDate" AS TEXT), 1, 4) AS INTEGER)"""),
            new("age_band", "text", "Age band as an extract gave it, where there is no birth date.", """p."AgeBand" """),
            new("death_date", "date", "Day of death.", """p."DeathDate" """),
            new("sex", "text", "NotKnown, Male, Female or Other.", """p."Sex" """),
            new("ethnicity", "text", "Code of the national list.", """p."Ethnicity" """),
            new("support_reason", "text", "Primary support reason, national list.", """p."SupportReason" """),
            new("has_disability", "yes/no", "Disability; empty when not recorded.", YesNo("""p."HasDisability" """)),
            new("language", "text", "Language they speak.", """p."Language" """),
            new("is_carer", "yes/no", "Cares for somebody.", YesNo("""p."IsCarer" """)),
            new("ward", "text", "Ward; empty where the record or the address is restricted.", $"""CASE WHEN {PlaceIsHidden} THEN NULL ELSE p."Ward" END"""),
            new("postcode_district", "text", "First part of the postcode; empty where the record or the address is restricted.",
                $"""CASE WHEN {PlaceIsHidden} OR LENGTH(p."PostcodeKey") < 5 THEN NULL ELSE SUBSTR(p."PostcodeKey", 1, LENGTH(p."PostcodeKey") - 3) END"""),
        ]),
        new("waymark_episode", "A row for each episode: one need going down one pathway.",
            $"""FROM "Episode" e {EpisodeKey}e."Id" {PersonKey}e."PersonId" LEFT JOIN "Team" t ON t."Id" = e."TeamId" """, "episode_key",
        [
            EpisodeKeyColumn, PersonKeyColumn, Pathway("e"),
            new("kind", "text", "Kind of list, where one pathway serves several.", """e."Kind" """),
            new("received_date", "date", "Day the council received it.", """e."ReceivedDate" """),
            new("stage", "text", "Stage it is in, or closed in.", """e."StageKey" """),
            TeamColumn,
            new("is_allocated", "yes/no", "A worker has it.", """CASE WHEN e."WorkerId" IS NULL THEN 'no' ELSE 'yes' END"""),
            new("priority", "text", "Priority.", """e."Priority" """),
            new("risk", "text", "Risk.", """e."Risk" """),
            new("last_contact_date", "date", "When somebody last spoke with the person while they wait.", """e."LastContactDate" """),
            new("next_contact_due_date", "date", "When they should next.", """e."NextContactDueDate" """),
            new("closed_date", "date", "Day it closed; empty while open.", """e."ClosedDate" """),
            new("departure", "text", "Why it closed.", """e."Departure" """),
            new("is_imported", "yes/no", "Came with a file of open items and not from casework.", """CASE WHEN e."Source" = 'casework' OR e."Source" = 'demo' THEN 'no' ELSE 'yes' END"""),
        ]),
        new("waymark_stage_span", "A stretch in which stage, team, priority and risk of an episode did not change. It holds on day D when from_date <= D and to_date is empty or after D. Superseded spans are left out.",
            $"""FROM "StageSpan" s {EpisodeKey}s."EpisodeId" {PersonKey}s."PersonId" LEFT JOIN "Team" t ON t."Id" = s."TeamId" WHERE s."SupersededOn" IS NULL""", "span_id",
        [
            new("span_id", "whole number", "Number of the span.", """s."Id" """),
            EpisodeKeyColumn, PersonKeyColumn, Pathway("s"), Stage,
            new("visit_date", "date", "First day of the stay in the stage: the wait is counted from it.", """s."VisitDate" """),
            TeamColumn,
            new("is_allocated", "yes/no", "A worker had it.", """CASE WHEN s."WorkerId" IS NULL THEN 'no' ELSE 'yes' END"""),
            new("priority", "text", "Priority.", """s."Priority" """),
            new("risk", "text", "Risk.", """s."Risk" """),
            new("is_paused", "yes/no", "The person was unavailable; they still count as waiting.", YesNo("""s."IsPaused" """)),
            new("from_date", "date", "First day.", """s."FromDate" """),
            new("to_date", "date", "First day on which it no longer held; empty while it does.", """s."ToDate" """),
            new("end_reason", "text", "Why the stay ended, on its last span.", """s."EndReason" """),
        ]),
        new("waymark_waiting", "Who waits where now: a row for each open span.",
            $"""FROM "StageSpan" s JOIN "Episode" e ON e."Id" = s."EpisodeId" {EpisodeKey}s."EpisodeId" {PersonKey}s."PersonId" LEFT JOIN "Team" t ON t."Id" = s."TeamId" WHERE s."SupersededOn" IS NULL AND s."ToOn" IS NULL AND e."ClosedOn" IS NULL""", "episode_key",
        [
            EpisodeKeyColumn, PersonKeyColumn, Pathway("s"),
            new("kind", "text", "Kind of list, where one pathway serves several.", """e."Kind" """),
            Stage,
            new("waiting_since", "date", "First day of the stay in the stage.", """s."VisitDate" """),
            new("received_date", "date", "Day the council received it.", """e."ReceivedDate" """),
            TeamColumn,
            new("is_allocated", "yes/no", "A worker has it.", """CASE WHEN s."WorkerId" IS NULL THEN 'no' ELSE 'yes' END"""),
            new("priority", "text", "Priority.", """s."Priority" """),
            new("risk", "text", "Risk.", """s."Risk" """),
            new("is_paused", "yes/no", "The person is unavailable; they still count as waiting.", YesNo("""s."IsPaused" """)),
            new("last_contact_date", "date", "When somebody last spoke with the person.", """e."LastContactDate" """),
            new("next_contact_due_date", "date", "When they should next.", """e."NextContactDueDate" """),
        ]),
        new("waymark_clock", "A row for each clock of an episode: when it started, what it allowed, when it stopped.",
            $"""FROM "EpisodeClock" c JOIN "Episode" e ON e."Id" = c."EpisodeId" {EpisodeKey}c."EpisodeId" """, "episode_key",
        [
            EpisodeKeyColumn, Pathway("e"),
            new("clock", "text", "Key of the clock on its pathway.", """c."ClockKey" """),
            new("allowed", "text", "The limit as policy or law gave it when the clock started.", """c."Limit" """),
            new("started_on", "instant", "When it started.", """c."StartedOn" """),
            new("due_date", "date", "Day by which it must stop; empty without a limit.", """c."DueDate" """),
            new("stopped_date", "date", "Day it stopped; empty while it runs.", """c."StoppedDate" """),
            new("only_flags", "yes/no", "Passing it is no breach.", YesNo("""c."IsThreshold" """)),
        ]),
        new("waymark_care_event", "A Request, Assessment, Service or Review in the terms of the national Client Level Data specification.",
            $"""FROM "CareEvent" c {PersonKey}c."PersonId" {EpisodeKey}c."EpisodeId" """, "event_id",
        [
            new("event_id", "whole number", "Number of the event.", """c."Id" """),
            PersonKeyColumn, EpisodeKeyColumn,
            new("kind", "text", "Request, Assessment, Service or Review.", """c."Kind" """),
            new("source", "text", "Which system says so.", """c."Source" """),
            new("start_date", "date", "Start.", """c."StartDate" """),
            new("end_date", "date", "End; empty for a service that is still given.", """c."EndDate" """),
            new("client_type", "text", "Client type.", """c."ClientType" """),
            new("support_reason", "text", "Primary support reason at the event.", """c."SupportReason" """),
            new("route_of_access", "text", "Route of access.", """c."RouteOfAccess" """),
            new("assessment_type", "text", "Assessment type.", """c."AssessmentType" """),
            new("service_type", "text", "Service type.", """c."ServiceType" """),
            new("service_component", "text", "Service component.", """c."ServiceComponent" """),
            new("delivery_mechanism", "text", "Delivery mechanism.", """c."DeliveryMechanism" """),
            new("outcome", "text", "Event outcome.", """c."Outcome" """),
            new("team", "text", "Key of the team.", """c."TeamKey" """),
        ]),
        new("waymark_figure", "A row for each published figure, with its latest restatement.",
            """FROM "PublishedFigure" f LEFT JOIN "FigureRestatement" r ON r."FigureId" = f."Id" AND NOT EXISTS (SELECT 1 FROM "FigureRestatement" l WHERE l."FigureId" = f."Id" AND (l."RestatedOn" > r."RestatedOn" OR (l."RestatedOn" = r."RestatedOn" AND l."Id" > r."Id")))""", "figure_id",
        [
            new("figure_id", "text", "Id of the figure, as in the address of its page.", """LOWER(CAST(f."Id" AS TEXT))"""),
            new("measure", "text", "Key of the measure.", """f."MeasureKey" """),
            new("version", "whole number", "Version of the definition.", """f."DefinitionVersion" """),
            new("title", "text", "Title when published.", """f."Title" """),
            new("unit", "text", "What one of the value is.", """f."Unit" """),
            new("cut", "text", "Key of the cut; empty for the whole.", """f."CutKey" """),
            new("cut_value", "text", "Which value of the cut.", """f."CutTitle" """),
            new("as_at", "date", "The day.", """f."AsAt" """),
            new("period_from", "date", "First day of the period of a flow.", """f."PeriodFrom" """),
            new("value", "number", "Value when published, unrounded.", Number("""f."Value" """)),
            new("numerator", "whole number", "n.", """f."Numerator" """),
            new("denominator", "whole number", "N.", """f."Denominator" """),
            new("row_count", "whole number", "Rows frozen.", """f."RowCount" """),
            new("is_public", "yes/no", "On the list residents see.", YesNo("""f."IsPublic" """)),
            new("published_on", "instant", "When it was published.", """f."PublishedOn" """),
            new("withdrawn_on", "instant", "When it was withdrawn.", """f."WithdrawnOn" """),
            new("restated_value", "number", "Value of the latest restatement.", Number("""r."Value" """)),
            new("restated_on", "instant", "When it was last restated.", """r."RestatedOn" """),
            new("rows_added", "whole number", "Rows that count now and did not when published.", """r."Added" """),
            new("rows_removed", "whole number", "Rows that counted when published and do not now.", """r."Removed" """),
        ]),
    ];

    private static AnalystColumn PersonKeyColumn => new("person_key", "text", "Pseudonym of the person; empty for an organisation's own, and for a few minutes after a record is made.", """pk."Key" """);
    private static AnalystColumn EpisodeKeyColumn => new("episode_key", "text", "Pseudonym of the episode.", """ek."Key" """);
    private static AnalystColumn TeamColumn => new("team", "text", "Key of the team.", """t."Key" """);
    private static AnalystColumn Stage => new("stage", "text", "Key of the stage.", """s."StageKey" """);

    private static AnalystColumn Pathway(string of) => new("pathway", "text", "Key of the pathway.", $"""{of}."PathwayKey" """);
    private static string YesNo(string column) => $"CASE WHEN {column} IS NULL THEN NULL WHEN {column} THEN 'yes' ELSE 'no' END";
    private static string Number(string column) => $"CAST({column} AS NUMERIC)";
}

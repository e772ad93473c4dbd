using System.Reflection;
using System.Text;

namespace Waymark.Kernel.Forms;

/// <summary>Reads the questions of a form from the properties of its record, and says what is wrong with them where a programmer can see it: at start.</summary>
internal static class FormReader
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance;

    public static FormDefinition Read(Type type)
    {
        var form = type.GetCustomAttribute<FormAttribute>()
            ?? throw new InvalidOperationException($"The form {type.Name} has no [Form(key, title)].");
        var sections = new List<(string? Title, List<QuestionDefinition> Questions)>();
        foreach (var (question, section) in Questions(type, "", isRow: false))
        {
            if (sections.Count == 0 || section is not null)
            {
                sections.Add((section, []));
            }

            sections[^1].Questions.Add(question);
        }

        return sections.Count == 0
            ? throw new InvalidOperationException($"The form {type.Name} asks nothing: mark its properties with [Question].")
            : new FormDefinition(type, form, [.. sections.Select(s => new FormSection(s.Title, s.Questions))]);
    }

    /// <summary>The key of a property: <c>HasNeeds</c> is <c>has-needs</c>, <c>NHSNumber</c> is <c>nhs-number</c>.</summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var starts = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (starts)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }

    private static List<(QuestionDefinition Question, string? Section)> Questions(Type type, string prefix, bool isRow)
    {
        var questions = new List<(QuestionDefinition Question, string? Section)>();
        foreach (var property in type.GetProperties(Declared).OrderBy(p => p.MetadataToken))
        {
            var asked = property.GetCustomAttribute<QuestionAttribute>();
            if (asked is null)
            {
                if (property.SetMethod is not null && !(isRow && property.Name == AnswerText.RowIdProperty))
                {
                    throw Wrong(type, property, "is set by nobody: mark it with [Question], or compute it");
                }

                continue;
            }

            questions.Add((Question(type, property, asked, prefix, isRow, questions), asked.Section));
        }

        return questions;
    }

    private static QuestionDefinition Question(
        Type type, PropertyInfo property, QuestionAttribute asked, string prefix, bool isRow, List<(QuestionDefinition Question, string? Section)> before)
    {
        var (kind, element) = KindOf(type, property, asked);
        if (kind == QuestionKind.Rows && isRow)
        {
            throw Wrong(type, property, "is a group inside a row; a row holds plain questions");
        }

        var key = prefix + Kebab(property.Name);
        return new QuestionDefinition
        {
            Key = key,
            Text = asked.Text,
            Hint = asked.Hint,
            Kind = kind,
            Required = asked.Required,
            When = asked.When is null ? null : ConditionOf(type, property, asked.When, prefix, before),
            Lines = asked.Lines,
            MaxLength = kind == QuestionKind.Rows ? Math.Min(asked.MaxLength, AnswerText.MaxRows) : asked.MaxLength,
            Prefill = asked.Prefill,
            ThirdParty = asked.ThirdParty,
            Choices = kind is QuestionKind.Choice or QuestionKind.Choices ? Ui.Choices.Of(element!) : kind == QuestionKind.YesNo ? AnswerText.YesNo : [],
            RowQuestions = kind == QuestionKind.Rows ? [.. Questions(element!, key + ".", isRow: true).Select(q => q.Question)] : [],
            ElementType = element,
            Property = property,
        };
    }

    private static (QuestionKind Kind, Type? Element) KindOf(Type type, PropertyInfo property, QuestionAttribute asked)
    {
        var declared = property.PropertyType;
        if (new NullabilityInfoContext().Create(property).ReadState != NullabilityState.Nullable)
        {
            throw Wrong(type, property, "must be nullable: a draft may leave it");
        }

        if (property.SetMethod is null)
        {
            throw Wrong(type, property, "must have an init accessor");
        }

        if (asked.Repeats)
        {
            return List(declared) is { IsClass: true } row && row != typeof(string)
                ? (QuestionKind.Rows, row)
                : throw Wrong(type, property, "repeats, so it must be an IReadOnlyList of a record of questions");
        }

        var plain = Nullable.GetUnderlyingType(declared) ?? declared;
        return plain switch
        {
            _ when plain == typeof(string) => (QuestionKind.Text, null),
            _ when plain == typeof(bool) => (QuestionKind.YesNo, null),
            _ when plain == typeof(DateOnly) => (QuestionKind.Date, null),
            _ when plain == typeof(TimeOnly) => (QuestionKind.Time, null),
            _ when plain == typeof(int) && !asked.Money => (QuestionKind.Number, null),
            _ when plain == typeof(long) => (asked.Money ? QuestionKind.Money : QuestionKind.Number, null),
            { IsEnum: true } => (QuestionKind.Choice, plain),
            _ when List(declared) is { IsEnum: true } choice => (QuestionKind.Choices, choice),
            _ => throw Wrong(type, property, $"is {declared.Name}{(asked.Money ? " and money" : "")}, which no question can be"),
        };
    }

    private static Type? List(Type declared) =>
        declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? declared.GetGenericArguments()[0] : null;

    private static Condition ConditionOf(
        Type type, PropertyInfo property, string when, string prefix, List<(QuestionDefinition Question, string? Section)> before)
    {
        var parts = when.Split('=', StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            throw Wrong(type, property, $"is asked when '{when}'; write Question=Value or Question=Value|Other");
        }

        var target = before.Select(b => b.Question).FirstOrDefault(q => q.Key == prefix + Kebab(parts[0]))
            ?? throw Wrong(type, property, $"is asked when '{when}', but {parts[0]} is not asked before it");
        var values = parts[1].Split('|', StringSplitOptions.TrimEntries);
        if (values.FirstOrDefault(v => !target.Choices.Any(c => c.Value.Equals(v, StringComparison.OrdinalIgnoreCase))) is { } unknown)
        {
            throw Wrong(type, property, $"is asked when '{when}', but {parts[0]} cannot be '{unknown}'");
        }

        return new Condition(target.Key, values);
    }

    private static InvalidOperationException Wrong(Type type, PropertyInfo property, string what) =>
        new($"In the form {type.Name}, {property.Name} {what}.");
}

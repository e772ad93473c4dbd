using System.Collections;
using System.Globalization;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.Forms;

/// <summary>What is wrong with an answer, in words that say where and how to mend it.</summary>
/// <param name="Field">Name of the field, as <see cref="AnswerAddress.Field"/>.</param>
public sealed record FormError(string Field, string Message);

/// <summary>A form as read from answers. Where there are errors the record holds what could be read.</summary>
/// <param name="Asked">The questions whose conditions were met; answers to others are left out of the record.</param>
public sealed record BoundForm(Form Form, IReadOnlyList<FormError> Errors, IReadOnlySet<AnswerAddress> Asked);

/// <summary>Reads answers into the record and writes a record as answers: the one place where text becomes values.</summary>
public static class FormBinder
{
    public static BoundForm Bind(FormDefinition definition, Answers answers)
    {
        var reading = new Reading(answers);
        var form = (Form)Activator.CreateInstance(definition.Type)!;
        reading.Read(form, definition.Questions, "", "");
        return new BoundForm(form, reading.Errors, reading.Asked);
    }

    /// <summary>The questions asked as the answers now stand, without reading the answers.</summary>
    public static IReadOnlySet<AnswerAddress> Asked(FormDefinition definition, Answers answers) => Bind(definition, answers).Asked;

    /// <summary>The answers that would give this record. Rows keep their ids where they have one.</summary>
    public static Answers Unbind(Form form)
    {
        var answers = new Answers();
        Write(answers, form, FormDefinition.Of(form.GetType()).Questions, "");
        return answers;
    }

    /// <summary>The answer as a reader should see it: "Not yet known", "31 July 2024", "£1,234.50". Text that cannot be read stands as it is.</summary>
    public static string Show(QuestionDefinition question, string text) => question.Kind switch
    {
        QuestionKind.YesNo or QuestionKind.Choice or QuestionKind.Choices => string.Join("; ", Chosen(text).Select(v => question.Choices.FirstOrDefault(c => c.Value == v)?.Text ?? v)),
        QuestionKind.Date => AnswerText.ReadDate(text, out _) is { } date ? Format.Date(date) : text,
        QuestionKind.Time => AnswerText.ReadTime(text, out _) is { } time ? AnswerText.WriteTime(time) : text,
        QuestionKind.Money => AnswerText.ReadMoney(text, out _) is { } pence ? Format.Money(pence) : text,
        QuestionKind.Number => AnswerText.ReadNumber(text, long.MinValue, long.MaxValue, out _) is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) : text,
        _ => text,
    };

    public static string[] Chosen(string text) => text.Split(AnswerText.ListSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void Write(Answers answers, object record, IReadOnlyList<QuestionDefinition> questions, string row)
    {
        foreach (var question in questions)
        {
            var value = question.Property.GetValue(record);
            if (value is null)
            {
                continue;
            }

            if (question.Kind != QuestionKind.Rows)
            {
                answers[question.Key, row] = TextOf(question, value);
                continue;
            }

            var number = 0;
            foreach (var item in (IEnumerable)value)
            {
                var id = item.GetType().GetProperty(AnswerText.RowIdProperty)?.GetValue(item) as string is { Length: > 0 } own ? own : $"r{++number:0000}";
                answers[question.Key, id] = Answers.RowStands;
                Write(answers, item, question.RowQuestions, id);
            }
        }
    }

    private static string TextOf(QuestionDefinition question, object value) => question.Kind switch
    {
        QuestionKind.YesNo => (bool)value ? "Yes" : "No",
        QuestionKind.Date => AnswerText.WriteDate((DateOnly)value),
        QuestionKind.Time => AnswerText.WriteTime((TimeOnly)value),
        QuestionKind.Money => AnswerText.WriteMoney((long)value),
        QuestionKind.Choices => string.Join(AnswerText.ListSeparator, ((IEnumerable)value).Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed class Reading(Answers answers)
    {
        public List<FormError> Errors { get; } = [];
        public HashSet<AnswerAddress> Asked { get; } = [];

        public void Read(object record, IReadOnlyList<QuestionDefinition> questions, string row, string where)
        {
            foreach (var question in questions)
            {
                if (question.When is { } when && !(Asked.Contains(new(when.QuestionKey, row)) && when.HoldsFor(answers[when.QuestionKey, row])))
                {
                    continue;
                }

                var address = new AnswerAddress(question.Key, row);
                Asked.Add(address);
                var value = question.Kind == QuestionKind.Rows ? Rows(question, address) : Value(question, address, where);
                if (value is not null)
                {
                    question.Property.SetValue(record, value);
                }
            }
        }

        private object? Value(QuestionDefinition question, AnswerAddress address, string where)
        {
            var text = answers[address].Trim();
            if (text.Length == 0)
            {
                if (question.Required)
                {
                    Errors.Add(new(address.Field, $"{where}Answer “{question.Text}”"));
                }

                return null;
            }

            string? problem = null;
            object? value = question.Kind switch
            {
                QuestionKind.Date => AnswerText.ReadDate(text, out problem),
                QuestionKind.Time => AnswerText.ReadTime(text, out problem),
                QuestionKind.Money => AnswerText.ReadMoney(text, out problem),
                QuestionKind.Number => Number(question, text, out problem),
                QuestionKind.YesNo => Choice(question, text, out problem) is { } yes ? yes == "Yes" : null,
                QuestionKind.Choice => Choice(question, text, out problem) is { } name ? Enum.Parse(question.ElementType!, name) : null,
                QuestionKind.Choices => Several(question, text, out problem),
                _ => Text(question, text, out problem),
            };
            if (problem is not null)
            {
                Errors.Add(new(address.Field, $"{where}“{question.Text}”: {problem}"));
            }

            return value;
        }

        private object? Rows(QuestionDefinition question, AnswerAddress address)
        {
            var rows = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(question.ElementType!))!;
            foreach (var id in answers.RowIds(question.Key).Where(id => question.RowQuestions.Any(q => !string.IsNullOrWhiteSpace(answers[q.Key, id]))))
            {
                var row = Activator.CreateInstance(question.ElementType!)!;
                question.ElementType!.GetProperty(AnswerText.RowIdProperty)?.SetValue(row, id);
                Read(row, question.RowQuestions, id, $"{question.Text}, {rows.Count + 1}: ");
                rows.Add(row);
            }

            if (rows.Count > question.MaxLength)
            {
                Errors.Add(new(address.Field, $"“{question.Text}”: there are {rows.Count} and there can be {question.MaxLength}; take {rows.Count - question.MaxLength} away"));
            }

            if (rows.Count == 0 && question.Required)
            {
                Errors.Add(new(address.Field, $"“{question.Text}”: add at least one"));
            }

            return rows.Count == 0 ? null : rows;
        }

        private static object? Number(QuestionDefinition question, string text, out string? problem)
        {
            var isInt = (Nullable.GetUnderlyingType(question.Property.PropertyType) ?? question.Property.PropertyType) == typeof(int);
            var number = isInt ? AnswerText.ReadNumber(text, int.MinValue, int.MaxValue, out problem) : AnswerText.ReadNumber(text, long.MinValue, long.MaxValue, out problem);
            return isInt && number is { } small ? (object)(int)small : number;
        }

        private static string? Choice(QuestionDefinition question, string text, out string? problem)
        {
            var choice = question.Choices.FirstOrDefault(c => c.Value.Equals(text, StringComparison.OrdinalIgnoreCase));
            problem = choice is null ? $"“{text}” is not one of the answers; choose again" : null;
            return choice?.Value;
        }

        private static object? Several(QuestionDefinition question, string text, out string? problem)
        {
            problem = null;
            var values = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(question.ElementType!))!;
            foreach (var given in Chosen(text).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (Choice(question, given, out problem) is not { } name)
                {
                    return null;
                }

                values.Add(Enum.Parse(question.ElementType!, name));
            }

            return values;
        }

        private static string? Text(QuestionDefinition question, string text, out string? problem)
        {
            problem = text.Length <= question.MaxLength
                ? null
                : $"it is {text.Length.ToString("N0", CultureInfo.InvariantCulture)} characters long and the most is {question.MaxLength.ToString("N0", CultureInfo.InvariantCulture)}; shorten it";
            return text;
        }
    }
}

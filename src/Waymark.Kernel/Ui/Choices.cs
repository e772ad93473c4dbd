using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Waymark.Kernel.Forms;

namespace Waymark.Kernel.Ui;

/// <summary>One answer that can be chosen.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Text">What is read.</param>
public sealed record Choice(string Value, string Text, string? Hint = null);

/// <summary>The words of enum values, from <see cref="ChoiceAttribute"/>, else from the name: <c>NotYetKnown</c> reads "Not yet known".</summary>
public static class Choices
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<Choice>> Cache = new();

    public static IReadOnlyList<Choice> YesNo { get; } = [new("true", "Yes"), new("false", "No")];

    public static IReadOnlyList<Choice> Of<T>() where T : struct, Enum => Of(typeof(T));

    /// <param name="type">An enum, a nullable enum, or a list of an enum; <c>bool</c> gives yes and no. Anything else gives none.</param>
    public static IReadOnlyList<Choice> Of(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (inner != typeof(string) && inner.IsAssignableTo(typeof(IEnumerable)) && inner.IsGenericType)
        {
            inner = inner.GetGenericArguments()[0];
        }

        return inner == typeof(bool) ? YesNo : inner.IsEnum ? Cache.GetOrAdd(inner, Read) : [];
    }

    public static string Text(Enum value) => Of(value.GetType()).FirstOrDefault(c => c.Value == value.ToString())?.Text ?? Humanise(value.ToString());

    /// <summary><c>DateOfBirth</c> to "Date of birth"; runs of capitals stay: <c>NHSNumber</c> to "NHS number".</summary>
    public static string Humanise(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            var inAcronym = char.IsUpper(name[i]) && ((i + 1 < name.Length && char.IsUpper(name[i + 1])) || (i > 0 && char.IsUpper(name[i - 1]) && !startsWord));
            words.Append(startsWord ? " " : "").Append(i > 0 && !inAcronym ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return words.ToString();
    }

    private static IReadOnlyList<Choice> Read(Type type) =>
    [
        .. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetCustomAttribute<ChoiceAttribute>() is { } choice
            ? new Choice(f.Name, choice.Text, choice.Hint)
            : new Choice(f.Name, Humanise(f.Name))),
    ];
}

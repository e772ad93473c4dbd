using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Waymark.Kernel.Forms;

/// <summary>
/// What a form asks, read once from its record by reflection and kept. Throws <see cref="InvalidOperationException"/>, naming form and property, for a
/// property of an unsupported type or a condition on a question that is not there.
/// </summary>
public sealed class FormDefinition
{
    private static readonly ConcurrentDictionary<Type, FormDefinition> Known = [];

    private readonly FrozenDictionary<string, QuestionDefinition> byKey;

    internal FormDefinition(Type type, FormAttribute form, IReadOnlyList<FormSection> sections)
    {
        (Type, Key, Title, Version, Minutes, Permission, IsOwn, Sections) = (type, form.Key, form.Title, form.Version, form.Minutes, form.Permission, form.IsOwn, sections);
        Several = form.Several;
        Questions = [.. sections.SelectMany(s => s.Questions)];
        byKey = Questions.Concat(Questions.SelectMany(q => q.RowQuestions)).ToFrozenDictionary(q => q.Key);
    }

    public Type Type { get; }
    public string Key { get; }
    public string Title { get; }
    public int Version { get; }
    public int Minutes { get; }

    /// <summary>Several may be open for one subject, each from empty.</summary>
    public bool Several { get; }

    /// <summary>Permission to fill it in.</summary>
    public string Permission { get; }

    /// <summary>See <see cref="FormAttribute.IsOwn"/>.</summary>
    public bool IsOwn { get; }
    public IReadOnlyList<FormSection> Sections { get; }

    /// <summary>All questions in order, rows within their group.</summary>
    public IReadOnlyList<QuestionDefinition> Questions { get; }

    public static FormDefinition Of<TForm>() where TForm : Form => Of(typeof(TForm));

    public static FormDefinition Of(Type type) => Known.GetOrAdd(type, FormReader.Read);

    /// <summary>The key of a property: <c>HasNeeds</c> is <c>has-needs</c>, <c>NHSNumber</c> is <c>nhs-number</c>.</summary>
    public static string KeyOf(string propertyName) => FormReader.Kebab(propertyName);

    /// <summary>The question of a form or of its rows (<c>helpers.name</c>); <c>null</c> when it asks no such thing.</summary>
    public QuestionDefinition? Find(string key) => byKey.GetValueOrDefault(key);
}

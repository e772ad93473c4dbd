using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Forms;

/// <summary>Every form of the house by its key: the public ones of the modules' assemblies and those that pathways ask. Read at start, so that a form that cannot work stops the start.</summary>
[Singleton]
public sealed class FormCatalogue
{
    private readonly Dictionary<string, FormDefinition> byKey = new(StringComparer.Ordinal);

    public FormCatalogue(Catalogue catalogue)
    {
        var assemblies = catalogue.Modules.Select(m => m.GetType().Assembly).Distinct();
        var found = Registration.Concrete<Form>(assemblies).Where(t => t.IsVisible);
        var asked = catalogue.Pathways.Values.SelectMany(p => p.Stages).SelectMany(s => s.Tasks.Select(t => t.FormType).Append(s.FormType)).OfType<Type>();
        foreach (var type in found.Concat(asked).Distinct())
        {
            var definition = FormDefinition.Of(type);
            if (!byKey.TryAdd(definition.Key, definition))
            {
                throw new InvalidOperationException($"The form key '{definition.Key}' stands on {byKey[definition.Key].Type.FullName} and on {type.FullName}; give one another key.");
            }
        }
    }

    public IReadOnlyCollection<FormDefinition> All => byKey.Values;

    /// <summary>Throws <see cref="KeyNotFoundException"/> when no form has the key.</summary>
    public FormDefinition this[string key] => Find(key) ?? throw new KeyNotFoundException($"No form has the key '{key}'. There are: {string.Join(", ", byKey.Keys)}.");

    public FormDefinition? Find(string key) => byKey.GetValueOrDefault(key);
}

using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;

namespace Waymark.Kernel.Modules;

/// <summary>What a module brings to the house. Modules meet only through this, care events, and episodes opened on each other's pathways by key.</summary>
public abstract class WaymarkModule
{
    public abstract string Name { get; }

    /// <summary>Registers use cases (classes named for an act), scoped.</summary>
    public virtual void ConfigureServices(IServiceCollection services) { }

    public virtual IEnumerable<Pathway> Pathways => [];
    public virtual IEnumerable<Duty> Duties => [];

    /// <summary>What it does in the same transaction when an episode moves; see <see cref="EpisodeReaction"/>.</summary>
    public virtual IEnumerable<EpisodeReaction> EpisodeReactions => [];

    /// <summary>What it does in the same transaction when a form that completes no stage is completed; see <see cref="Forms.FormReaction"/>.</summary>
    public virtual IEnumerable<Forms.FormReaction> FormReactions => [];
    public virtual IEnumerable<Permission> Permissions => [];
    public virtual IEnumerable<Measure> Measures => [];

    /// <summary>Definitions that were replaced and that a published figure still uses: kept so that it can be restated. They are in no list and cannot be published anew.</summary>
    public virtual IEnumerable<Measure> FormerMeasures => [];

    /// <summary>Lists people wait on. Each brings its own family of measures and a weekly pack, with no code of its own.</summary>
    public virtual IEnumerable<QueueMeasures> Queues => [];
    public virtual IEnumerable<PersonFact> Facts => [];
    public virtual IEnumerable<NavigationEntry> Navigation => [];

    /// <summary>Policy files (JSON texts, see <c>docs/policy.md</c>) with a default for each key the module asks for: beneath every file a council loads.</summary>
    public virtual IEnumerable<string> PolicyDefaults => [];

    /// <summary>View components shown on the person page, for those who hold the permission.</summary>
    public virtual IEnumerable<Panel> PersonPanels => [];

    /// <summary>View components shown on the episode page of one pathway.</summary>
    public virtual IEnumerable<Panel> EpisodePanels => [];
}

/// <summary>An entry of the staff side navigation.</summary>
/// <param name="Title">As shown.</param>
/// <param name="Url">Root-relative address.</param>
/// <param name="Permission">Key of the permission it needs; <c>null</c> for any signed-in user.</param>
/// <param name="Order">Ascending; tens, so that others fit between.</param>
public sealed record NavigationEntry(string Title, string Url, string? Permission, int Order);

/// <summary>A view component another module shows on a generic page.</summary>
/// <param name="ViewComponent">Its type; invoked with <c>personId</c> and <c>personReference</c>, or with <c>episodeId</c>.</param>
/// <param name="Order">Ascending; on the episode page a panel below <see cref="AfterForm"/> stands before the form: what must be read before it is filled in.</param>
public sealed record Panel(string Title, Type ViewComponent, string Permission, string? PathwayKey = null, int Order = 100)
{
    public const int AfterForm = 50;
}

/// <summary>Everything the modules contribute, indexed once at start; keys that clash are an error that names both modules.</summary>
public sealed class Catalogue
{
    private readonly ILookup<string, EpisodeReaction> reactions;
    private readonly ILookup<string, Forms.FormReaction> formReactions;

    public Catalogue(IReadOnlyList<WaymarkModule> modules)
    {
        Modules = modules;
        Pathways = Index(modules, m => m.Pathways, p => p.Key, "pathway");
        Duties = Index(modules, m => m.Duties, d => d.Key, "duty");
        Permissions = Index(modules, m => m.Permissions, p => p.Key, "permission");
        Queues = Index(modules, m => m.Queues, q => q.Key, "queue");
        Measures = Index(modules, m => m.Measures.Concat(m.Queues.SelectMany(q => q.All())), m => m.Key, "measure");
        FormerMeasures = Index(modules, m => m.FormerMeasures, m => $"{m.Key}, version {m.DefinitionVersion}", "former measure");
        Facts = Index(modules, m => m.Facts, f => f.Key, "fact");
        formReactions = modules.SelectMany(m => m.FormReactions).ToLookup(r => r.FormKey, StringComparer.Ordinal);
        reactions = modules.SelectMany(m => m.EpisodeReactions).ToLookup(r => r.PathwayKey, StringComparer.Ordinal);
        Navigation = [.. modules.SelectMany(m => m.Navigation).OrderBy(n => n.Order)];
        PersonPanels = [.. modules.SelectMany(m => m.PersonPanels).OrderBy(p => p.Order)];
        EpisodePanels = [.. modules.SelectMany(m => m.EpisodePanels).OrderBy(p => p.Order)];
    }

    public IReadOnlyList<WaymarkModule> Modules { get; }
    public IReadOnlyDictionary<string, Pathway> Pathways { get; }
    public IReadOnlyDictionary<string, Duty> Duties { get; }
    public IReadOnlyDictionary<string, Permission> Permissions { get; }
    public IReadOnlyDictionary<string, Measure> Measures { get; }
    public IReadOnlyDictionary<string, Measure> FormerMeasures { get; }
    public IReadOnlyDictionary<string, QueueMeasures> Queues { get; }
    public IReadOnlyDictionary<string, PersonFact> Facts { get; }
    public IReadOnlyList<NavigationEntry> Navigation { get; }
    public IReadOnlyList<Panel> PersonPanels { get; }
    public IReadOnlyList<Panel> EpisodePanels { get; }

    public IEnumerable<EpisodeReaction> ReactionsTo(string pathwayKey) => reactions[pathwayKey];

    public IEnumerable<Forms.FormReaction> ReactionsToForm(string formKey) => formReactions[formKey];

    /// <summary>A definition by key and version, current or former; null when the code no longer has it.</summary>
    public Measure? Measure(string key, int version) =>
        Measures.TryGetValue(key, out var current) && current.DefinitionVersion == version ? current : FormerMeasures.GetValueOrDefault($"{key}, version {version}");

    public Pathway Pathway(string key) => Pathways.TryGetValue(key, out var pathway)
        ? pathway
        : throw new KeyNotFoundException($"No module has the pathway '{key}'. It has: {string.Join(", ", Pathways.Keys)}.");

    private static Dictionary<string, T> Index<T>(
        IEnumerable<WaymarkModule> modules, Func<WaymarkModule, IEnumerable<T>> pick, Func<T, string> key, string what)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        var owner = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var module in modules)
        {
            foreach (var item in pick(module))
            {
                if (!index.TryAdd(key(item), item))
                {
                    throw new InvalidOperationException($"The {what} '{key(item)}' stands in {owner[key(item)]} and in {module.Name}; give one another key.");
                }

                owner[key(item)] = module.Name;
            }
        }

        return index;
    }
}

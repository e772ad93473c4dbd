using System.Text;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Policy;

/// <summary>Loads a policy file. It holds from its day on; clocks already started keep the limit they started with.</summary>
[Scoped]
public sealed class LoadPolicy(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, CouncilPolicy policy)
{
    public const int LargestFile = 1_000_000;

    /// <exception cref="RefusedException">The file has faults; the message lists each by line.</exception>
    public async Task<(PolicyFile File, IReadOnlyList<string> Warnings)> RunAsync(string json)
    {
        if (json.Length > LargestFile)
        {
            throw new RefusedException("The policy file is larger than a megabyte. A policy file holds limits, lists and wording; check that it is the right file.", "file");
        }

        var (content, faults) = PolicyReader.Read(json);
        if (content is null)
        {
            throw new RefusedException(Words(faults), "file");
        }

        if (content.Tables.TryGetValue(ServiceHours.Table, out var hours) && ServiceHours.Problem(hours) is { } problem)
        {
            throw new RefusedException($"{problem} The file was not loaded.", "file");
        }

        var known = policy.Files.SelectMany(f => f.Keys).ToHashSet();
        var warnings = content.Keys.Where(k => !known.Contains(k))
            .Select(k => $"Nothing in this version asks for \"{k}\". It is kept; check the spelling.").ToList();
        if (content.EffectiveFrom < clock.Today)
        {
            warnings.Add($"It holds from {content.EffectiveFrom:d MMMM yyyy}, which is past: clocks started before today keep their limits.");
        }

        var file = new PolicyFile { EffectiveFrom = content.EffectiveFrom, Name = content.Name, Json = json, LoadedOn = clock.Now, LoadedById = viewer.IsSystem ? null : viewer.UserId };
        db.Add(file);
        audit.Record("load-policy", file, new { file.EffectiveFrom, keys = content.Keys });
        await db.SaveChangesAsync();
        policy.Reread();
        return (file, warnings);
    }

    public static string Words(IReadOnlyList<PolicyFault> faults)
    {
        var words = new StringBuilder($"The file has {faults.Count} {(faults.Count == 1 ? "fault" : "faults")} and was not loaded.");
        foreach (var fault in faults)
        {
            words.Append('\n').Append(fault);
        }

        return words.ToString();
    }
}

/// <summary>Takes a file out of force, as if it had not been loaded; clocks that started under it keep their limits. The file stays in the history.</summary>
[Scoped]
public sealed class WithdrawPolicy(WaymarkDb db, CareClock clock, Auditor audit, CouncilPolicy policy)
{
    public async Task RunAsync(Guid fileId)
    {
        var file = await db.PolicyFiles.FindAsync(fileId) ?? throw new RefusedException("There is no such policy file. Go back to the policy page and choose again.");
        if (file.WithdrawnOn is not null)
        {
            throw new RefusedException($"\"{file.Name}\" is already withdrawn.");
        }

        file.WithdrawnOn = clock.Now;
        audit.Record("withdraw-policy", file);
        await db.SaveChangesAsync();
        policy.Reread();
    }
}

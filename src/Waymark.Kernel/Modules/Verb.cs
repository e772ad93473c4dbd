using System.CommandLine;

namespace Waymark.Kernel.Modules;

/// <summary>
/// A verb of the command line (<c>./waymark VERB …</c>), in the slice it belongs to and found by its class. Results go to standard output, everything else to
/// standard error; exit code 0 is done, 1 refused, 2 wrong usage.
/// </summary>
public abstract class Verb
{
    /// <summary>Path of the verb: <c>["import", "open-items"]</c>; groups are made as needed.</summary>
    public abstract IReadOnlyList<string> Path { get; }
    public abstract string Description { get; }

    /// <summary>Adds arguments and options, and the action, which runs in a scope of its own as the system viewer on a migrated database.</summary>
    public abstract void Define(Command command, VerbHost host);
}

/// <summary>Opens the database and a scope for a verb.</summary>
/// <param name="RunAsync">Given the parse result and what to do, returns the exit code; turns a <see cref="Access.RefusedException"/> into a message on standard error and exit code 1.</param>
public sealed record VerbHost(Func<ParseResult, Func<IServiceProvider, Task<int>>, Task<int>> RunAsync);

using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;

namespace Waymark.Returns.Analysts;

/// <summary><c>./waymark extract DIR</c>: the analysts' views as CSV files; <c>./waymark extract --doc</c>: what is in them, as <c>docs/analyst-views.md</c>.</summary>
public sealed class ExtractVerb : Verb
{
    public override IReadOnlyList<string> Path => ["extract"];

    public override string Description => "Writes a CSV of each analyst's view, pseudonymous, with a manifest.";

    public override void Define(Command command, VerbHost host)
    {
        var folder = new Argument<string?>("DIR") { Description = "A new or empty folder, or that of an earlier extract.", Arity = ArgumentArity.ZeroOrOne };
        var doc = new Option<bool>("--doc") { Description = "Print what is in the views, as docs/analyst-views.md." };
        command.Arguments.Add(folder);
        command.Options.Add(doc);
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(doc))
            {
                await Console.Out.WriteAsync(AnalystViewsDocument.Text());
                return 0;
            }

            if (parsed.GetValue(folder) is not { } path)
            {
                await Console.Error.WriteLineAsync("Name the folder to write to: ./waymark extract DIR");
                return 2;
            }

            return await host.RunAsync(parsed, async services =>
            {
                var manifest = await services.GetRequiredService<WriteExtract>().RunAsync(path);
                foreach (var file in manifest.Files)
                {
                    await Console.Out.WriteLineAsync($"{file.Rows,10:N0}  {file.File}");
                }

                return 0;
            });
        });
    }
}

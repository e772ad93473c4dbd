using System.CommandLine;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Hosting;

/// <summary>The verbs, gathered from every slice. Without a verb the site is served.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var data = new Option<string>("--data") { Description = "Folder of the database and files.", Recursive = true, DefaultValueFactory = _ => Environment.GetEnvironmentVariable("WAYMARK_DATA") ?? "data" };
        var root = new RootCommand("Waymark: adult social care, open source.") { data };
        var port = new Option<int?>("--port") { Description = $"Port on 127.0.0.1 to serve at (else WAYMARK_URLS, else {SiteSettings.DefaultPort})." };
        root.Options.Add(port);
        root.SetAction((parsed, cancellation) => ServeAsync(parsed.GetValue(data)!, parsed.GetValue(port), mayMakeDemo: true, cancellation));
        var serve = new Command("serve", "Serves the site, as without a verb, but never makes a demo county: for services.") { port };
        serve.SetAction((parsed, cancellation) => ServeAsync(parsed.GetValue(data)!, parsed.GetValue(port), mayMakeDemo: false, cancellation));
        root.Subcommands.Add(serve);

        var host = new VerbHost((parsed, work) => RunVerbAsync(parsed.GetValue(data)!, work));
        foreach (var verb in Registration.Concrete<Verb>(House.Assemblies).Select(t => (Verb)Activator.CreateInstance(t)!))
        {
            var parent = (Command)root;
            foreach (var word in verb.Path.SkipLast(1))
            {
                var group = parent.Subcommands.FirstOrDefault(c => c.Name == word);
                if (group is null)
                {
                    parent.Subcommands.Add(group = new Command(word));
                }

                parent = group;
            }

            var command = new Command(verb.Path[^1], verb.Description);
            verb.Define(command, host);
            parent.Subcommands.Add(command);
        }

        return await root.Parse(args).InvokeAsync();
    }

    private static Task<int> ServeAsync(string dataFolder, int? port, bool mayMakeDemo, CancellationToken cancellation) => SayingRefusalsAsync(async () =>
    {
        await Site.ServeAsync(dataFolder, SiteSettings.From(Environment.GetEnvironmentVariable, port), mayMakeDemo, cancellation);
        return 0;
    });

    private static Task<int> RunVerbAsync(string dataFolder, Func<IServiceProvider, Task<int>> work) => SayingRefusalsAsync(async () =>
    {
        await using var services = Site.ServicesFor(DatabaseChoice.From(dataFolder));
        await Site.PrepareDatabaseAsync(services);
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Viewer>().ActAsSystem();
        return await work(scope.ServiceProvider);
    });

    internal static async Task<int> SayingRefusalsAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (RefusedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}

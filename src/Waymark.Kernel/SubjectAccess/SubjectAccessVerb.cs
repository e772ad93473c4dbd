using System.CommandLine;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.SubjectAccess;

/// <summary><c>./waymark subject-access P-000123 --out bundle.zip</c>: the bundle; the redaction log goes to standard output.</summary>
public sealed class SubjectAccessVerb : Verb
{
    public override IReadOnlyList<string> Path => ["subject-access"];
    public override string Description => "Makes the bundle of everything held about a person; what is from or about others is withheld unless included by its key.";

    public override void Define(Command command, VerbHost host)
    {
        var reference = new Argument<string>("reference") { Description = "The person's reference." };
        var output = new Option<FileInfo>("--out") { Description = "The zip to write; must not exist.", Required = true };
        var include = new Option<string[]>("--include") { Description = "Key of an entry from or about others to give all the same; the log names them.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        command.Arguments.Add(reference);
        command.Options.Add(output);
        command.Options.Add(include);
        command.SetAction((parsed, _) => host.RunAsync(parsed, async services =>
        {
            var wanted = parsed.GetValue(reference)!.Trim().ToUpperInvariant();
            var person = await services.GetRequiredService<WaymarkDb>().People.Where(p => p.Reference == wanted && p.DisposedOn == null).Select(p => (Guid?)(p.MergedIntoId ?? p.Id)).FirstOrDefaultAsync()
                ?? throw new RefusedException($"No record has the reference {wanted}.");
            var to = parsed.GetValue(output)!;
            if (to.Exists)
            {
                throw new RefusedException($"{to.FullName} is there already. Name another file.");
            }

            var made = await services.GetRequiredService<AnswerSubjectAccess>().RunAsync(person, parsed.GetValue(include)!.ToHashSet(StringComparer.Ordinal));
            File.Move(made.Path, to.FullName);
            using var withheld = JsonDocument.Parse(made.Answer.Withheld);
            using var released = JsonDocument.Parse(made.Answer.Released);
            Console.WriteLine(JsonSerializer.Serialize(new { file = to.FullName, made.Sha256, made.Answer.Entries, withheld = withheld.RootElement, released = released.RootElement }, JsonSerializerOptions.Web));
            return 0;
        }));
    }
}

using System.CommandLine;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Waymark.Host.Account;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Admin.Users;

/// <summary><c>user add [--admin] NAME</c>: the way in to a new database.</summary>
public sealed class UserAddVerb : Verb
{
    public override IReadOnlyList<string> Path => ["user", "add"];
    public override string Description => "Adds a user and prints a link with which they choose a password, once.";

    public override void Define(Command command, VerbHost host)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(host);
        var name = new Argument<string[]>("name") { Description = "As it should stand on records.", Arity = ArgumentArity.OneOrMore };
        var admin = new Option<bool>("--admin") { Description = "Makes them an administrator." };
        var role = new Option<string?>("--role") { Description = $"One of: {string.Join(", ", Roles.All.Select(r => r.Key))}." };
        var userName = new Option<string?>("--user-name") { Description = "To sign in with. Made from the name when not given." };
        var email = new Option<string?>("--email") { Description = "The address the council's directory knows them by." };
        var stdin = new Option<bool>("--password-stdin") { Description = "Reads the password from standard input, one line, and prints no link." };
        var site = UserVerbParts.SiteOption();
        command.Arguments.Add(name);
        foreach (var option in new Option[] { admin, role, userName, email, stdin, site })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) => host.RunAsync(parsed, async services =>
        {
            var user = await services.GetRequiredService<AddUser>().RunAsync(
                string.Join(' ', parsed.GetValue(name)!), parsed.GetValue(userName), parsed.GetValue(email), parsed.GetValue(admin) ? Roles.Administrator : parsed.GetValue(role));
            await Console.Error.WriteLineAsync($"Added {user.DisplayName}. They sign in as:");
            Console.WriteLine(user.UserName);
            if (parsed.GetValue(stdin))
            {
                await UserVerbParts.SetPasswordAsync(services, user, await Console.In.ReadLineAsync() ?? "");
                return 0;
            }

            await UserVerbParts.PrintLinkAsync(services, user, parsed.GetValue(site)!);
            return 0;
        }));
    }
}

/// <summary><c>user link USER-NAME</c>: a new link, for whoever forgot a password or lost a phone and has no administrator to ask.</summary>
public sealed class UserLinkVerb : Verb
{
    public override IReadOnlyList<string> Path => ["user", "link"];
    public override string Description => "Prints a new link to choose a password; with --reset-two-factor, two-step sign-in is set up anew as well.";

    public override void Define(Command command, VerbHost host)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(host);
        var userName = new Argument<string>("user-name") { Description = "What they sign in with." };
        var reset = new Option<bool>("--reset-two-factor") { Description = "Turns two-step sign-in off until they set it up again." };
        var site = UserVerbParts.SiteOption();
        command.Arguments.Add(userName);
        command.Options.Add(reset);
        command.Options.Add(site);
        command.SetAction((parsed, _) => host.RunAsync(parsed, async services =>
        {
            var user = await services.GetRequiredService<UserManager<User>>().FindByNameAsync(parsed.GetValue(userName)!)
                ?? throw new RefusedException($"There is no user “{parsed.GetValue(userName)}”. `user list` prints them all.");
            if (parsed.GetValue(reset))
            {
                await services.GetRequiredService<TwoFactor>().ResetAsync(user);
            }

            await UserVerbParts.PrintLinkAsync(services, user, parsed.GetValue(site)!);
            return 0;
        }));
    }
}

/// <summary><c>user list</c>: tab-separated, for people and scripts.</summary>
public sealed class UserListVerb : Verb
{
    public override IReadOnlyList<string> Path => ["user", "list"];
    public override string Description => "Lists users: user name, name, roles, state.";

    public override void Define(Command command, VerbHost host)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(host);
        command.SetAction((parsed, _) => host.RunAsync(parsed, async services =>
        {
            var db = services.GetRequiredService<WaymarkDb>();
            var users = await db.Users.AsNoTracking().Where(u => u.CanSignIn).OrderBy(u => u.UserName).ToListAsync();
            var roles = (await db.RoleGrants.AsNoTracking().ToListAsync()).ToLookup(g => g.UserId, g => g.TeamId is null ? g.RoleKey : $"{g.RoleKey}@team");
            foreach (var user in users)
            {
                Console.WriteLine(string.Join('\t', user.UserName, user.DisplayName, string.Join(',', roles[user.Id].Distinct()), user.LeftOn is null ? "current" : "left"));
            }

            return 0;
        }));
    }
}

internal static class UserVerbParts
{
    public static Option<string> SiteOption() => new("--site")
    {
        Description = "Address at which people reach this site.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("WAYMARK_SITE") ?? "http://127.0.0.1:5080",
    };

    public static async Task PrintLinkAsync(IServiceProvider services, User user, string site)
    {
        var link = await services.GetRequiredService<SetUpLink>().CreateAsync(user);
        await Console.Error.WriteLineAsync($"Open this to choose a password. It works once, for {SetUpLink.Lasts.TotalDays} days:");
        Console.WriteLine($"{site.TrimEnd('/')}{link}");
    }

    public static async Task SetPasswordAsync(IServiceProvider services, User user, string password)
    {
        var result = await services.GetRequiredService<UserManager<User>>().AddPasswordAsync(user, password);
        if (!result.Succeeded)
        {
            throw new RefusedException($"{result.Errors.First().Description}. The user is added and has no password: `user link {user.UserName}` prints a link to choose one.");
        }

        services.GetRequiredService<Auditor>().Record("set-password", nameof(User), user.Id.ToString());
        await services.GetRequiredService<WaymarkDb>().SaveChangesAsync();
    }
}

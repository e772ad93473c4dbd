using System.Diagnostics;
using Shouldly;
using Waymark.Host.Hosting;
using Xunit;

namespace Waymark.Tests.Host.Admin;

/// <summary>The verbs as a person runs them, each in a process of its own.</summary>
public sealed class UserVerbTests
{
    [Fact]
    public async Task UserAdd_OnAnEmptyFolder_MakesTheFirstAdministratorAndPrintsTheLinkAlone()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"waymark-test-{Guid.NewGuid():N}", "data");
        try
        {
            var (code, output, error) = await RunAsync("", "user", "add", "--admin", "Alex", "Hart", "--site", "https://care.example/", "--data", folder);
            var (again, _, refused) = await RunAsync("", "user", "add", "Alex Hart", "--user-name", "alex.hart", "--data", folder);
            var (_, listed, _) = await RunAsync("", "user", "list", "--data", folder);

            code.ShouldBe(0, error);
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldSatisfyAllConditions(
                lines => lines.Length.ShouldBe(2),
                lines => lines[0].ShouldBe("alex.hart"),
                lines => lines[1].ShouldStartWith("https://care.example/account/set-password?user="));
            again.ShouldBe(1);
            refused.ShouldContain("already a user called “alex.hart”");
            listed.ShouldBe("alex.hart\tAlex Hart\tadministrator\tcurrent\n");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    [Fact]
    public async Task UserAdd_PasswordFromStandardInput_RefusesOneThatIsGuessedFirst()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"waymark-test-{Guid.NewGuid():N}", "data");
        try
        {
            var (code, output, error) = await RunAsync("password1234\n", "user", "add", "--admin", "Alex Hart", "--password-stdin", "--data", folder);

            code.ShouldBe(1);
            error.ShouldContain("harder to guess");
            output.ShouldNotContain("set-password");
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("WAYMARK_DB");
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Site).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}

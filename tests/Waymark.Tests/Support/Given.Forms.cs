using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Modules;

namespace Waymark.Tests.Support;

/// <summary>Workers, drafts and answers.</summary>
public static partial class Given
{
    /// <summary>Makes a user and returns how to act as them.</summary>
    public static Task<Action<Viewer>> WorkerAsync(this TestSite site, string name, params string[] permissions) => site.InScopeAsync<Action<Viewer>>(async services =>
    {
        var db = services.GetRequiredService<WaymarkDb>();
        var user = new User { DisplayName = name, UserName = name.Replace(" ", ".", StringComparison.Ordinal) };
        db.Users.Add(user);
        await db.SaveChangesAsync();
        return viewer => viewer.SignIn(user.Id, name, new HashSet<string>(), permissions.Length == 0 ? new HashSet<string> { Can.DoWork, Can.ViewWork } : permissions.ToHashSet(), [], []);
    });

    public static Task<Guid> DraftAsync(this TestSite site, string formKey, DraftSubject subject, Action<Viewer> worker) =>
        site.InScopeAsync(s => s.GetRequiredService<OpenDraft>().RunAsync(formKey, subject), worker);

    public static Task<SavedAnswers> TypesAsync(this TestSite site, Action<Viewer> worker, Guid draftId, params (string Field, string Text)[] answers) =>
        site.InScopeAsync(s => s.GetRequiredService<SaveAnswers>().RunAsync(draftId, [.. answers.Select(a => new TypedAnswer(AnswerAddress.Parse(a.Field)!.Value, a.Text))]), worker);

    public static Task<DraftView?> ReadsAsync(this TestSite site, Action<Viewer> worker, Guid draftId) =>
        site.InScopeAsync(s => s.GetRequiredService<DraftReader>().ReadAsync(draftId), worker);

    public static Task<CompletedForm> CompletesAsync(this TestSite site, Action<Viewer> worker, Guid draftId, int formVersion, string? exit = null, string? reason = null) =>
        site.InScopeAsync(s => s.GetRequiredService<CompleteForm>().RunAsync(new() { DraftId = draftId, FormVersion = formVersion, ExitKey = exit, ExitReason = reason }), worker);

    /// <summary>The site with a module of the test's own beside those of the house.</summary>
    public static Action<IServiceCollection> ModuleOf(WaymarkModule module) => services =>
        services.AddSingleton(new Catalogue([.. ((Catalogue)services.First(s => s.ServiceType == typeof(Catalogue)).ImplementationInstance!).Modules, module]));
}

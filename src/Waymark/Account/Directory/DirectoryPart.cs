using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account.Directory;

/// <summary>The way to the council's directory and back.</summary>
public sealed partial class DirectoryPart : WaymarkModule, IEndpoints
{
    public const string StartPath = "/account/directory/start";

    public override string Name => "Directory";

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddAuthentication().AddOAuth<OAuthOptions, DirectoryHandler>(DirectoryHandler.SchemeName, options =>
        {
            options.CallbackPath = DirectoryHandler.CallbackPath;
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.BackchannelTimeout = TimeSpan.FromSeconds(15);

            // The framework asks for these at start; the handler reads the real ones from the settings at each sign-in.
            options.ClientId = options.ClientSecret = "from-settings";
            options.AuthorizationEndpoint = options.TokenEndpoint = "https://from-settings.invalid/";
            options.Events = new OAuthEvents { OnTicketReceived = ReceiveAsync, OnRemoteFailure = FailAsync, OnAccessDenied = DenyAsync };
        });
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(StartPath, async (HttpContext context, DirectorySettings settings, string? returnUrl) =>
        await settings.ReadAsync() is null
            ? Results.NotFound()
            : Results.Challenge(new AuthenticationProperties { RedirectUri = IsLocal(returnUrl) ? returnUrl : "/" }, [DirectoryHandler.SchemeName])).AllowPublic().WithMetadata(new OnSideAttribute(Sides.Staff));

    private static async Task ReceiveAsync(TicketReceivedContext context)
    {
        var services = context.HttpContext.RequestServices;
        context.HandleResponse();
        try
        {
            var config = await services.GetRequiredService<DirectorySettings>().ReadAsync() ?? throw new RefusedException("No directory is set up");
            var user = await services.GetRequiredService<DirectorySignIn>().RunAsync(DirectoryHandler.PersonOf(context.Principal!, config));
            await services.GetRequiredService<SessionKeeper>().StartAsync(context.HttpContext, user, SignInMethods.Directory);
            context.Response.Redirect(context.ReturnUri ?? "/");
        }
        catch (RefusedException)
        {
            Back(context.HttpContext, "refused");
        }
    }

    private static Task FailAsync(RemoteFailureContext context)
    {
        LogFailure(context.HttpContext.RequestServices.GetRequiredService<ILogger<DirectoryPart>>(), context.Failure);
        context.HandleResponse();
        Back(context.HttpContext, "failed");
        return Task.CompletedTask;
    }

    private static Task DenyAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        Back(context.HttpContext, "denied");
        return Task.CompletedTask;
    }

    private static void Back(HttpContext context, string why) => context.Response.Redirect($"{context.Request.PathBase}{PermissionGate.SignInPath}?directory={why}");

    private static bool IsLocal(string? url) => url is ['/'] || (url is ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in through the directory failed.")]
    private static partial void LogFailure(ILogger logger, Exception? failure);
}

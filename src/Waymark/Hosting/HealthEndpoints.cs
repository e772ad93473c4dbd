using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Hosting;

/// <summary>For load balancers and watchers: <c>/health</c>, the process answers; <c>/ready</c>, its database does too, with this version's tables.</summary>
public sealed class HealthEndpoints : IEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", () => "healthy").AllowPublic().WithMetadata(new OnSideAttribute(Sides.Both));
        routes.MapGet("/ready", ReadyAsync).AllowPublic().WithMetadata(new OnSideAttribute(Sides.Both));
    }

    private static async Task<IResult> ReadyAsync(WaymarkDb db, CancellationToken cancellation)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(5));
            return await Schema.StateAsync(db, limit.Token) == SchemaState.Current ? Results.Text("ready") : NotReady("not migrated");
        }
        catch (Exception error) when (error is System.Data.Common.DbException or RefusedException or OperationCanceledException)
        {
            return NotReady("database does not answer");
        }
    }

    private static IResult NotReady(string why) => Results.Text($"not ready: {why}", statusCode: StatusCodes.Status503ServiceUnavailable);
}

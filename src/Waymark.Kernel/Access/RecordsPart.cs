using Microsoft.Extensions.DependencyInjection;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>Restrictions, break-glass, declared interests, the log of views.</summary>
public sealed class RecordsPart : WaymarkModule
{
    public override string Name => "Records";

    public override void ConfigureServices(IServiceCollection services) => services.AddHostedService<ViewLogWriter>();
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waymark.Kernel.Access;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Messages;

public sealed class MessagesPart : WaymarkModule
{
    public override string Name => "Messages";

    public override IEnumerable<NavigationEntry> Navigation => [new("Messages", "/admin/messages", Can.RunSystem, 950)];

    public override void ConfigureServices(IServiceCollection services) => services.TryAddSingleton(_ => MessageSettings.FromEnvironment());
}

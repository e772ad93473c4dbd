using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Waymark.Kernel.Data;

/// <summary>The model depends on the modules, so its cache does too: two sites with other modules in one process (tests) each have their own tables.</summary>
internal sealed class ModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), designTime, ((WaymarkDb)context).Assemblies);
}

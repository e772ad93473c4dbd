using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Access;

namespace Waymark.Liberty.Capacity;

/// <summary>The way to capacity and best interests from the page of any work, which reads nothing for it.</summary>
public sealed class EpisodeCapacityPanel : ViewComponent
{
    public IViewComponentResult Invoke(Guid episodeId) => View("/Capacity/EpisodeCapacityPanel.cshtml", episodeId);
}

/// <summary>The way there from the person's page, and to the court route.</summary>
public sealed class PersonLibertyPanel(Viewer viewer) : ViewComponent
{
    public IViewComponentResult Invoke(Guid personId, string personReference) => View("/Capacity/PersonLibertyPanel.cshtml", (personReference, viewer.May(Can.DoWork)));
}

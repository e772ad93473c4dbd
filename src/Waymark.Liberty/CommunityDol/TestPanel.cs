using Microsoft.AspNetCore.Mvc;
using Waymark.Kernel.Calendar;
using Waymark.Liberty.Dols;

namespace Waymark.Liberty.CommunityDol;

/// <summary>The test of the day, beside the forms of the court route.</summary>
public sealed class TestPanel(CareClock clock) : ViewComponent
{
    public IViewComponentResult Invoke(Guid episodeId) => View("/CommunityDol/TestPanel.cshtml", DeprivationTest.On(clock.Today));
}

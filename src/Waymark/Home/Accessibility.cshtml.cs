using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;

namespace Waymark.Host.Home;

[Public, OnSide(Sides.Both)]
public sealed class AccessibilityModel : PageModel;

using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;

namespace Waymark.Host.Home;

[Public]
public sealed class PrivacyModel : PageModel;

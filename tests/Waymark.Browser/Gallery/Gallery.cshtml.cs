using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Kernel.Access;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Ui;

namespace Waymark.Browser.Gallery;

/// <summary>Every component once, for screenshots and axe. It is part of the tests and of no site that anybody runs.</summary>
[Public]
public sealed class GalleryModel : PageModel
{
    [BindProperty]
    public Answers Input { get; set; } = new();

    public void OnGet(string? q)
    {
        if (q == "flash")
        {
            this.Flash("Contact CON-2024-000042 was recorded");
        }
    }

    public async Task<IActionResult> OnPostAsync() => await this.TryAsync(() => Refuse()) ? RedirectToPage() : Page();

    private static Task Refuse() => throw new RefusedException("That reference is in use by another person", "Reference");

    public enum Channel { Phone, [Choice("E-mail or letter")] Written, InPerson }

    public enum Limb { Yes, No, NotYetKnown }

    public sealed class Answers
    {
        [Required, Display(Name = "Full name", Description = "As they wish to be called")]
        public string? FullName { get; set; }

        [Required, Display(Name = "Date of birth", Description = "For example, 27 3 1940")]
        public DateOnly? DateOfBirth { get; set; }

        [Required(ErrorMessage = "Choose how they got in touch"), Display(Name = "How did they get in touch?")]
        public Channel? Channel { get; set; }

        [Question("Is there reasonable cause to suspect that the adult has needs for care and support?", Hint = "Each answer takes a reason")]
        public Limb? HasNeeds { get; set; }

        [Display(Name = "What matters to them")]
        public string? Matters { get; set; }

        public IReadOnlyList<Channel> Ways { get; set; } = [];

        [Display(Name = "They agree that we keep this")]
        public bool Consent { get; set; }
        public bool? LivesAlone { get; set; }
        public string? Reference { get; set; }
        public string? Team { get; set; }
    }
}

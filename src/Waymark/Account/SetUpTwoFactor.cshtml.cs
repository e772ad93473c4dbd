using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using QRCoder;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;
using Waymark.Kernel.Ui;

namespace Waymark.Host.Account;

/// <summary>Setting up two-step sign-in, new recovery codes, another phone.</summary>
[SignedIn]
public sealed class SetUpTwoFactorModel(UserManager<User> users, Viewer viewer, WaymarkDb db, TwoFactor twoFactor, IDataProtectionProvider protection) : PageModel
{
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Waymark.PendingTotp").ToTimeLimitedDataProtector();

    [BindProperty(SupportsGet = true, Name = "returnUrl")]
    public string? ReturnUrl { get; set; }

    /// <summary>The secret shown, sealed for this user, so that the page that comes back is the page that was scanned.</summary>
    [BindProperty(Name = "pending")]
    public string? Pending { get; set; }

    [BindProperty, Display(Name = "Code from your app")]
    public string? Code { get; set; }

    public bool IsLocal { get; private set; }
    public bool IsOn { get; private set; }
    public int CodesLeft { get; private set; }
    public IReadOnlyList<string>? Codes { get; private set; }
    public string SecretInGroups { get; private set; } = "";
    public string QrImage { get; private set; } = "";
    public string NextUrl => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/account/sessions";

    public async Task OnGetAsync() => await ShowAsync(await UserAsync());

    public async Task<IActionResult> OnPostAsync()
    {
        var user = await UserAsync();
        if (user is { PasswordHash: not null, TotpSecret: null })
        {
            await this.TryAsync(async () => Codes = await twoFactor.TurnOnAsync(
                user, SecretOf(Pending, user) ?? throw new RefusedException("This page was open for too long. Scan the new picture, then type the code", "Code"), Code));
        }

        await ShowAsync(user);
        return Page();
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        var user = await UserAsync();
        await this.TryAsync(async () =>
        {
            await twoFactor.CheckAsync(user, Code);
            Codes = await twoFactor.NewRecoveryCodesAsync(user);
        });
        await ShowAsync(user);
        return Page();
    }

    public async Task<IActionResult> OnPostReplaceAsync()
    {
        var user = await UserAsync();
        if (await this.TryAsync(async () =>
        {
            await twoFactor.CheckAsync(user, Code);
            await twoFactor.ResetAsync(user);
        }))
        {
            return RedirectToPage();
        }

        await ShowAsync(user);
        return Page();
    }

    private async Task<User> UserAsync() => await users.FindByIdAsync(viewer.UserId.ToString()) ?? throw new InvalidOperationException("The viewer is signed in and has no account.");

    private async Task ShowAsync(User user)
    {
        IsLocal = user.PasswordHash is not null;
        IsOn = user.TotpSecret is not null;
        if (IsOn)
        {
            CodesLeft = await db.RecoveryCodes.CountAsync(c => c.UserId == user.Id && c.UsedOn == null);
            return;
        }

        var secret = SecretOf(Pending, user) ?? Totp.NewSecret();
        Pending = protector.Protect($"{user.Id}:{secret}", TimeSpan.FromMinutes(30));
        SecretInGroups = string.Join(' ', secret.Chunk(4).Select(c => new string(c)));
        var council = await db.Settings.Where(s => s.Key == Setting.Council).Select(s => s.Value).FirstOrDefaultAsync();
        using var code = QRCodeGenerator.GenerateQrCode(Totp.UriFor(secret, user.UserName!, council is null ? "Waymark" : $"Waymark {council}"), QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        QrImage = $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.GetGraphic(4)))}";
    }

    private string? SecretOf(string? pending, User user)
    {
        if (string.IsNullOrEmpty(pending))
        {
            return null;
        }

        try
        {
            var parts = protector.Unprotect(pending).Split(':');
            return parts[0] == user.Id.ToString() ? parts[1] : null;
        }
        catch (CryptographicException)
        {
            // Forged, or open for longer than it is good for: a new one is shown.
            return null;
        }
    }
}

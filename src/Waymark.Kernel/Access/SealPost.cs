using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Kernel.Access;

/// <summary>What a sealed form held.</summary>
/// <param name="Url">Root-relative address it was sent to.</param>
/// <param name="Fields">Name and value in the order sent, its antiforgery token among them: when it is sent again it passes the same check as the first time.</param>
/// <param name="Files">Names of files that came with it. Files are not kept.</param>
public sealed record SealedForm(string Url, IReadOnlyList<KeyValuePair<string, string>> Fields, IReadOnlyList<string> Files);

/// <summary>
/// Keeps a form that arrived signed out until the same user signs in again, and gives it to that user alone. Only for a browser on which someone was signed in before,
/// so that a stranger cannot fill the table.
/// </summary>
[Scoped]
public sealed class SealPost(WaymarkDb db, LastUser lastUser, TimeProvider time, IDataProtectionProvider protection)
{
    /// <summary>How long it waits.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    private const long MostBytes = 20 * 1024 * 1024;
    private const int MostWaiting = 20;
    private const string TokenField = "__RequestVerificationToken";

    private readonly IDataProtector protector = protection.CreateProtector("Waymark.SealedPost");

    /// <returns>
    /// Its id, or <c>null</c> when it is not kept: no form, too large, from a browser nobody was signed in on, or from the account pages, whose forms hold passwords.
    /// </returns>
    public async Task<Guid?> RunAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || !(request.ContentLength <= MostBytes)
            || request.Path.StartsWithSegments("/account", StringComparison.OrdinalIgnoreCase)
            || lastUser.Read(context) is not { } userId)
        {
            return null;
        }

        var form = await request.ReadFormAsync(context.RequestAborted);
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        await db.SealedPosts.Where(s => s.ExpiresOn < now).ExecuteDeleteAsync(context.RequestAborted);
        if (!form.ContainsKey(TokenField) || await db.SealedPosts.CountAsync(s => s.UserId == userId, context.RequestAborted) >= MostWaiting)
        {
            return null;
        }

        var kept = new SealedForm(
            $"{request.PathBase}{request.Path}{request.QueryString}",
            [.. form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))],
            [.. form.Files.Where(f => f.Length > 0).Select(f => f.FileName)]);
        var post = new SealedPost { UserId = userId, Sealed = protector.Protect(JsonSerializer.Serialize(kept)), ExpiresOn = now + Kept };
        db.SealedPosts.Add(post);
        await db.SaveChangesAsync(context.RequestAborted);
        return post.Id;
    }

    /// <summary>The form, for the user it was sealed for; <c>null</c> for anyone else, and when it is no longer kept.</summary>
    public async Task<SealedForm?> OpenAsync(Guid id, Guid userId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var found = await db.SealedPosts.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.UserId == userId && s.ExpiresOn > now);
        return found is null ? null : JsonSerializer.Deserialize<SealedForm>(protector.Unprotect(found.Sealed));
    }

    public Task DiscardAsync(Guid id, Guid userId) => db.SealedPosts.Where(s => s.Id == id && s.UserId == userId).ExecuteDeleteAsync();
}

/// <summary>Remembers on the browser, sealed, who was last signed in on it. It signs nobody in; it says whose form it is that arrives signed out.</summary>
[Singleton]
public sealed class LastUser(IDataProtectionProvider protection)
{
    private const string Cookie = "waymark.last";
    private readonly IDataProtector protector = protection.CreateProtector("Waymark.LastUser");

    public void Write(HttpContext context, Guid userId)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.Cookies.Append(Cookie, protector.Protect(userId.ToString()), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase : "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }

    public Guid? Read(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            return Guid.TryParse(protector.Unprotect(value), out var id) ? id : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Forged, or sealed with a key that is gone: nobody's.
            return null;
        }
    }
}

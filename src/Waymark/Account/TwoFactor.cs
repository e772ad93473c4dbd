using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Host.Account;

/// <summary>The second step: a code of the authenticator app or a recovery code, each of which counts once.</summary>
[Scoped]
public sealed class TwoFactor(WaymarkDb db, LockOut lockOut, Auditor audit, TimeProvider time, IDataProtectionProvider protection)
{
    private const int RecoveryCodes = 10;
    private const string RecoveryLetters = "BCDFGHJKMNPQRSTVWXYZ23456789";
    private readonly IDataProtector protector = protection.CreateProtector("Waymark.Totp");

    /// <summary>Refuses a code that is wrong or was used before, and counts it towards the lock-out.</summary>
    public async Task CheckAsync(User user, string? code)
    {
        ArgumentNullException.ThrowIfNull(user);
        lockOut.EnsureOpen(user, "Code");
        var typed = (code ?? "").Trim();
        if (typed.Length == 0)
        {
            throw new RefusedException("Enter the code", "Code");
        }

        if (!await IsRightAsync(user, typed))
        {
            await lockOut.FailedAsync(user);
            throw new RefusedException("The code is not right, or was used before. Wait for your app to show the next one and type that", "Code");
        }

        await lockOut.PassedAsync(user);
    }

    /// <summary>Turns two-step sign-in on with a secret whose first code was right; gives recovery codes, which are shown once.</summary>
    public async Task<IReadOnlyList<string>> TurnOnAsync(User user, string secret, string? code)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (Totp.StepOf(secret, code ?? "", time.GetUtcNow()) is not { } step)
        {
            throw new RefusedException("The code is not right. Check that the app shows this account, and type the six digits it shows now", "Code");
        }

        user.TotpSecret = protector.Protect(secret);
        user.TotpLastStep = step;
        user.TwoFactorEnabled = true;
        audit.Record("turn-on-two-factor", nameof(User), user.Id.ToString());
        foreach (var session in await db.UserSessions.Where(s => s.UserId == user.Id && s.MustSetUpTwoFactor).ToListAsync())
        {
            session.MustSetUpTwoFactor = false;
        }

        return await NewRecoveryCodesAsync(user);
    }

    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.RecoveryCodes.Where(c => c.UserId == user.Id).ExecuteDeleteAsync();
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryLetters, 10)).ToList();
        db.RecoveryCodes.AddRange(codes.Select(c => new RecoveryCode { UserId = user.Id, Hash = HashOf(c) }));
        audit.Record("make-recovery-codes", nameof(User), user.Id.ToString());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return [.. codes.Select(c => $"{c[..5]}-{c[5..]}")];
    }

    /// <summary>For whoever lost phone and codes: an administrator's act, after which two steps are set up anew at the next sign-in.</summary>
    public async Task ResetAsync(User user)
    {
        ArgumentNullException.ThrowIfNull(user);
        (user.TotpSecret, user.TotpLastStep, user.TwoFactorEnabled) = (null, null, false);
        audit.Record("reset-two-factor", nameof(User), user.Id.ToString());
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.RecoveryCodes.Where(c => c.UserId == user.Id).ExecuteDeleteAsync();
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private async Task<bool> IsRightAsync(User user, string typed)
    {
        if (user.TotpSecret is not { } kept)
        {
            return false;
        }

        if (Totp.StepOf(SecretOf(kept), typed, time.GetUtcNow()) is { } step)
        {
            // One statement decides, so that of two people with one code one gets in.
            return await db.Users.Where(u => u.Id == user.Id && (u.TotpLastStep == null || u.TotpLastStep < step)).ExecuteUpdateAsync(u => u.SetProperty(x => x.TotpLastStep, step)) == 1;
        }

        var hash = HashOf(typed);
        var now = Instants.Truncate(time.GetUtcNow().UtcDateTime);
        var used = await db.RecoveryCodes.Where(c => c.UserId == user.Id && c.Hash == hash && c.UsedOn == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedOn, now)) == 1;
        if (used)
        {
            audit.Record("use-recovery-code", nameof(User), user.Id.ToString());
            await db.SaveChangesAsync();
        }

        return used;
    }

    private string SecretOf(string kept)
    {
        try
        {
            return protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            throw new RefusedException("Your two-step sign-in cannot be read, because a key of this site is missing. Ask whoever manages users to reset it", "Code");
        }
    }

    /// <summary>A code has about 48 random bits, so a plain hash keeps it.</summary>
    private static string HashOf(string code) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant())));
}

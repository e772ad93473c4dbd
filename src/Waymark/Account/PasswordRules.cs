using Microsoft.AspNetCore.Identity;
using Waymark.Kernel.Access;

namespace Waymark.Host.Account;

/// <summary>Refuses passwords that are guessed first: common ones, patterns, the user's own name. No rule about classes of characters, none about changing at set times.</summary>
public sealed class PasswordRules : IPasswordValidator<User>
{
    public const int Shortest = 12;
    public const int Longest = 200;

    /// <summary>zxcvbn's scale: 3 needs about 10^8 guesses.</summary>
    private const int LeastScore = 3;

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (password is not { Length: >= Shortest })
        {
            // Identity's own length rule speaks.
            return Task.FromResult(IdentityResult.Success);
        }

        if (password.Length > Longest)
        {
            return Refuse("PasswordTooLong", $"Password must be {Longest} characters or fewer");
        }

        string[] own = [.. user.DisplayName.Split(' '), user.UserName ?? "", user.Email ?? "", "waymark", "council"];
        return new Zxcvbn.Zxcvbn().EvaluatePassword(password[..Math.Min(password.Length, 64)], own.Where(o => o.Length > 2)).Score < LeastScore
            ? Refuse("PasswordTooCommon", "Choose a password that is harder to guess: three words that do not belong together make a good one")
            : Task.FromResult(IdentityResult.Success);
    }

    private static Task<IdentityResult> Refuse(string code, string message) => Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = message }));
}

/// <summary>Identity's refusals as this site words them.</summary>
public sealed class PlainIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), $"Password must be {length} characters or more");
    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), $"Password must have {uniqueChars} or more different characters");
    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "The password you have now is not right");
    public override IdentityError InvalidToken() => Say(nameof(InvalidToken), "This link has been used or is too old. Ask whoever manages users for a new one");
    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), $"There is already a user called “{userName}”");
    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), "Enter a user name");

    private static IdentityError Say(string code, string description) => new() { Code = code, Description = description };
}

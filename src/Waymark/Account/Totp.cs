using System.Globalization;
using System.Security.Cryptography;

namespace Waymark.Host.Account;

/// <summary>
/// Six-digit codes of an authenticator app (RFC 6238: HMAC-SHA-1, steps of 30 seconds). Identity's own provider reads the machine's clock and lets a code be used twice;
/// this one is given the time and says which step a code belongs to, so that its caller can refuse the second use.
/// </summary>
public static class Totp
{
    private const int StepSeconds = 30;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>160 random bits, in base 32 as apps take it.</summary>
    public static string NewSecret()
    {
        var bytes = RandomNumberGenerator.GetBytes(20);
        var letters = new char[32];
        for (var i = 0; i < letters.Length; i++)
        {
            var bit = i * 5;
            var window = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            letters[i] = Base32Letters[(window >> (11 - bit % 8)) & 31];
        }

        return new string(letters);
    }

    /// <summary>The step of a right code, one step early or late allowed for a clock that is off; <c>null</c> for a wrong one.</summary>
    public static long? StepOf(string secret, string code, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(code);
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(CodeAt(secret, step)), System.Text.Encoding.UTF8.GetBytes(typed)))
            {
                found = step;
            }
        }

        return found;
    }

    public static string CodeAt(string secret, DateTimeOffset at) => CodeAt(secret, at.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>The address an app reads from the QR code.</summary>
    public static string UriFor(string secret, string account, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={secret}&issuer={Uri.EscapeDataString(issuer)}&digits=6&period={StepSeconds}";

    private static string CodeAt(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as every app implements it; HMAC-SHA-1 is not broken.
        var hash = HMACSHA1.HashData(FromBase32(secret), counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xf;
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        var (held, bits, at) = (0, 0, 0);
        foreach (var letter in text)
        {
            held = ((held << 5) | Base32Letters.IndexOf(letter)) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[at++] = (byte)(held >> bits);
            }
        }

        return bytes;
    }
}

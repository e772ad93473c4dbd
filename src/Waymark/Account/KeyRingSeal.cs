using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;
using Waymark.Kernel.Data;

namespace Waymark.Host.Account;

/// <summary>
/// Seals the data-protection keys that stand in the database with a key that does not (<see cref="SecretKeys"/>, name <c>signin</c>): a copy of the database alone forges no
/// cookie and opens no authenticator secret. AES-256-GCM; nonce, tag and text, in base 64.
/// </summary>
public sealed class KeyRingSeal(SecretKeys keys) : IXmlEncryptor, IConfigureOptions<KeyManagementOptions>
{
    internal const string KeyName = "signin";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public void Configure(KeyManagementOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.XmlEncryptor = this;
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var made = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(made.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(keys.Get(KeyName).AsSpan(0, 32), TagBytes);
        aes.Encrypt(made.AsSpan(0, NonceBytes), plain, made.AsSpan(NonceBytes + TagBytes), made.AsSpan(NonceBytes, TagBytes));
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(made)), typeof(KeyRingOpener));
    }

    internal static XElement Open(SecretKeys keys, XElement element)
    {
        var made = Convert.FromBase64String(element.Value);
        var plain = new byte[made.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(keys.Get(KeyName).AsSpan(0, 32), TagBytes);
        aes.Decrypt(made.AsSpan(0, NonceBytes), made.AsSpan(NonceBytes + TagBytes), made.AsSpan(NonceBytes, TagBytes), plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}

/// <summary>Made by the data-protection system from its name in the key ring.</summary>
public sealed class KeyRingOpener(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => KeyRingSeal.Open(services.GetRequiredService<SecretKeys>(), encryptedElement);
}

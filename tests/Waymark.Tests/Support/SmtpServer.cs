using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MimeKit;
using Waymark.Kernel.Messages;

namespace Waymark.Tests.Support;

/// <summary>A real SMTP server (npm <c>smtp-server</c> in <c>tests/smtp</c>), run by Node, with a certificate of its own.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private SmtpServer(Process process, DirectoryInfo folder, int port) => (this.process, this.folder, Port) = (process, folder, port);

    public int Port { get; }

    public SmtpSettings Settings => SmtpSettings.Parse($"smtp://waymark:p%40ss%20word@127.0.0.1:{Port}", "Adult social care <care@example.gov.uk>", Path.Combine(folder.FullName, "certificate.pem"));

    public static async Task<SmtpServer> StartAsync(CancellationToken cancellation)
    {
        var script = Path.Combine(Folder(), "server.mjs");
        if (!Directory.Exists(Path.Combine(Folder(), "node_modules")))
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["ci", "--silent"]) { WorkingDirectory = Folder() })!;
            await install.WaitForExitAsync(cancellation);
        }

        var folder = Directory.CreateTempSubdirectory("waymark-smtp-");
        var (key, certificate) = (Path.Combine(folder.FullName, "key.pem"), Path.Combine(folder.FullName, "certificate.pem"));
        MakeCertificate(key, certificate);
        var process = Process.Start(new ProcessStartInfo("node", [script, key, certificate]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        using var first = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The SMTP server did not start."));
        return new SmtpServer(process, folder, first.RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>The next message it took.</summary>
    public async Task<Taken> TakenAsync(CancellationToken cancellation)
    {
        using var line = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync(cancellation) ?? throw new InvalidOperationException("The SMTP server stopped."));
        var root = line.RootElement;
        var mail = await MimeMessage.LoadAsync(new MemoryStream(Convert.FromBase64String(root.GetProperty("data").GetString()!)), cancellation);
        return new Taken(root.GetProperty("secure").GetBoolean(), root.GetProperty("user").GetString(), root.GetProperty("from").GetString()!, root.GetProperty("to")[0].GetString()!, mail);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Waymark.slnx")))
            {
                return Path.Combine(at.FullName, "tests", "smtp");
            }
        }

        throw new InvalidOperationException("The tests must run from within the repository.");
    }

    private static void MakeCertificate(string keyFile, string certificateFile)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
    }
}

public sealed record Taken(bool IsSecure, string? User, string From, string To, MimeMessage Mail);

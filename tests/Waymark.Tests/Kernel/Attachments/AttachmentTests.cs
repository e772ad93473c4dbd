using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.People;
using Waymark.Tests.Support;
using Xunit;

namespace Waymark.Tests.Kernel.Attachments;

public sealed class AttachmentTests : IAsyncLifetime
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, .. new byte[200]];
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    private TestSite site = null!;
    private Person person = null!;
    private User worker = null!;

    private AttachmentFiles Files => site.Services.GetRequiredService<AttachmentFiles>();

    public async ValueTask InitializeAsync()
    {
        site = await TestSite.StartAsync();
        person = await site.PersonAsync();
        worker = await Given.UserAsync(site, Roles.SocialWorker);
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task Add_KnownKinds_AreKeptByTheirContent()
    {
        (string Name, byte[] Content, string Type)[] cases =
        [
            ("letter.pdf", Pdf, "application/pdf"),
            ("scan.PNG", Png, "image/png"),
            ("photo.jpeg", Jpeg, "image/jpeg"),
            ("x.gif", "GIF89a…"u8.ToArray(), "image/gif"),
            ("notes.txt", "Ring after 5 — she is deaf"u8.ToArray(), "text/plain"),
            ("list.csv", "a,b\n1,2\n"u8.ToArray(), "text/plain"),
            ("mail.eml", "From: a@example.com\r\nSubject: Hello\r\n\r\nBody"u8.ToArray(), "message/rfc822"),
            ("plan.docx", Zip("[Content_Types].xml", "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("sums.xlsx", Zip("[Content_Types].xml", "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("talk.pptx", Zip("[Content_Types].xml", "ppt/presentation.xml"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ];
        foreach (var (name, content, type) in cases)
        {
            var added = await AddAsync(name, content);
            added.ContentType.ShouldBe(type, name);
            (await File.ReadAllBytesAsync(Path.Combine(Files.Root, added.StoredName), TestContext.Current.CancellationToken)).ShouldBe(content);
            added.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)));
        }

        Directory.GetFiles(Files.Arriving).ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_WhatMayNotBe_IsRefusedWithWordsAndLeavesNothing()
    {
        (string Name, byte[] Content, string Says)[] cases =
        [
            ("run.exe", "MZ\u0090"u8.ToArray(), "program"),
            ("report.pdf", "MZ\u0090"u8.ToArray(), "program"),
            ("run", [0x7F, (byte)'E', (byte)'L', (byte)'F', 1], "program"),
            ("run.txt", "#!/bin/sh\nrm -rf /"u8.ToArray(), "program"),
            ("../../x.html", "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray(), "web page"),
            ("x.txt", "  \n<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "web page"),
            ("x.txt", "Hello <script>alert(1)</script>"u8.ToArray(), "web page"),
            ("x.xml", "<?xml version='1.0'?><a/>"u8.ToArray(), "web page"),
            ("report.pdf", Png, "named as .pdf but holds a PNG picture"),
            ("x.html", "Only words"u8.ToArray(), "named as .html but holds a text"),
            ("x.zip", Zip("a.txt"), "archive"),
            ("x.docx", Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macros"),
            ("x.docx", [(byte)'P', (byte)'K', 3, 4, 9, 9, 9, 9], "damaged"),
            ("x.doc", [0xD0, 0xCF, 0x11, 0xE0, 1, 2], "old Office file"),
            ("x.txt", [0xFF, 0xFE, 0x41, 0x00], "UTF-8"),
            ("x.txt", Encoding.Latin1.GetBytes("caf\u00e9"), "UTF-8"),
            ("x.bin", [0, 1, 2, 3], "cannot be attached"),
            ("empty.pdf", [], "empty"),
            ("..", Pdf, "Choose a file"),
        ];
        foreach (var (name, content, says) in cases)
        {
            var refused = await Should.ThrowAsync<RefusedException>(() => AddAsync(name, content), name);
            refused.Message.ShouldContain(says, Case.Insensitive, name);
            refused.Field.ShouldBe("File");
        }

        (await site.InDbAsync(db => db.Attachments.CountAsync())).ShouldBe(0);
        Directory.GetFiles(Files.Root, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_OverTheLimit_IsRefusedAndLeavesNothing()
    {
        var refused = await Should.ThrowAsync<RefusedException>(() => site.InScopeAsync(s => s.GetRequiredService<AddAttachment>().RunAsync(
            new EndlessStream(26 * 1024 * 1024), new AttachmentDetails { FileName = "big.pdf", PersonId = person.Id })));

        refused.Message.ShouldContain("25 MB or smaller");
        Directory.GetFiles(Files.Arriving).ShouldBeEmpty();
    }

    [Fact]
    public async Task Add_UploadKilledHalfWay_LeavesNothing()
    {
        await Should.ThrowAsync<IOException>(() => site.InScopeAsync(s => s.GetRequiredService<AddAttachment>().RunAsync(
            new EndlessStream(1024 * 1024) { BreaksAt = 300_000 }, new AttachmentDetails { FileName = "half.pdf", PersonId = person.Id })));

        Directory.GetFiles(Files.Root, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await site.InDbAsync(db => db.Attachments.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Tidy_ClearsWhatACrashLeft_AndNothingElse()
    {
        var kept = await AddAsync("letter.pdf", Pdf);
        var half = Path.Combine(Files.Arriving, Guid.NewGuid().ToString("N"));
        var fresh = Path.Combine(Files.Arriving, Guid.NewGuid().ToString("N"));
        var orphan = Path.Combine(Directory.CreateDirectory(Path.Combine(Files.Root, "ab")).FullName, Guid.NewGuid().ToString("N"));
        foreach (var path in new[] { half, fresh, orphan })
        {
            await File.WriteAllBytesAsync(path, Pdf, TestContext.Current.CancellationToken);
        }

        var old = site.Time.GetUtcNow().UtcDateTime.AddDays(-1);
        File.SetLastWriteTimeUtc(half, old);
        File.SetLastWriteTimeUtc(orphan, old);
        File.SetLastWriteTimeUtc(Path.Combine(Files.Root, kept.StoredName), old);
        File.SetLastWriteTimeUtc(fresh, site.Time.GetUtcNow().UtcDateTime);

        await site.InScopeAsync(s => new TidyAttachments().RunAsync(s, CancellationToken.None));

        Directory.GetFiles(Files.Root, "*", SearchOption.AllDirectories).ShouldBe([fresh, Path.Combine(Files.Root, kept.StoredName)], ignoreOrder: true);
    }

    [Fact]
    public async Task Upload_OverHttp_IsKept_AndDownloadsAsAnAttachmentThatRunsNothing()
    {
        using var client = site.Client(worker.Id);

        using var posted = await UploadAsync(client, "../../évil-name.pdf", Pdf);
        posted.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        posted.RedirectPath().ShouldBe($"/people/{person.Reference}");
        var added = await site.InDbAsync(db => db.Attachments.SingleAsync());
        added.FileName.ShouldBe("évil-name.pdf");

        using var response = await client.GetAsync($"/attachments/{added.Id}", TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(Pdf);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("évil-name.pdf");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
    }

    [Fact]
    public async Task Upload_Refused_ShowsWhyAndKeepsWhatWasTyped()
    {
        using var client = site.Client(worker.Id);

        using var posted = await UploadAsync(client, "x.html", "<html>"u8.ToArray(), ("CameFrom", "Her daughter"));

        var page = await posted.PageAsync();
        page.Errors().ShouldHaveSingleItem().ShouldContain("web page");
        page.QuerySelector("input[name=CameFrom]")!.GetAttribute("value").ShouldBe("Her daughter");
    }

    [Fact]
    public async Task Upload_WithoutTheSitesToken_IsNotRead()
    {
        using var client = site.Client(worker.Id);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Pdf), "File", "letter.pdf" } };

        using var response = await client.PostAsync($"/attachments/new?personId={person.Id}", form, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await site.InDbAsync(db => db.Attachments.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Download_GuessedIdRestrictedOrStruck_IsNotFound()
    {
        using var client = site.Client(worker.Id);
        var added = await AddAsync("letter.pdf", Pdf);
        async Task<HttpStatusCode> GetAsync(Guid id) => (await client.GetAsync($"/attachments/{id}", TestContext.Current.CancellationToken)).StatusCode;
        (await GetAsync(Guid.NewGuid())).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(added.Id)).ShouldBe(HttpStatusCode.OK);

        await site.InDbAsync(async db =>
        {
            GivenRecords.Restrict(db, person, Guid.NewGuid());
            return await db.SaveChangesAsync();
        });
        (await GetAsync(added.Id)).ShouldBe(HttpStatusCode.NotFound);
        await site.InDbAsync(db => db.Restrictions.ExecuteDeleteAsync());
        await site.InScopeAsync(s => s.GetRequiredService<StrikeAttachment>().RunAsync(added.Id, "Another person's"));
        (await GetAsync(added.Id)).ShouldBe(HttpStatusCode.NotFound);
    }

    private Task<Attachment> AddAsync(string name, byte[] content) => site.InScopeAsync(s => s.GetRequiredService<AddAttachment>().RunAsync(
        new MemoryStream(content), new AttachmentDetails { FileName = name, PersonId = person.Id }));

    private async Task<HttpResponseMessage> UploadAsync(HttpClient client, string name, byte[] content, params (string Name, string Value)[] fields)
    {
        var url = $"/attachments/new?personId={person.Id}&returnUrl=/people/{person.Reference}";
        var page = await client.PageAsync(url);
        using var form = new MultipartFormDataContent { { new StringContent(page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" } };
        foreach (var (field, value) in fields)
        {
            form.Add(new StringContent(value), field);
        }

        form.Add(new ByteArrayContent(content), "File", name);
        return await client.PostAsync(url, form);
    }

    private static byte[] Zip(params string[] names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write("x"u8);
            }
        }

        return stream.ToArray();
    }

    private sealed class EndlessStream(long length) : MemoryStream
    {
        private long at;

        public long BreaksAt { get; init; } = long.MaxValue;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (at >= BreaksAt)
            {
                throw new IOException("The connection was closed.");
            }

            var read = (int)Math.Min(buffer.Length, length - at);
            at += read;
            return ValueTask.FromResult(read);
        }
    }
}

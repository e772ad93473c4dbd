using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;

namespace Waymark.Kernel.Attachments;

/// <summary>What is said of a file beside its bytes.</summary>
public sealed record AttachmentDetails
{
    public required string? FileName { get; init; }
    public Guid? PersonId { get; init; }
    public Guid? EpisodeId { get; init; }
    public string? CameFrom { get; init; }

    /// <summary>May not be shared with the person.</summary>
    public bool IsThirdParty { get; init; }
}

/// <summary>Attaches a file to a person or an episode. It is checked by its content before anyone can open it.</summary>
[Scoped]
public sealed class AddAttachment(WaymarkDb db, CareClock clock, Viewer viewer, Auditor audit, CouncilPolicy policy, AttachmentFiles files, MergedPeople merged, RecordAccess access)
{
    /// <summary>The policy number, in megabytes.</summary>
    public const string LargestKey = "attachments.largest-mb";

    public long Largest => (long)(policy.NumberAt(LargestKey, clock.Today) * 1024 * 1024);

    public async Task<Attachment> RunAsync(Stream content, AttachmentDetails details, CancellationToken cancellation = default)
    {
        var label = FileLabel.Clean(details.FileName);
        var personId = await CheckAsync(details);
        var file = await files.ReceiveAsync(content, Largest, cancellation);
        try
        {
            FileKind kind;
            await using (var stream = File.OpenRead(file.Path))
            {
                kind = FileCheck.Check(stream, label);
            }

            return await SaveAsync(file, details, kind, label, personId, cancellation);
        }
        finally
        {
            File.Delete(file.Path);
        }
    }

    private async Task<Guid?> CheckAsync(AttachmentDetails details)
    {
        if (!viewer.May(Can.AttachFiles))
        {
            throw new RefusedException("You may not attach files");
        }

        if (details.EpisodeId is { } episodeId)
        {
            (await access.SightOfEpisodeAsync(episodeId)).Demand();
            return (await db.Episodes.Where(e => e.Id == episodeId).Select(e => new { e.PersonId }).FirstOrDefaultAsync() ?? throw new RefusedException("The work it belongs to is not there")).PersonId;
        }

        if (details.PersonId is not { } personId || !(await merged.SurvivorsAsync([personId])).TryGetValue(personId, out var standing))
        {
            throw new RefusedException("Choose whose record the file belongs to");
        }

        (await access.SightOfPersonAsync(standing)).Demand();
        return standing;
    }

    private async Task<Attachment> SaveAsync(ReceivedFile file, AttachmentDetails details, FileKind kind, string label, Guid? personId, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7();
        var stored = files.Keep(file, id);
        try
        {
            var attachment = new Attachment
            {
                Id = id,
                PersonId = personId,
                EpisodeId = details.EpisodeId,
                FileName = Path.HasExtension(label) ? label : label + kind.Extensions[0],
                ContentType = kind.ContentType,
                Length = file.Length,
                StoredName = stored,
                Sha256 = file.Sha256,
                AddedById = viewer.UserId,
                AddedOn = clock.Now,
                AddedDate = clock.Today,
                CameFrom = string.IsNullOrWhiteSpace(details.CameFrom) ? null : details.CameFrom.Trim(),
                IsThirdParty = details.IsThirdParty,
            };
            db.Add(attachment);
            if (details.PersonId is { } asked && personId is { } standing && asked != standing && details.EpisodeId is null)
            {
                await merged.RememberAsync(asked, nameof(Attachment), attachment.Id);
            }

            audit.Record("add-attachment", attachment, new { attachment.EpisodeId, attachment.ContentType, attachment.Length, attachment.Sha256 }, personId);
            await db.SaveChangesAsync(cancellation);
            return attachment;
        }
        catch
        {
            files.Delete(stored);
            throw;
        }
    }
}

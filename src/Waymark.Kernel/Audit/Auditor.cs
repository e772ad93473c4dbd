using System.Text.Json;
using Waymark.Kernel.Access;
using Waymark.Kernel.Data;

namespace Waymark.Kernel.Audit;

/// <summary>Adds an audit row to the act's own unit of work; it is saved, or not, with the act.</summary>
public sealed class Auditor(WaymarkDb db, Viewer viewer, TimeProvider time)
{
    /// <param name="act">Verb and noun in kebab case.</param>
    /// <param name="subject">The entity acted on.</param>
    /// <param name="detail">Serialised to JSON; ids and keys, no personal data.</param>
    public void Record(string act, Entity subject, object? detail = null, Guid? personId = null) =>
        Record(act, subject.GetType().Name, subject.Id.ToString(), detail, personId);

    public void Record(string act, string subjectKind, string subjectId, object? detail = null, Guid? personId = null) => db.Audit.Add(new AuditEntry
    {
        OccurredOn = Instants.Truncate(time.GetUtcNow().UtcDateTime),
        UserId = viewer.IsSystem || !viewer.IsSignedIn ? null : viewer.UserId,
        Act = act,
        SubjectKind = subjectKind,
        SubjectId = subjectId,
        PersonId = personId,
        Detail = detail is null ? "{}" : JsonSerializer.Serialize(detail),
    });
}

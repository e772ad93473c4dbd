using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;
using Waymark.Kernel.SubjectAccess;

namespace Waymark.FrontDoor.Contacts;

/// <summary>One contact with the council: a call, a mail, a web form. It may concern several people, each with an outcome of its own.</summary>
public sealed class Contact : Entity
{
    /// <summary>Key of policy list <c>contact.channels</c>.</summary>
    public required string Channel { get; init; }
    public required Guid HandlerId { get; init; }

    /// <summary>When the page was opened, and when the contact was saved with an outcome; null while it is being taken. A contact counts once it is saved.</summary>
    public required DateTime StartedOn { get; init; }
    public DateTime? SavedOn { get; set; }
    public required DateOnly ReceivedDate { get; init; }

    /// <summary>From the last answer typed to the outcome saved, in seconds: work after the talk, never the talk itself.</summary>
    public int? SecondsToSave { get; set; }

    /// <summary>Who called: name, relation to the person, how they were checked, whether the person agreed to the call.</summary>
    [ThirdParty]
    public string? CallerName { get; set; }

    [ThirdParty]
    public string? CallerRelation { get; set; }

    [ThirdParty]
    public string? CallerPhone { get; set; }

    [ThirdParty]
    public string? CallerChecked { get; set; }

    public string? Consent { get; set; }
    public bool IsAnonymous { get; set; }

    /// <summary>Somebody other than the person told us.</summary>
    public bool IsThirdParty { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<Contact>
    {
        public void Configure(EntityTypeBuilder<Contact> builder) => builder.HasIndex(c => c.ReceivedDate);
    }
}

/// <summary>One person a contact concerns, what matters to them, and what came of it.</summary>
public sealed class ContactSubject : Entity
{
    public required Guid ContactId { get; init; }

    /// <summary>The episode on the contact pathway.</summary>
    public required Guid EpisodeId { get; init; }
    public Guid? PersonId { get; set; }

    /// <summary>In their own words (FC-4).</summary>
    public string? WhatMatters { get; set; }
    public string? AdviceGiven { get; set; }

    /// <summary>Key of policy list <c>contact.outcomes</c>; null while the contact is being taken.</summary>
    public string? Outcome { get; set; }

    /// <summary>As the policy said on the day; written, so that a later policy never changes a past figure.</summary>
    public bool IsResolved { get; set; }
    public bool IsForwarded { get; set; }

    private sealed class Configuration : IEntityTypeConfiguration<ContactSubject>
    {
        public void Configure(EntityTypeBuilder<ContactSubject> builder)
        {
            builder.HasIndex(s => s.ContactId);
            builder.HasIndex(s => s.EpisodeId);
            builder.HasIndex(s => s.PersonId);
        }
    }
}

/// <summary>What else came of a contact for a person, beside its main <see cref="ContactSubject.Outcome"/>: one call may end in advice and in a word to the worker they have.</summary>
public sealed class FurtherContactOutcome : Entity
{
    public required Guid ContactId { get; init; }

    /// <summary>Of the <see cref="ContactSubject"/>: by it the row is part of that person's record, handed out and disposed of with it.</summary>
    public required Guid EpisodeId { get; init; }

    /// <summary>Key of policy list <c>contact.outcomes</c>.</summary>
    public required string Outcome { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<FurtherContactOutcome>
    {
        public void Configure(EntityTypeBuilder<FurtherContactOutcome> builder)
        {
            builder.HasIndex(o => o.ContactId);
            builder.HasIndex(o => o.EpisodeId);
        }
    }
}

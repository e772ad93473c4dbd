using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Data;

namespace Waymark.FrontDoor.Contacts;

/// <summary>One contact with the council: a call, a mail, a web form. It may concern several people, each with an outcome of its own.</summary>
public sealed class Contact : Entity
{
    /// <summary>Key of policy list <c>contact.channels</c>.</summary>
    public required string Channel { get; init; }
    public required Guid HandlerId { get; init; }

    /// <summary>When the page was opened and when the contact was saved: the time after the talk is what is measured.</summary>
    public required DateTime StartedOn { get; init; }
    public required DateTime SavedOn { get; init; }
    public required DateOnly ReceivedDate { get; init; }

    /// <summary>Who called: name, relation to the person, how they were checked, whether the person agreed to the call.</summary>
    public string? CallerName { get; init; }
    public string? CallerRelation { get; init; }
    public string? CallerPhone { get; init; }
    public string? CallerChecked { get; init; }
    public string? Consent { get; init; }
    public bool IsAnonymous { get; init; }

    /// <summary>Somebody other than the person told us.</summary>
    public bool IsThirdParty { get; init; }

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
    public string? WhatMatters { get; init; }
    public string? AdviceGiven { get; init; }

    /// <summary>Key of policy list <c>contact.outcomes</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>As the policy said on the day; written, so that a later policy never changes a past figure.</summary>
    public required bool IsResolved { get; init; }
    public required bool IsForwarded { get; init; }

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

using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Waymark.Kernel.Access;
using Waymark.Kernel.Attachments;
using Waymark.Kernel.Audit;
using Waymark.Kernel.CareEvents;
using Waymark.Kernel.Figures;
using Waymark.Kernel.Forms;
using Waymark.Kernel.Jobs;
using Waymark.Kernel.Measures;
using Waymark.Kernel.Messages;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Notes;
using Waymark.Kernel.Organisations;
using Waymark.Kernel.Pathways;
using Waymark.Kernel.People;
using Waymark.Kernel.Policy;
using Waymark.Kernel.Retention;
using Waymark.Kernel.SubjectAccess;

namespace Waymark.Kernel.Data;

/// <summary>
/// The one database context. Kernel tables are properties; a module's tables are reached with <c>Set&lt;T&gt;()</c> and configured by
/// an <see cref="IEntityTypeConfiguration{TEntity}"/> that stands beside the entity in its slice.
/// </summary>
public sealed class WaymarkDb(DbContextOptions<WaymarkDb> options, Catalogue catalogue)
    : IdentityUserContext<User, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<PersonName> PersonNames => Set<PersonName>();
    public DbSet<NameWord> NameWords => Set<NameWord>();
    public DbSet<PersonWord> PersonWords => Set<PersonWord>();
    public DbSet<PersonMerge> PersonMerges => Set<PersonMerge>();
    public DbSet<PersonMergeMove> PersonMergeMoves => Set<PersonMergeMove>();
    public DbSet<PersonIdentifier> PersonIdentifiers => Set<PersonIdentifier>();
    public DbSet<PersonAddress> PersonAddresses => Set<PersonAddress>();
    public DbSet<PersonRelationship> PersonRelationships => Set<PersonRelationship>();
    public DbSet<PersonAlert> PersonAlerts => Set<PersonAlert>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<TeamDuty> TeamDuties => Set<TeamDuty>();
    public DbSet<Episode> Episodes => Set<Episode>();
    public DbSet<EpisodeParty> EpisodeParties => Set<EpisodeParty>();
    public DbSet<EpisodeLink> EpisodeLinks => Set<EpisodeLink>();
    public DbSet<StageSpan> StageSpans => Set<StageSpan>();
    public DbSet<EpisodeClock> EpisodeClocks => Set<EpisodeClock>();
    public DbSet<EpisodeTask> EpisodeTasks => Set<EpisodeTask>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<BulkClosure> BulkClosures => Set<BulkClosure>();
    public DbSet<BulkClosureItem> BulkClosureItems => Set<BulkClosureItem>();
    public DbSet<WaitingContact> WaitingContacts => Set<WaitingContact>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<DraftAnswer> DraftAnswers => Set<DraftAnswer>();
    public DbSet<OverwrittenAnswer> OverwrittenAnswers => Set<OverwrittenAnswer>();
    public DbSet<FormRevision> FormRevisions => Set<FormRevision>();
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<NoteSubject> NoteSubjects => Set<NoteSubject>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<CareEvent> CareEvents => Set<CareEvent>();
    public DbSet<PublishedFigure> PublishedFigures => Set<PublishedFigure>();
    public DbSet<FigureRow> FigureRows => Set<FigureRow>();
    public DbSet<FigureRestatement> FigureRestatements => Set<FigureRestatement>();
    public DbSet<MeasureRowsOpening> MeasureRowsOpenings => Set<MeasureRowsOpening>();
    public DbSet<PopulationEstimate> PopulationEstimates => Set<PopulationEstimate>();
    public DbSet<ReportedFact> ReportedFacts => Set<ReportedFact>();
    public DbSet<Pseudonym> Pseudonyms => Set<Pseudonym>();
    public DbSet<PolicyFile> PolicyFiles => Set<PolicyFile>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<RoleGrant> RoleGrants => Set<RoleGrant>();
    public DbSet<SealedPost> SealedPosts => Set<SealedPost>();
    public DbSet<UserSession> UserSessions => Set<UserSession>();
    public DbSet<Restriction> Restrictions => Set<Restriction>();
    public DbSet<BreakGlass> BreakGlasses => Set<BreakGlass>();
    public DbSet<DeclaredInterest> DeclaredInterests => Set<DeclaredInterest>();
    public DbSet<ViewLogEntry> ViewLog => Set<ViewLogEntry>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();
    public DbSet<LegalHold> LegalHolds => Set<LegalHold>();
    public DbSet<Disposal> Disposals => Set<Disposal>();
    public DbSet<SubjectAccessAnswer> SubjectAccessAnswers => Set<SubjectAccessAnswer>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<Lease> Leases => Set<Lease>();
    public DbSet<Setting> Settings => Set<Setting>();
    public DbSet<ReferenceCounter> ReferenceCounters => Set<ReferenceCounter>();
    public DbSet<Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey> DataProtectionKeys => Set<Microsoft.AspNetCore.DataProtection.EntityFrameworkCore.DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        foreach (var assembly in AssembliesOfTables())
        {
            builder.ApplyConfigurationsFromAssembly(assembly);
        }

        Conventions.Apply(builder);
        if (Database.IsNpgsql())
        {
            Conventions.SortByBytes(builder);
        }
    }

    /// <summary>The assemblies whose tables the model has, as one text.</summary>
    internal string Assemblies => string.Join(' ', AssembliesOfTables().Select(a => a.FullName));

    private IEnumerable<System.Reflection.Assembly> AssembliesOfTables() =>
        catalogue.Modules.Select(m => m.GetType().Assembly).Prepend(typeof(WaymarkDb).Assembly).Distinct();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, ModelKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (NameIndex.HasWork(ChangeTracker))
        {
            throw new NotSupportedException("People are saved with SaveChangesAsync, which keeps the name index.");
        }

        Conventions.RaiseVersions(ChangeTracker);
        AppendOnly.Guard(ChangeTracker);
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await NameIndex.FollowAsync(this, cancellationToken);
        Conventions.RaiseVersions(ChangeTracker);
        AppendOnly.Guard(ChangeTracker);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}

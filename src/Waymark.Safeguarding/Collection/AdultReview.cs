using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Kernel.Access;
using Waymark.Kernel.Audit;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Data;
using Waymark.Kernel.Modules;

namespace Waymark.Safeguarding.Collection;

/// <summary>A Safeguarding Adults Review (section 44) as the collection counts it, SG5: when it was concluded, and of how many people who suffered serious harm. It names nobody.</summary>
public sealed class AdultReview : Entity
{
    public required string Title { get; init; }
    public required DateOnly ConcludedDate { get; init; }

    /// <summary>People who suffered serious harm and died.</summary>
    public required int Died { get; init; }

    /// <summary>People who suffered serious harm and survived.</summary>
    public required int Survived { get; init; }

    private sealed class Configuration : IEntityTypeConfiguration<AdultReview>
    {
        public void Configure(EntityTypeBuilder<AdultReview> builder) => builder.HasIndex(r => r.ConcludedDate);
    }
}

/// <summary>Records a review that the Safeguarding Adults Board has concluded.</summary>
[Scoped]
public sealed class RecordAdultReview(WaymarkDb db, CareClock clock, Auditor audit)
{
    public async Task RunAsync(string? title, DateOnly? concluded, int? died, int? survived)
    {
        var name = string.IsNullOrWhiteSpace(title) ? throw new RefusedException("Enter what the review is called; it names nobody who was harmed", "Name") : title.Trim();
        if (concluded is not { } day || day > clock.Today)
        {
            throw new RefusedException("Enter the day on which it was concluded", "Concluded");
        }

        if (died is not >= 0 || survived is not >= 0 || died + survived is 0 or > 500)
        {
            throw new RefusedException("Enter how many people died and how many survived: at least one in all", "Died");
        }

        var review = new AdultReview { Title = name, ConcludedDate = day, Died = died.Value, Survived = survived.Value };
        db.Add(review);
        audit.Record("record-adult-review", review, new { review.ConcludedDate, review.Died, review.Survived });
        await db.SaveChangesAsync();
    }
}

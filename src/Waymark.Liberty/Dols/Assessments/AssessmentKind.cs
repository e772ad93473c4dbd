using Waymark.Kernel.Pathways;

namespace Waymark.Liberty.Dols.Assessments;

/// <summary>One of the six qualifying requirements (Schedule A1, paragraph 12), the form that assesses it, and the requirement's name among the reasons not to grant.</summary>
public sealed record AssessmentKind(string Key, string Title, NotGrantedReason WhenNotMet, string FormKey, Action<Stage> AddTo)
{
    public static readonly AssessmentKind Age = Of<AgeForm>(AgeForm.Key, "Age", NotGrantedReason.Age);
    public static readonly AssessmentKind NoRefusals = Of<NoRefusalsForm>(NoRefusalsForm.Key, "No refusals", NotGrantedReason.NoRefusals);
    public static readonly AssessmentKind Capacity = Of<DolsCapacityForm>(DolsCapacityForm.Key, "Mental capacity", NotGrantedReason.Capacity);
    public static readonly AssessmentKind MentalHealth = Of<MentalHealthForm>(MentalHealthForm.Key, "Mental health", NotGrantedReason.MentalHealth);
    public static readonly AssessmentKind Eligibility = Of<EligibilityForm>(EligibilityForm.Key, "Eligibility", NotGrantedReason.Eligibility);
    public static readonly AssessmentKind BestInterests = Of<DolsBestInterestsForm>(DolsBestInterestsForm.Key, "Best interests", NotGrantedReason.BestInterests);

    public static IReadOnlyList<AssessmentKind> All { get; } = [Age, NoRefusals, Capacity, MentalHealth, Eligibility, BestInterests];

    public static AssessmentKind At(string key) => All.First(k => k.Key == key);

    // The key of the task, the form and the stored assessment are one word: "age" in "dols-age".
    private static AssessmentKind Of<TForm>(string formKey, string title, NotGrantedReason whenNotMet) where TForm : Waymark.Kernel.Forms.Form =>
        new(formKey["dols-".Length..], title, whenNotMet, formKey, stage => stage.Beside<TForm>(formKey["dols-".Length..], $"{title} assessment"));
}

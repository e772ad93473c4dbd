using Waymark.Liberty.Dols.Assessments;

namespace Waymark.Liberty.Dols.Assessors;

/// <summary>What the assessors declared of one person: regulations 10 to 12 of SI 2008/1858.</summary>
public sealed record Conflicts
{
    public bool IsRelated { get; init; }
    public bool IsPaidByPlace { get; init; }
    public bool IsInvolvedInCare { get; init; }
}

/// <summary>Who may assess what, and who may not assess whom. Pure; every fault in words that say how to mend it.</summary>
public static class AssessorRules
{
    /// <param name="chosen">Assessment key to assessor, for all six.</param>
    public static IEnumerable<string> Faults(IReadOnlyDictionary<string, DolsAssessor> chosen, DolsCase made, Conflicts declared)
    {
        foreach (var missing in AssessmentKind.All.Where(k => !chosen.ContainsKey(k.Key)))
        {
            yield return $"Choose who assesses {missing.Title.ToLowerInvariant()}.";
        }

        if (chosen.Count == AssessmentKind.All.Count && chosen.Values.DistinctBy(a => a.Id).Count() < 2)
        {
            yield return "There must be at least two assessors.";
        }

        var (mental, interests) = (chosen.GetValueOrDefault(AssessmentKind.MentalHealth.Key), chosen.GetValueOrDefault(AssessmentKind.BestInterests.Key));
        if (mental is not null && mental.Id == interests?.Id)
        {
            yield return $"{mental.Name} cannot make both the mental health and the best interests assessment.";
        }

        foreach (var (key, assessor) in chosen)
        {
            if (WhyNotAble(key, assessor) is { } why)
            {
                yield return $"{assessor.Name} cannot assess {AssessmentKind.At(key).Title.ToLowerInvariant()}: {why}.";
            }
        }

        if (interests is { IsEmployedHere: true } && made.IsOwnPlace)
        {
            yield return $"The council runs this place, so {interests.Name}, whom it employs, cannot be the best interests assessor. Choose someone from outside.";
        }

        foreach (var own in chosen.Values.DistinctBy(a => a.Id).Where(a => a.AuthorityId is not null && a.AuthorityId == made.AuthorityId))
        {
            yield return $"{own.Name} works for {made.AuthorityName}, which asks for the authorisation. Choose someone else.";
        }

        foreach (var fault in Declared(declared))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Declared(Conflicts declared)
    {
        if (declared.IsRelated)
        {
            yield return "An assessor may not be a relative of the person (regulation 10). Choose someone else.";
        }

        if (declared.IsPaidByPlace)
        {
            yield return "An assessor may have no financial interest in the person's care (regulation 11). Choose someone else.";
        }

        if (declared.IsInvolvedInCare)
        {
            yield return "The best interests assessor may not be involved in the person's care or treatment (regulation 12). Choose someone else.";
        }
    }

    /// <summary>By profession and training.</summary>
    public static bool IsAble(string key, DolsAssessor assessor) => WhyNotAble(key, assessor) is null;

    /// <summary>Regulations 3 to 9, in words, or null when they are able.</summary>
    private static string? WhyNotAble(string key, DolsAssessor assessor) => key switch
    {
        _ when key == AssessmentKind.MentalHealth.Key => assessor is { IsMentalHealth: true, Profession: Profession.Doctor } ? null : "it takes a doctor approved for it",
        _ when key == AssessmentKind.Eligibility.Key => assessor.IsMentalHealth || assessor is { IsBestInterests: true, IsApprovedProfessional: true } ? null : "it takes the doctor, or a best interests assessor who is an approved mental health professional",
        _ when key == AssessmentKind.Capacity.Key => assessor.IsMentalHealth || assessor.IsBestInterests ? null : "it takes a doctor or a best interests assessor",
        _ => assessor.IsBestInterests && assessor.Profession != Profession.Doctor ? null : "it takes a best interests assessor",
    };
}

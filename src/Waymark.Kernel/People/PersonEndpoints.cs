using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Waymark.Kernel.Access;
using Waymark.Kernel.Calendar;
using Waymark.Kernel.Modules;
using Waymark.Kernel.Ui;

namespace Waymark.Kernel.People;

/// <summary>
/// Search and duplicates as one types, as JSON. What is typed is sent in the body, so that no name stands in a server's log. Without JavaScript the pages do the same.
/// </summary>
public sealed class PersonEndpoints : IEndpoints
{
    private const int Most = 8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/people/search", SearchAsync).WithMetadata(new RequiresAttribute(Can.ViewPeople));
        routes.MapPost("/people/duplicates", DuplicatesAsync).WithMetadata(new RequiresAttribute(Can.ViewPeople));
    }

    private static async Task<IResult> SearchAsync(FindPeople find, CareClock clock, [FromForm] string? q, CancellationToken cancellation)
    {
        var found = await find.RunAsync(q, cancellation);
        return Results.Json(new
        {
            people = found.Hits.Take(Most).Select(h => Line(h, string.Join(", ", h.Why), clock.Today)),
            more = Math.Max(0, found.Hits.Count - Most),
            restricted = found.Restricted,
            problem = found.Query.Problem,
        });
    }

    private static async Task<IResult> DuplicatesAsync(
        Duplicates duplicates, CareClock clock, [FromForm] string? givenName, [FromForm] string? familyName, [FromForm] string? preferredName,
        [FromForm] string? birthDay, [FromForm] string? birthMonth, [FromForm] string? birthYear, [FromForm] string? nhsNumber, [FromForm] string? phone, [FromForm] string? postcode, CancellationToken cancellation)
    {
        var (born, _, _) = DatePartsBinder.Read("Date of birth", birthDay, birthMonth, birthYear);
        var details = new PersonDetails { GivenName = givenName, FamilyName = familyName, PreferredName = preferredName, BirthDate = born, NhsNumber = nhsNumber, Phone = phone, Postcode = postcode };
        var found = await duplicates.ForAsync(details, cancellation: cancellation);
        return Results.Json(new { people = found.Rows.Select(d => Line(d.Person, d.Reasons, clock.Today)), restricted = found.Restricted });
    }

    private static object Line(PersonHit hit, string why, DateOnly today) => new
    {
        reference = hit.Reference,
        name = hit.FullName,
        born = hit.BirthDate is { } born ? $"{Format.ShortDate(born)}{(hit.DeathDate is null ? $", {Format.Age(born, today)}" : ", died")}" : "not known",
        postcode = hit.Postcode,
        why,
    };
}

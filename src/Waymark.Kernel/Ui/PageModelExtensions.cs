using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Kernel.Access;

namespace Waymark.Kernel.Ui;

/// <summary>Between a page and the use cases it runs.</summary>
public static class PageModelExtensions
{
    private const string FlashKey = "flash";

    /// <summary>What a person is told when someone else saved first.</summary>
    public const string SavedByAnother = "Someone else changed this while you had it open. Nothing of yours is lost: check what is below against the record, then save again";

    /// <summary>
    /// Runs a use case. A refusal, or a change by someone else in the meantime, becomes an error at its field, and the page shows what was typed.
    /// </summary>
    /// <returns>True when it was done; then redirect. False: return the page.</returns>
    public static async Task<bool> TryAsync(this PageModel page, Func<Task> act)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(act);
        if (!page.ModelState.IsValid)
        {
            return false;
        }

        try
        {
            await act();
            return true;
        }
        catch (RefusedException refused)
        {
            page.ModelState.AddModelError(KeyOf(page.ModelState, refused.Field), refused.Message);
        }
        catch (DbUpdateConcurrencyException)
        {
            page.ModelState.AddModelError("", SavedByAnother);
        }

        return false;
    }

    /// <summary>Says something once, at the top of the next page shown.</summary>
    public static void Flash(this PageModel page, string message)
    {
        ArgumentNullException.ThrowIfNull(page);
        page.TempData[FlashKey] = message;
    }

    /// <summary>Takes the message that <see cref="Flash"/> left, for the layout.</summary>
    public static string? TakeFlash(Microsoft.AspNetCore.Mvc.ViewFeatures.ITempDataDictionary tempData)
    {
        ArgumentNullException.ThrowIfNull(tempData);
        return tempData[FlashKey] as string;
    }

    /// <summary>A use case names "Reason"; the page bound "Input.Reason": the key as the page knows it.</summary>
    private static string KeyOf(ModelStateDictionary state, string? field) =>
        field is null ? ""
        : state.ContainsKey(field) ? field
        : state.Keys.FirstOrDefault(k => k.EndsWith($".{field}", StringComparison.OrdinalIgnoreCase)) ?? PartsKeyOf(state, field) ?? field;

    /// <summary>A date is bound from its parts, which alone stand in ModelState: "Input.Born" for "Input.Born.Day".</summary>
    private static string? PartsKeyOf(ModelStateDictionary state, string field) =>
        state.Keys.Where(k => k.EndsWith($".{field}.Day", StringComparison.OrdinalIgnoreCase)).Select(k => k[..^".Day".Length]).FirstOrDefault();
}

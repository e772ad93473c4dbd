using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Waymark.Kernel.Forms;

/// <summary>Answers 413, in words, before anything reads a body that is too long. Runs ahead of the antiforgery filter, which reads the form.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FormTooLongAttribute(int mostBytes) : Attribute, IAuthorizationFilter, IOrderedFilter
{
    public int Order => -1000;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.HttpContext.Request.ContentLength > mostBytes)
        {
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
        }
    }
}

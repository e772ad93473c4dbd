namespace Waymark.Kernel.Forms;

/// <summary>
/// What a module does in the same transaction when a form that completes no stage is completed (on no episode, beside a stage, or as a task): write what it says where lists and measures find it. It adds to the unit of
/// work and saves nothing; refusing (<see cref="Access.RefusedException"/>) refuses the whole act.
/// </summary>
/// <param name="FormKey">The form it watches.</param>
/// <param name="ReactAsync">Given the request's services, the form as read and its revision.</param>
public sealed record FormReaction(string FormKey, Func<IServiceProvider, Form, FormRevision, Task> ReactAsync);

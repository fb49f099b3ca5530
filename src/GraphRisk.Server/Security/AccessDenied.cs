using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Workflow.Authorisations;

namespace GraphRisk.Server.Security;

/// <summary>
/// A field that the viewer may not read, or a command it may not give. Says what would open it, and of what is refused nothing
/// else: not even whether it is there.
/// </summary>
public sealed class AccessDenied : TypedError
{
    /// <param name="code">From <see cref="AccessCodes"/>.</param>
    /// <param name="what">The field as <c>Type.field</c>.</param>
    /// <param name="details">Further members of <c>extensions</c>.</param>
    public AccessDenied(string code, string what, params ReadOnlySpan<(string Name, object? Value)> details)
        : base(code, Sentence(code, what), details)
    {
    }

    private AccessDenied(string code, string what, string opens)
        : base(code, $"{what} is not open to you here. {opens}", ("opens", opens))
    {
    }

    /// <summary>What is not open, with what would open it in words.</summary>
    public static AccessDenied With(string what, string opens) => new(AccessCodes.Forbidden, what, opens);

    /// <summary>The error of a denial.</summary>
    /// <param name="decision">The denial.</param>
    /// <param name="what">The field as <c>Type.field</c>.</param>
    /// <param name="needs">The authorisation the field needs; null where none.</param>
    public static TypedError Of(AccessDecision decision, string what, AuthorisationScope? needs = null) => decision.Code switch
    {
        Problem.NotFoundCode => Problem.NotFound("node of this id"),
        AccessCodes.PurposeRequired or AccessCodes.PurposeNotAllowed =>
            new AccessDenied(decision.Code, what, ("purposes", decision.Purposes.ToArray())),
        AccessCodes.AuthorisationRequired =>
            new AccessDenied(decision.Code, what, ("scope", needs.ToString()!.ToUpperInvariant()), ("opens", decision.Row!.OpenedBy)),
        _ when decision.Row?.OpenedBy is { Length: > 0 } opens => new AccessDenied(decision.Code!, what, opens),
        _ => new AccessDenied(decision.Code!, what),
    };

    private static string Sentence(string code, string what) => code switch
    {
        AccessCodes.Unauthenticated => $"{what} needs a token: send 'Authorization: Bearer ...'.",
        AccessCodes.PurposeRequired => $"{what} is read for a declared purpose only: ask for a token with one.",
        AccessCodes.ReasonRequired => $"{what} is open to your role for a reason only: ask for a token that states one.",
        AccessCodes.PurposeNotAllowed => $"{what} is not open to this purpose in your role.",
        AccessCodes.AuthorisationRequired => $"{what} needs an authorisation of the client that is in force for your purpose.",
        _ => $"{what} is not open to your role.",
    };
}

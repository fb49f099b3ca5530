namespace GraphRisk.Server.Security;

/// <summary>The values of <c>extensions.code</c> with which a read or a command is denied.</summary>
public static class AccessCodes
{
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string Forbidden = "FORBIDDEN";
    public const string PurposeRequired = "PURPOSE_REQUIRED";
    public const string PurposeNotAllowed = "PURPOSE_NOT_ALLOWED";

    /// <summary>The client has not authorised it, or no more; <c>extensions.scope</c> and <c>extensions.opens</c> say what to file.</summary>
    public const string AuthorisationRequired = "AUTHORISATION_REQUIRED";

    /// <summary>It is open to the role for a reason, which the token must state and which is filed.</summary>
    public const string ReasonRequired = "REASON_REQUIRED";
}

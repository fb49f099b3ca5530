using GraphRisk.Server.Http;

namespace GraphRisk.Server.Security;

/// <summary>A field that the viewer may not read, or a command it may not give.</summary>
public sealed class AccessDenied(string code, string what) : TypedError(code, Sentence(code, what))
{
    private static string Sentence(string code, string what) => code switch
    {
        AccessCodes.Unauthenticated => $"{what} needs a token: send 'Authorization: Bearer ...'.",
        AccessCodes.PurposeRequired => $"{what} is read for a declared purpose only: ask for a token with one.",
        AccessCodes.ReasonRequired => $"{what} is open to your role for a reason only: ask for a token that states one.",
        AccessCodes.PurposeNotAllowed => $"{what} is not open to this purpose in your role.",
        _ => $"{what} is not open to your role.",
    };
}

using GraphRisk.Server.Security;
using Microsoft.Extensions.Primitives;

namespace GraphRisk.Server.SignIn;

/// <summary>
/// The purpose of one request. A token that allows one purpose declares it; of several the request names one in the header
/// <see cref="Header"/>, and without it declares none, so that nothing of level 3 or above is read.
/// </summary>
internal static class PurposeChoice
{
    public const string Header = "GraphRisk-Purpose";

    /// <summary>The viewer with the purpose chosen; null where the token does not allow what the header names.</summary>
    public static Viewer? Choose(SignedToken token, StringValues header)
    {
        if (header.Count == 0) return token.Viewer;
        if (header.Count > 1) return null;
        var chosen = token.Purposes.FirstOrDefault(purpose => purpose.Id == header[0]);
        return chosen is null ? null : token.Viewer with { Purpose = chosen };
    }
}

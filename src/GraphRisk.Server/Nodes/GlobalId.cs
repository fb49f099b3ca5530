using System.Buffers.Text;
using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Nodes;

/// <summary>Relay's global id of a node: its <see cref="NodeId"/> in base64url, to be handed back unread.</summary>
public static class GlobalId
{
    /// <summary>The global id of a node.</summary>
    public static string Of(NodeId id) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(id.ToString()));

    /// <summary>
    /// Reads a global id; for people who write queries by hand also the plain form <c>Company/registry:9144...</c>, which
    /// cannot be confused with it because base64url has no slash.
    /// </summary>
    public static bool TryRead(string? text, out NodeId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text)) return false;
        if (text.Contains('/', StringComparison.Ordinal)) return NodeId.TryParse(text, out id);
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var written)
            && NodeId.TryParse(Encoding.UTF8.GetString(bytes, 0, written), out id);
    }
}

namespace GraphRisk.Graph.Facts;

/// <summary>
/// Identity of a node: its type and its key. Keys are the sources' own: <c>source:recordKey</c> for parties and whatever
/// else belongs to one source (<c>Person/registry:P000123</c>), the natural key for what all sources share
/// (<c>Security/600519.SH</c>). Compared by ordinal.
/// </summary>
/// <param name="Type">Name of the node type.</param>
/// <param name="Key">Key, not empty.</param>
public readonly record struct NodeId(string Type, string Key) : IComparable<NodeId>
{
    /// <summary>Reads <c>Type/Key</c>; the key may itself contain slashes.</summary>
    /// <exception cref="FormatException">There is no slash, or a part is empty.</exception>
    public static NodeId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a node id of the form Type/Key.");

    /// <summary>Reads <c>Type/Key</c>.</summary>
    public static bool TryParse(string? text, out NodeId id)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        id = slash > 0 && slash < text!.Length - 1 ? new NodeId(text[..slash], text[(slash + 1)..]) : default;
        return id.Type is not null;
    }

    public int CompareTo(NodeId other)
    {
        var byType = string.CompareOrdinal(Type, other.Type);
        return byType != 0 ? byType : string.CompareOrdinal(Key, other.Key);
    }

    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;

    public override string ToString() => $"{Type}/{Key}";
}

using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Entitlements;

/// <summary>
/// Whose a data set is. What a broker delivers is named <c>broker-CODE</c>, its parts <c>broker-CODE/part</c>, and belongs to that
/// broker; every other data set is open: registries, courts, lists, exchanges, the platform's own publications.
/// </summary>
public static class SourceOwner
{
    private const string Broker = "broker-";

    /// <summary>Name of a broker's data set.</summary>
    public static string SourceOf(string brokerCode) => Broker + brokerCode;

    /// <summary>Code of the broker whose data set it is; null for an open one.</summary>
    public static string? Of(string source)
    {
        if (!source.StartsWith(Broker, StringComparison.Ordinal)) return null;
        var part = source.IndexOf('/', StringComparison.Ordinal);
        return part < 0 ? source[Broker.Length..] : source[Broker.Length..part];
    }

    /// <summary>Code of the broker whose record it is, by the data set its key begins with; null for a record of an open one.</summary>
    public static string? Of(NodeId record)
    {
        if (!record.Key.StartsWith(Broker, StringComparison.Ordinal)) return null;
        var end = record.Key.AsSpan().IndexOfAny(':', '/');
        return end < 0 ? record.Key[Broker.Length..] : record.Key[Broker.Length..end];
    }

    /// <summary>Whether a data set is open.</summary>
    public static bool IsOpen(string source) => !source.StartsWith(Broker, StringComparison.Ordinal);
}

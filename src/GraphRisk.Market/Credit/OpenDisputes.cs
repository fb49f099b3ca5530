using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Credit;

/// <summary>
/// Fields that a client disputes by a complaint that is not decided yet. While it is open the value is shown as disputed and is no input of the client's score.
/// Looking them up walks the cases of one client, which are few. Thread-safe.
/// </summary>
public static class OpenDisputes
{
    private static readonly string[] Open = ["FILED", "ACKNOWLEDGED", "CLASSIFIED", "ASSIGNED", "EXTENDED"];

    /// <summary>Disputed fields of a client, as Type.field, each once, in ordinal order; empty for nearly everybody.</summary>
    public static IReadOnlyList<string> Of(Snapshot snapshot, int party)
    {
        var cases = snapshot.Relationship("CASE_OF").In.Neighbours(party);
        if (cases.IsEmpty) return [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var one in cases)
            if (snapshot.Nodes.TypeOf(one).Name == "Complaint" && snapshot.Nodes.GetString(one, "disputedField") is { } field && Open.Contains(snapshot.Nodes.GetString(one, "state"))) found.Add(field);
        return [.. found];
    }
}

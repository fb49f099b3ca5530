using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Credit;

/// <summary>
/// Fields that a client disputes by a complaint that is not decided yet. While it is open the value is shown as disputed and is no input of the client's score.
/// Looking them up walks the cases of one client, which are few. Thread-safe.
/// </summary>
public static class OpenDisputes
{
    /// <summary>States of a complaint in which it is not decided: those of its table from which it may still be upheld or rejected.</summary>
    public static ImmutableArray<string> States { get; } = ["FILED", "ACKNOWLEDGED", "CLASSIFIED", "ASSIGNED", "EXTENDED"];

    /// <summary>Disputed fields of a client, as Type.field, each once, in ordinal order; empty for nearly everybody.</summary>
    public static IReadOnlyList<string> Of(Snapshot snapshot, int party)
    {
        var cases = snapshot.Relationship("CASE_OF").In.Neighbours(party);
        if (cases.IsEmpty) return [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var one in cases)
            if (snapshot.Nodes.TypeOf(one).Name == "Complaint" && snapshot.Nodes.GetString(one, "disputedField") is { } field && snapshot.Nodes.GetString(one, "state") is { } state && States.Contains(state)) found.Add(field);
        return [.. found];
    }
}

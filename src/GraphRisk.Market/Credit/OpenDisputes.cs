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
        if (snapshot.Relationship("CASE_OF").In.Neighbours(party).IsEmpty) return [];
        return [.. new SortedSet<string>(ComplaintsOf(snapshot, party).Select(one => snapshot.Nodes.GetString(one, "disputedField")).OfType<string>(), StringComparer.Ordinal)];
    }

    /// <summary>Nodes of the complaints of a client that are not decided yet.</summary>
    public static IEnumerable<int> ComplaintsOf(Snapshot snapshot, int party) => snapshot.Relationship("CASE_OF").In.Neighbours(party).ToArray()
        .Where(one => snapshot.Nodes.TypeOf(one).Name == "Complaint" && snapshot.Nodes.GetString(one, "state") is { } state && States.Contains(state));
}

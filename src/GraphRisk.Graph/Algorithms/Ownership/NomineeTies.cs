using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Who is whose nominee: ties of the kind <c>nominator</c> from the nominator to the nominee or the arrangement of nominees, or of the kind <c>nominee</c> from
/// the nominee to its nominator. A tie of the second kind that leads to an arrangement says who serves in it, and nothing of for whom it holds.
/// </summary>
public static class NomineeTies
{
    private const string Ties = "RELATED_TO";

    /// <summary>Whether a tie of a kind runs from nominator to nominee; false for the other way, null for ties of other kinds.</summary>
    internal static bool? RunsFromNominator(string? kind) =>
        string.Equals(kind, OwnershipWords.Nominator, StringComparison.OrdinalIgnoreCase) ? true : string.Equals(kind, OwnershipWords.Nominee, StringComparison.OrdinalIgnoreCase) ? false : null;

    /// <summary>Whether a company is an arrangement, which holds nothing but what it holds for others.</summary>
    public static bool IsArrangement(Snapshot snapshot, int node) => snapshot.Nodes.Get(node, "kind")?.AsString() == "ARRANGEMENT";

    /// <summary>Whether a party is stated to hold part of a company as a nominee: then that is what it is one for.</summary>
    public static bool HoldsAsNominee(Snapshot snapshot, int party)
    {
        var holds = snapshot.Relationship("HOLDS");
        if (holds.ColumnOf("nominee") is not { } nominee) return false;
        for (var (edge, end) = holds.Out.Range(party); edge < end; edge++)
            if (nominee.Get(edge)?.AsBoolean() == true) return true;
        return false;
    }

    /// <summary>The nominees and arrangements of a nominator, ascending, each with one tie that says so.</summary>
    public static IEnumerable<(int Nominee, EdgeReference Tie)> NomineesOf(Snapshot snapshot, int nominator) => Of(snapshot, nominator, isNominator: true);

    /// <summary>The nominators of a nominee or an arrangement, ascending, each with one tie that says so.</summary>
    public static IEnumerable<(int Nominator, EdgeReference Tie)> NominatorsOf(Snapshot snapshot, int nominee) => Of(snapshot, nominee, isNominator: false);

    private static IEnumerable<(int Other, EdgeReference Tie)> Of(Snapshot snapshot, int party, bool isNominator)
    {
        var ties = snapshot.Relationship(Ties);
        if (ties.ColumnOf("kind") is not { } kinds) return [];
        var found = new SortedDictionary<int, EdgeReference>();
        for (var (edge, end) = ties.Out.Range(party); edge < end; edge++)
            if (RunsFromNominator(kinds.Get(edge)?.AsString()) == isNominator && ties.Out.Target(edge) is var to && to != party && (isNominator || !IsArrangement(snapshot, to)))
                found.TryAdd(to, new EdgeReference(Ties, edge));
        foreach (var from in ties.In.Neighbours(party).ToArray().Distinct().Where(from => from != party))
            foreach (var tie in EdgeReference.Between(ties, from, party))
                if (RunsFromNominator(kinds.Get(tie.Edge)?.AsString()) == !isNominator && (!isNominator || !IsArrangement(snapshot, party)))
                    found.TryAdd(from, tie);
        return found.Select(pair => (pair.Key, pair.Value));
    }
}

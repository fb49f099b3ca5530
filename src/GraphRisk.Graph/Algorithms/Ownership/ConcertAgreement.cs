using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// An agreement to act in concert (一致行动) or to vote by proxy, in force on the snapshot's day: a dated, evidenced
/// group of parties, never derived from pairwise ties.
/// </summary>
/// <param name="Node">Node of the agreement.</param>
/// <param name="Members">Nodes of the parties bound by it, ascending, at least two.</param>
/// <param name="Companies">Nodes of the companies whose votes it concerns, ascending; none means it is not limited to any.</param>
public sealed record ConcertAgreement(int Node, ImmutableArray<int> Members, ImmutableArray<int> Companies)
{
    private static readonly string[] PoolingKinds = ["ACTING_IN_CONCERT", "VOTING_PROXY"];

    /// <summary>Whether votes in a company are pooled.</summary>
    public bool Covers(int company) => Companies.IsEmpty || Companies.BinarySearch(company) >= 0;

    /// <summary>
    /// The agreements in force, by node: kind that pools votes, concluded on or before the snapshot's day, not ended
    /// before it (the last day counts), at least two parties still bound.
    /// </summary>
    public static ImmutableArray<ConcertAgreement> InForce(Snapshot snapshot)
    {
        var found = ImmutableArray.CreateBuilder<ConcertAgreement>();
        var boundBy = snapshot.Relationship("BOUND_BY");
        var votesIn = snapshot.Relationship("VOTES_IN");
        foreach (var node in snapshot.Nodes.OfType("Agreement"))
        {
            if (!IsInForce(snapshot, node)) continue;
            ImmutableArray<int> members = [.. boundBy.In.Neighbours(node).ToArray().Distinct()];
            if (members.Length >= 2)
                found.Add(new ConcertAgreement(node, members, [.. votesIn.Out.Neighbours(node).ToArray().Distinct()]));
        }

        return found.ToImmutable();
    }

    private static bool IsInForce(Snapshot snapshot, int node)
    {
        var day = snapshot.Stamp.AsOfDay;
        return PoolingKinds.Contains(snapshot.Nodes.GetString(node, "kind"))
            && (snapshot.Nodes.GetDate(node, "concludedOn") is not { } from || from <= day)
            && (snapshot.Nodes.GetDate(node, "endsOn") is not { } to || day <= to);
    }
}

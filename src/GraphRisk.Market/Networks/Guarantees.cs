using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Networks;

/// <summary>One party's guarantee for a debt of another.</summary>
/// <param name="Guarantor">Number of the party that answers.</param>
/// <param name="Debtor">Number of the party it answers for.</param>
/// <param name="Edge">Its relationship.</param>
/// <param name="Amount">Most that can be called, yuan: as stated, else the debtor's whole debt times the coverage.</param>
/// <param name="IsJoint">It is joint and several (<see cref="GuaranteeKinds"/>).</param>
public readonly record struct Guarantee(int Guarantor, int Debtor, int Edge, double Amount, bool IsJoint);

/// <summary>All guarantees between two different parties, by guarantor, then debtor.</summary>
public sealed class Guarantees
{
    private readonly Guarantee[] all;

    internal Guarantees(Snapshot snapshot, Parties parties, double[] debt)
    {
        var table = snapshot.Relationship("GUARANTEES");
        var (amounts, coverages, kinds) = (NumberColumn.Of(table, "amount"), NumberColumn.Of(table, "coverage"), (StringColumn?)table.ColumnOf("kind"));
        var found = new List<Guarantee>();
        for (var guarantor = 0; guarantor < parties.Count; guarantor++)
        {
            var (start, end) = table.Out.Range(parties.NodeOf(guarantor));
            for (var edge = start; edge < end; edge++)
            {
                var debtor = parties.IndexOf(table.Out.Target(edge));
                if (debtor == guarantor) continue;
                var coverage = double.IsNaN(coverages[edge]) ? 1 : coverages[edge];
                var amount = double.IsNaN(amounts[edge]) ? debt[debtor] * coverage : amounts[edge];
                found.Add(new Guarantee(guarantor, debtor, edge, amount, GuaranteeKinds.IsJoint(kinds?.Text(edge))));
            }
        }

        all = [.. found];
    }

    /// <summary>The guarantees.</summary>
    public ReadOnlySpan<Guarantee> All => all;

    /// <summary>The part of each debt that is guaranteed, an edge from debtor to guarantor; and of these edges those that are joint and several.</summary>
    /// <param name="debts">What each party owes, yuan.</param>
    public (WeightedGraph Coverage, WeightedGraph Joint) CoverageOf(double[] debts)
    {
        var (covered, joint) = (new List<(int From, int To, double Weight)>(), new List<(int From, int To, double Weight)>());
        foreach (var guarantee in all)
        {
            if (!(debts[guarantee.Debtor] > 0 && guarantee.Amount > 0)) continue;
            covered.Add((guarantee.Debtor, guarantee.Guarantor, Math.Min(1, guarantee.Amount / debts[guarantee.Debtor])));
            if (guarantee.IsJoint) joint.Add(covered[^1]);
        }

        return (WeightedGraph.Build(debts.Length, covered), WeightedGraph.Build(debts.Length, joint));
    }
}

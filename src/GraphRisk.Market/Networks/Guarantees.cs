using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Networks;

/// <summary>One party's guarantee for a debt of another.</summary>
/// <param name="Guarantor">Number of the party that answers.</param>
/// <param name="Debtor">Number of the party it answers for.</param>
/// <param name="Edge">Its relationship.</param>
/// <param name="Amount">Most that can be called, yuan: as stated, else the debtor's whole debt times the coverage.</param>
/// <param name="IsWhole">Its guarantor answers for what further ones cannot pay, too (<see cref="GuaranteeKinds"/>).</param>
public readonly record struct Guarantee(int Guarantor, int Debtor, int Edge, double Amount, bool IsWhole);

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
                found.Add(new Guarantee(guarantor, debtor, edge, amount, GuaranteeKinds.IsWhole(kinds?.Text(edge))));
            }
        }

        all = [.. found];
    }

    /// <summary>The guarantees.</summary>
    public ReadOnlySpan<Guarantee> All => all;

    /// <summary>The guarantees as what is called under them goes by.</summary>
    /// <param name="debts">What each party owes, yuan.</param>
    public GuaranteeNetwork NetworkOf(double[] debts) =>
        GuaranteeNetwork.Of(all.Select(one => new GuaranteeTerms(one.Debtor, one.Guarantor, null, one.Amount, one.IsWhole)), debts);
}

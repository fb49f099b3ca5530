using System.Collections.Immutable;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Securities;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// What of a holder's securities its outstanding contracts pledge, and not yet found in an account: a pledge of a hundred shares encumbers a hundred, in whichever accounts they lie.
/// </summary>
internal sealed class PledgeLedger
{
    private readonly ContractTable contracts;
    private readonly List<(int Security, int Contract, int Creditor, decimal Quantity)> open = [];

    public PledgeLedger(ContractTable contracts, IEnumerable<Contract> outstanding)
    {
        this.contracts = contracts;
        foreach (var contract in outstanding)
            foreach (var (security, quantity, _) in contracts.StatedPledges(contract.Node))
                open.Add((security, contract.Node, contracts.BrokerOf(contract.Node), quantity));
    }

    /// <summary>Whether an account is kept at a broker that something is pledged to.</summary>
    public bool IsKeptAtCreditor(int account) => KeepersOf(account) is var keepers && open.Exists(pledge => keepers.Contains(pledge.Creditor));

    /// <summary>What a position stands under: pledges as far as they go, and of what is stated as frozen the rest.</summary>
    public ImmutableArray<Encumbrance> Take(StatedPosition position, int account)
    {
        var found = ImmutableArray.CreateBuilder<Encumbrance>();
        var left = Math.Min(position.Quantity, position.Frozen ?? position.Quantity);
        var keepers = KeepersOf(account);
        foreach (var at in Enumerable.Range(0, open.Count).OrderBy(at => keepers.Contains(open[at].Creditor) ? 0 : 1).ThenBy(at => at))
        {
            if (open[at].Security != position.Security || Math.Min(left, open[at].Quantity) is not (> 0 and var part)) continue;
            found.Add(new Encumbrance(EncumbranceKind.Pledged, part, open[at].Contract, open[at].Creditor));
            open[at] = open[at] with { Quantity = open[at].Quantity - part };
            left -= part;
        }

        if (position.Frozen is not null && left > 0) found.Add(new Encumbrance(EncumbranceKind.Frozen, left, -1, -1));
        return found.ToImmutable();
    }

    private int[] KeepersOf(int account) => contracts.Snapshot.Relationship("KEPT_AT").Out.Neighbours(account).ToArray();
}

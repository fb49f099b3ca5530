using System.Collections.Immutable;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Securities;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// What outstanding contracts pledge and is not yet found in an account: a pledge of a hundred shares encumbers a hundred, once, however many accounts and holders are gone through. Where it is stated which accounts
/// secure a contract its shares lie there and nowhere else; where none is, in whichever accounts of who contracted.
/// </summary>
internal sealed class PledgeLedger(ContractTable contracts)
{
    private readonly List<Pledge> open = [];
    private readonly Dictionary<int, HashSet<int>> parties = [];

    /// <summary>Whether a contract names the shares that are pledged under it; one that names none has all of the accounts that secure it.</summary>
    public bool NamesShares(int contract) => contracts.StatedPledges(contract).Any();

    /// <summary>Notes the pledges of a party's contracts; those that were noted are not noted again.</summary>
    public void Note(int party, IEnumerable<Contract> outstanding)
    {
        foreach (var contract in outstanding)
        {
            if (parties.TryGetValue(contract.Node, out var known))
            {
                known.Add(party);
                continue;
            }

            parties.Add(contract.Node, [party]);
            foreach (var (security, quantity, _) in contracts.StatedPledges(contract.Node))
                open.Add(new Pledge(security, contract.Node, contracts.BrokerOf(contract.Node), [.. contracts.AccountsBehind(contract.Node)]) { Left = quantity });
        }
    }

    /// <summary>Whether an account is kept at a broker that something is pledged to.</summary>
    public bool IsKeptAtCreditor(int account) => KeepersOf(account) is var keepers && open.Exists(pledge => keepers.Contains(pledge.Creditor));

    /// <summary>What a position of a party stands under: pledges as far as they go, and of what is stated as frozen the rest.</summary>
    public ImmutableArray<Encumbrance> Take(int party, StatedPosition position, int account)
    {
        var found = ImmutableArray.CreateBuilder<Encumbrance>();
        var left = Math.Min(position.Quantity, position.Frozen ?? position.Quantity);
        var keepers = KeepersOf(account);
        foreach (var pledge in open.Where(pledge => pledge.Security == position.Security && LiesIn(pledge, party, account)).OrderBy(pledge => pledge.Accounts.IsEmpty ? 1 : 0).ThenBy(pledge => keepers.Contains(pledge.Creditor) ? 0 : 1))
        {
            if (Math.Min(left, pledge.Left) is not (> 0 and var part)) continue;
            found.Add(new Encumbrance(EncumbranceKind.Pledged, part, pledge.Contract, pledge.Creditor));
            pledge.Left -= part;
            left -= part;
        }

        if (position.Frozen is not null && left > 0) found.Add(new Encumbrance(EncumbranceKind.Frozen, left, -1, -1));
        return found.ToImmutable();
    }

    private bool LiesIn(Pledge pledge, int party, int account) => pledge.Accounts.IsEmpty ? parties[pledge.Contract].Contains(party) : pledge.Accounts.Contains(account);

    private int[] KeepersOf(int account) => contracts.Snapshot.Relationship("KEPT_AT").Out.Neighbours(account).ToArray();

    private sealed record Pledge(int Security, int Contract, int Creditor, ImmutableArray<int> Accounts)
    {
        public decimal Left { get; set; }
    }
}

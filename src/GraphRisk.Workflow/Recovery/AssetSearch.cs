using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Securities;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Workflow.Recovery;

/// <summary>
/// What a client may be made to pay with after a default: accounts, securities in them, pledged shares, what secures other contracts beyond what is owed, of the client itself and of all in whose
/// name its assets may stand (<see cref="HolderSearch"/>). Everything is read off one snapshot, so what its viewer may not know is no input of it.
/// <para>
/// Encumbrance, per position: all of an account that is blocked, or that secures an outstanding contract which names no shares; else the number stated as frozen, of which as much as
/// outstanding contracts pledge of the security is pledged to their brokers and the rest frozen by others. Where the number frozen is not stated, what is pledged of the security is taken to lie
/// there: in the accounts that are stated to secure the contract, where some are, else in its party's, those kept at the creditor first. A pledge counts once over all accounts. The excess of a contract is its collateral less its debt where that is positive; none where no debt was stated yet.
/// Yuan, decimal. Cost: accounts, positions and contracts of the holders.
/// </para>
/// </summary>
public sealed class AssetSearch(MarketReading market, WorkMeter meter)
{
    private readonly SecurityStates states = market.Securities(meter);

    /// <summary>Searches.</summary>
    /// <param name="client">Node of the client.</param>
    /// <param name="besides">Node of a contract whose collateral is left out, being the creditor's already; -1 for none.</param>
    /// <param name="doubts">Who may be one with a party, nobody having decided it.</param>
    /// <param name="mayRead">Whose assets the viewer may be told of; of others nothing is.</param>
    public async ValueTask<AssetsFound> FindAsync(int client, int besides, Func<int, ValueTask<IReadOnlyList<DoubtfulIdentity>>> doubts, Func<int, bool> mayRead)
    {
        var holders = (await new HolderSearch(market, meter).OfAsync(client, doubts)).Where(holder => mayRead(holder.Party)).ToImmutableArray();
        var (assets, told, pledges) = (ImmutableArray.CreateBuilder<Asset>(), new HashSet<int>(), new PledgeLedger(market.Contracts));
        foreach (var holder in holders)
            assets.AddRange(AssetsOf(holder, besides, told, pledges).Where(asset => !IsAllOf(asset, besides)).OrderBy(asset => asset.Kind).ThenBy(asset => asset.Account).ThenBy(asset => asset.Contract).ThenBy(asset => asset.Security));
        return new AssetsFound(client, holders, assets.ToImmutable());
    }

    /// <summary>Whether all of an asset secures a contract and nothing else.</summary>
    private static bool IsAllOf(Asset asset, int contract) =>
        contract >= 0 && !asset.Encumbrances.IsEmpty && asset.Encumbrances.All(right => right.Contract == contract) && (asset.Quantity is null || asset.Encumbrances.Sum(right => right.Quantity ?? 0m) >= asset.Quantity);

    private IEnumerable<Asset> AssetsOf(AssetHolder holder, int besides, HashSet<int> told, PledgeLedger pledges)
    {
        // What a surer holder has too is told of that one.
        var accounts = meter.Along(market.Positions.AccountsOf(holder.Party)).Where(told.Add).ToList();
        var contracts = meter.Along(market.Contracts.OfParty(holder.Party)).Where(contract => contract.IsOutstanding && contract.Node != besides && told.Add(contract.Node)).ToList();
        pledges.Note(holder.Party, market.Contracts.OfParty(holder.Party).Where(contract => contract.IsOutstanding));
        // Somebody else's contract may be secured by an account of this one.
        foreach (var account in accounts)
            foreach (var contract in market.Contracts.SecuredByAccount(account)) pledges.Note(market.Contracts.PartyOf(contract.Node), [contract]);
        foreach (var account in accounts) yield return AccountOf(holder, account, pledges);
        // Accounts at a creditor take what is pledged to it first, where nothing states what is frozen.
        foreach (var account in accounts.OrderBy(account => pledges.IsKeptAtCreditor(account) ? 0 : 1).ThenBy(account => account))
            foreach (var position in meter.Along(market.Positions.StatedIn(account))) yield return PositionOf(holder, account, position, pledges);
        foreach (var contract in contracts)
            foreach (var (security, quantity, close) in meter.Along(market.Contracts.StatedPledges(contract.Node)))
                yield return new Asset(
                    AssetKind.PledgedShares, holder, -1, security, contract.Node, quantity, quantity * close, quantity * close ?? 0m, 0m,
                    [new Encumbrance(EncumbranceKind.Pledged, quantity, contract.Node, market.Contracts.BrokerOf(contract.Node))], IsSuspended(security), false);
        foreach (var contract in contracts)
            if (market.Contracts.StatedDebtUnder(contract.Node) is not null && contract.Collateral > contract.Debt) yield return ExcessOf(holder, contract);
    }

    private Asset AccountOf(AssetHolder holder, int account, PledgeLedger pledges) =>
        new(AssetKind.Account, holder, account, -1, -1, null, null, 0m, 0m, [.. WholeOf(account, null, pledges)], false, IsJoint(account));

    private Asset PositionOf(AssetHolder holder, int account, StatedPosition position, PledgeLedger pledges)
    {
        var whole = WholeOf(account, position.Quantity, pledges).ToImmutableArray();
        var encumbrances = whole.IsEmpty ? pledges.Take(holder.Party, position, account) : whole;
        var under = Math.Min(position.Quantity, whole.IsEmpty ? encumbrances.Sum(one => one.Quantity!.Value) : position.Quantity);
        var value = position.Quantity * position.Close;
        var encumbered = under * position.Close ?? 0m;
        return new Asset(
            AssetKind.Position, holder, account, position.Security, -1, position.Quantity, value, encumbered, IsSuspended(position.Security) ? (value ?? 0m) - encumbered : 0m,
            encumbrances, IsSuspended(position.Security), IsJoint(account));
    }

    private Asset ExcessOf(AssetHolder holder, Contract contract)
    {
        var excess = contract.Collateral - contract.Debt;
        // Shares that are named lie in the accounts behind the contract: what is not sold is counted in one of them.
        var named = market.Contracts.StatedPledges(contract.Node).ToList();
        var illiquid = named.Count > 0 ? named.Where(one => IsSuspended(one.Security)).Sum(one => one.Quantity * one.Close ?? 0m)
            : market.Contracts.AccountsBehind(contract.Node).SelectMany(market.Positions.StatedIn).Where(one => IsSuspended(one.Security)).Sum(one => one.Quantity * one.Close ?? 0m);
        return new Asset(AssetKind.ContractExcess, holder, -1, -1, contract.Node, null, excess, 0m, Math.Min(excess, illiquid), [], excess <= illiquid, false);
    }

    /// <summary>What all of an account stands under.</summary>
    private IEnumerable<Encumbrance> WholeOf(int account, decimal? quantity, PledgeLedger pledges)
    {
        foreach (var contract in market.Contracts.SecuredByAccount(account).Where(contract => !pledges.NamesShares(contract.Node)))
            yield return new Encumbrance(EncumbranceKind.Pledged, quantity, contract.Node, market.Contracts.BrokerOf(contract.Node));
        if (market.Snapshot.Nodes.GetBoolean(account, "blocked") == true) yield return new Encumbrance(EncumbranceKind.Blocked, quantity, -1, -1);
    }

    private bool IsSuspended(int security) => states[market.Snapshot.Nodes.RowOf(security)].Suspended;

    private bool IsJoint(int account) => market.Snapshot.Relationship("OWNS_ACCOUNT").In.Neighbours(account).ToArray().Distinct().Skip(1).Any();
}

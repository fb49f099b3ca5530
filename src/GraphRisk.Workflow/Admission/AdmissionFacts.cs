using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.CreditReviews;

namespace GraphRisk.Workflow.Admission;

/// <summary>What a snapshot knows of a client that admission asks for, as far as the broker may see.</summary>
/// <param name="AverageAssets">
/// Securities in the client's accounts at the broker today, at their mean close over the last trading days; yuan. Null where
/// no security has a price.
/// </param>
/// <param name="TradingSince">Day the client's first account with the broker was opened; null where not known.</param>
/// <param name="Defaults">Defaults and forced liquidations on record in the years that count, as ids, ascending.</param>
/// <param name="Listings">Entries in force as dishonest debtor, under enforcement, restricted in consumption, disqualified or sanctioned, as ids, ascending.</param>
public sealed record AdmissionFacts(
    decimal? AverageAssets, DateOnly? TradingSince, ImmutableArray<NodeId> Defaults, ImmutableArray<NodeId> Listings)
{
    /// <summary>What is offered as collateral, in the order of the application.</summary>
    public ImmutableArray<OfferedCollateral> Collateral { get; init; } = [];

    /// <summary>What the client owes under its margin contracts with the broker, yuan.</summary>
    public decimal MarginDebt { get; init; }

    /// <summary>The securities in the accounts that secure it, by node.</summary>
    public ImmutableArray<OfferedCollateral> Securing { get; init; } = [];

    /// <summary>What of the margin debt the offer must back before anything new, yuan: what those securing it that are not offered leave open, after their haircuts.</summary>
    public decimal DebtToBack => Math.Max(0m, MarginDebt - Securing.Where(one => !one.IsSuspended)
        .Sum(one => one.Haircut * (one.Close ?? 0m) * Math.Max(0m, one.Quantity - Collateral.Where(offered => offered.Security == one.Security).Sum(offered => offered.Quantity))));

    /// <summary>Whether the pledges of all brokers are known.</summary>
    public bool KnowsMarket { get; init; }

    /// <summary>What all clients owe the broker, yuan.</summary>
    public decimal BrokerDebt { get; init; }

    /// <summary>The last concluded review of the client by the broker, which says whether its line may grow; null where there was none.</summary>
    public FiledReview? Review { get; init; }

    /// <summary>Whether the client has no stock-pledged repo with the broker yet.</summary>
    public bool IsFirstPledge { get; init; }

    /// <summary>Reads the facts of a client of a broker that an application asks for.</summary>
    public static AdmissionFacts Read(MarketReading market, int broker, int client, AdmissionPolicy policy, FinancingApplication application, WorkMeter? meter = null)
    {
        var (contracts, paid) = (market.Contracts, meter ?? WorkMeter.Unlimited);
        var (lent, own) = (CollateralOfBroker.Of(contracts, broker, paid), HoldingsOfClient.Of(contracts, broker, client, AccountsOf(market.Snapshot, broker, client), paid));
        OfferedCollateral Valued(int security, decimal quantity) => OfferedCollateral.Read(contracts, security, quantity, lent, own, paid);
        return Read(market, broker, client, policy) with
        {
            Collateral = [.. OfferedBy(market, own, application).Select(row => Valued(row.Security, row.Quantity))],
            MarginDebt = own.MarginDebt,
            Securing = [.. own.Securing.OrderBy(row => row.Key).Select(row => Valued(row.Key, row.Value))],
            KnowsMarket = market.Snapshot.Entitlement.IsWhole,
            BrokerDebt = lent.TotalDebt,
            Review = FiledReviews.LastOf(market.Snapshot, client, broker),
            IsFirstPledge = !contracts.Of(client, broker).Any(contract => contract.Kind == ContractKind.Pledge),
        };
    }

    /// <summary>What the application names; of margin trading, where it names nothing, what the client's accounts hold and is not pledged.</summary>
    private static IEnumerable<(int Security, decimal Quantity)> OfferedBy(MarketReading market, HoldingsOfClient own, FinancingApplication application) =>
        !application.Collateral.IsEmpty || application.Product != ContractKind.Margin
            ? application.Collateral.Select(row => (market.Snapshot.Nodes.Find(row.Security), row.Quantity))
            : own.Held.Select(row => (Security: row.Key, Quantity: row.Value - own.Pledged.GetValueOrDefault(row.Key))).Where(row => row.Quantity > 0).OrderBy(row => row.Security);

    private static List<int> AccountsOf(Snapshot snapshot, int broker, int client) =>
        [.. snapshot.Relationship("OWNS_ACCOUNT").Out.Neighbours(client).ToArray().Distinct()
            .Where(account => snapshot.Relationship("KEPT_AT").Out.Neighbours(account).Contains(broker))];

    private static AdmissionFacts Read(MarketReading market, int broker, int client, AdmissionPolicy policy)
    {
        var snapshot = market.Snapshot;
        var accounts = AccountsOf(snapshot, broker, client);
        var opened = accounts.Select(account => snapshot.Nodes.GetDate(account, "openedOn")).OfType<DateOnly>().ToList();
        return new AdmissionFacts(
            AverageAssetsOf(snapshot, accounts, policy.TradingDays), opened.Count > 0 ? opened.Min() : null,
            DefaultsOf(market, client, snapshot.Stamp.AsOfDay.AddYears(-policy.YearsOfRecord)), ListingsOf(market, client));
    }

    private static decimal? AverageAssetsOf(Snapshot snapshot, List<int> accounts, int days)
    {
        decimal? sum = null;
        var positions = snapshot.Relationship("POSITION");
        foreach (var account in accounts)
        {
            var (start, end) = positions.Out.Range(account);
            for (var edge = start; edge < end; edge++)
                if (MeanClose(snapshot, positions.Out.Target(edge), days) is { } close)
                    sum = (sum ?? 0m) + (positions.GetDecimal(edge, "quantity") ?? 0m) * close;
        }

        return sum;
    }

    private static decimal? MeanClose(Snapshot snapshot, int security, int days)
    {
        var closes = snapshot.Nodes.GetSeries(security, "close").Values;
        if (closes.IsEmpty) return null;
        var last = closes[^Math.Min(days, closes.Length)..];
        var sum = 0m;
        foreach (var close in last) sum += close;
        return sum / last.Length;
    }

    private static ImmutableArray<NodeId> DefaultsOf(MarketReading market, int client, DateOnly since) =>
        [.. market.Events.Of(client).Where(one => one.IsDefault && one.Day >= since).Select(one => market.Snapshot.Nodes.IdOf(one.Node)).Order()];

    private static ImmutableArray<NodeId> ListingsOf(MarketReading market, int client) =>
        [.. market.Records.EntriesInForce(client).Where(entry => entry.Kind is { } kind && ListedRecords.Serious.Contains(kind))
            .Select(entry => market.Snapshot.Nodes.IdOf(entry.Entry)).Order()];
}

using System.Collections.Immutable;
using GraphRisk.Market;
using GraphRisk.Market.Credit;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Market;

/// <summary>
/// A client's position over all brokers, in sum: how much, and what happened when, never where. Read off the whole snapshot; who
/// may see it is for the door to say.
/// </summary>
/// <param name="Debt">Owed under all outstanding contracts, yuan; null where it was not stated yet.</param>
/// <param name="Contracts">Outstanding contracts.</param>
/// <param name="MaintenanceRatio">Assets to debt over all margin contracts with debt, 1 = 100%; null without such debt.</param>
/// <param name="Securities">Securities in all accounts at the last close, yuan.</param>
/// <param name="Events">Calls, overdues, liquidations, defaults, by day, then kind.</param>
public sealed record ClientFacts(
    decimal? Debt, int Contracts, decimal? MaintenanceRatio, decimal Securities, ImmutableArray<CreditEvent> Events)
{
    /// <param name="market">The reading of the whole snapshot.</param>
    /// <param name="client">Node of the client in it.</param>
    public static ClientFacts Of(MarketReading market, int client)
    {
        var outstanding = market.Contracts.OfParty(client).Where(contract => contract.IsOutstanding).ToList();
        var margin = outstanding.Where(contract => contract.Kind == ContractKind.Margin && contract.Coverage.HasLiability)
            .Aggregate(default(Coverage), (sum, contract) => sum + contract.Coverage);
        return new ClientFacts(
            market.Contracts.StatedDebtOf(client), outstanding.Count, margin.Ratio,
            market.Positions.Of(client).Sum(position => position.Value),
            [.. market.Events.Of(client).OrderBy(one => one.Day).ThenBy(one => CreditEvents.NameOf(one.Kind), StringComparer.Ordinal)]);
    }

    /// <summary>Securities in the client's accounts at other brokers than one, yuan.</summary>
    public static decimal SecuritiesElsewhere(MarketReading market, int client, int broker)
    {
        var keptAt = market.Snapshot.Relationship("KEPT_AT").Out;
        return market.Positions.Of(client).Where(position => !keptAt.Neighbours(position.Account).Contains(broker)).Sum(position => position.Value);
    }
}

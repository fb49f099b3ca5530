using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Workflow.Admission;

/// <summary>A security offered as collateral with what decides how far it counts.</summary>
/// <param name="Security">Its id.</param>
/// <param name="Quantity">How many are offered.</param>
/// <param name="Close">Last close, yuan; null where there is no price.</param>
/// <param name="Haircut">Part of the value that counts (折算率), 0 to 1: as stated, at most the exchanges' ceiling, which holds where none is stated.</param>
public sealed record OfferedCollateral(NodeId Security, decimal Quantity, decimal? Close, decimal Haircut)
{
    /// <summary>Not traded on the as-of day: it cannot be sold, so it lends nothing to a line.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>Shares outstanding, of shares; null for other securities and where not known: no limit by shares applies.</summary>
    public decimal? Outstanding { get; init; }

    /// <summary>Of them already taken by the broker as collateral; what secures the client's own margin contracts is not counted: it may be what is offered.</summary>
    public decimal AtBroker { get; init; }

    /// <summary>How many the client's accounts with the broker hold.</summary>
    public decimal Held { get; init; }

    /// <summary>Of those held, how many are pledged under the client's outstanding contracts already.</summary>
    public decimal Encumbered { get; init; }

    /// <summary>Of them already pledged to the broker.</summary>
    public decimal PledgedAtBroker { get; init; }

    /// <summary>Of them already pledged to anybody; null where the viewer does not read the records of all brokers.</summary>
    public decimal? PledgedInMarket { get; init; }

    /// <summary>Of those held, how many are free.</summary>
    public decimal Free => Math.Max(0m, Held - Encumbered);

    /// <summary>Whether pledged ones would have to count again for the offer to be met by what is held.</summary>
    public bool IsPledgedTwice => Quantity > Free && Quantity <= Held;

    /// <summary>How many would have to be brought to the broker: more than it holds for the client.</summary>
    public decimal ToBring => IsPledgedTwice ? 0m : Math.Max(0m, Quantity - Free);

    /// <summary>What is offered at the last close, yuan; 0 without a price.</summary>
    public decimal Value => Quantity * (Close ?? 0m);

    /// <summary>How many may still be taken before one stock is more than a part of its shares; null where no limit applies.</summary>
    public decimal? RoomBelow(decimal most) => Outstanding is { } all ? Math.Max(0m, (most * all) - AtBroker) : null;

    /// <summary>The same of stock-pledged repo: with the broker, and, where that is known, market-wide.</summary>
    public decimal? RoomBelow(PledgeLimits limits) => Outstanding is not { } all ? null : Math.Max(0m, Math.Min(
        (limits.ShareAtBroker * all) - PledgedAtBroker, PledgedInMarket is { } pledged ? (limits.ShareInMarket * all) - pledged : all));

    /// <summary>Reads a security of the snapshot.</summary>
    /// <param name="contracts">Contracts of the snapshot.</param>
    /// <param name="security">Its node.</param>
    /// <param name="quantity">How many are offered.</param>
    /// <param name="broker">What the broker has taken.</param>
    /// <param name="client">What the client has.</param>
    /// <param name="meter">Pays for it.</param>
    public static OfferedCollateral Read(ContractTable contracts, int security, decimal quantity, CollateralOfBroker broker, HoldingsOfClient client, WorkMeter meter)
    {
        var nodes = contracts.Snapshot.Nodes;
        var kind = nodes.GetString(security, "kind");
        var ceiling = HaircutCeiling.Exchanges.Of(new SecurityTraits(
            kind, nodes.GetString(security, "indexMember") is "SSE180" or "SZSE100", nodes.GetBoolean(security, "specialTreatment") ?? false, nodes.GetDecimal(security, "priceToEarnings")));
        return new OfferedCollateral(nodes.IdOf(security), quantity, nodes.GetDecimal(security, "close"), Math.Min(nodes.GetDecimal(security, "haircut") ?? ceiling, ceiling))
        {
            IsSuspended = nodes.GetBoolean(security, "suspended") ?? false,
            Outstanding = kind == "SHARE" && nodes.GetDecimal(security, "sharesOutstanding") is > 0 and var outstanding ? outstanding : null,
            AtBroker = broker.Taken.GetValueOrDefault(security) - client.Securing.GetValueOrDefault(security),
            Held = client.Held.GetValueOrDefault(security),
            Encumbered = client.Pledged.GetValueOrDefault(security),
            PledgedAtBroker = broker.Pledged.GetValueOrDefault(security),
            PledgedInMarket = contracts.Snapshot.Entitlement.IsWhole ? PledgedToAnybody(contracts, security, meter) : null,
        };
    }

    private static decimal PledgedToAnybody(ContractTable contracts, int security, WorkMeter meter)
    {
        var (pledged, sum) = (contracts.Snapshot.Relationship("PLEDGED"), 0m);
        meter.ChargeNode(pledged.In.Degree(security));
        for (var (place, end) = pledged.In.Range(security); place < end; place++)
            if (contracts.Read(pledged.In.Target(place)).IsOutstanding) sum += pledged.GetDecimal(pledged.InEdge(place), "quantity") ?? 0m;
        return sum;
    }
}

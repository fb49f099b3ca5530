using System.Collections.Immutable;

namespace GraphRisk.Market.Stress;

/// <summary>What a round of a stress test is.</summary>
public enum StressPhase
{
    /// <summary>As the reading has it.</summary>
    Before,

    /// <summary>Prices have moved, or somebody has failed; nobody has sold yet.</summary>
    Shock,

    /// <summary>Collateral was sold.</summary>
    Sales,

    /// <summary>Guarantors were called for what sales left open.</summary>
    Calls,
}

/// <summary>How all accounts stand after one round; by account, in money.</summary>
/// <param name="Phase">What happened in it.</param>
/// <param name="Day">Day of the prices, in a replay.</param>
/// <param name="Collateral">Value of the collateral, suspended securities at their mark.</param>
/// <param name="Debt">Owed.</param>
/// <param name="Sold">Securities sold by force so far.</param>
/// <param name="Unsold">Suspended securities of those that have to sell.</param>
/// <param name="Losses">What brokers lose beyond collateral, clients' means and guarantees: before anybody was called, all that is uncovered.</param>
/// <param name="Failed">Whether the client has failed.</param>
public sealed record StressRound(
    StressPhase Phase, DateOnly? Day, double[] Collateral, double[] Debt, double[] Sold, double[] Unsold, double[] Losses, bool[] Failed);

/// <summary>Who bears what was lost: the two sides are equal.</summary>
/// <param name="PriceLosses">Lost on collateral by the shock and by sales.</param>
/// <param name="UncoveredBefore">Not covered by collateral before the shock.</param>
/// <param name="ClientCollateral">Borne by clients in what their collateral was worth above their debt.</param>
/// <param name="PaidByParties">Paid by clients and guarantors from what they have beside.</param>
/// <param name="BrokerLosses">Borne by brokers.</param>
public sealed record StressBalance(double PriceLosses, double UncoveredBefore, double ClientCollateral, double PaidByParties, double BrokerLosses)
{
    /// <summary>All that was lost.</summary>
    public double Lost => PriceLosses + UncoveredBefore;

    /// <summary>All that somebody bears.</summary>
    public double Borne => ClientCollateral + PaidByParties + BrokerLosses;
}

/// <summary>The answer to a scenario.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Market">The reading under stress.</param>
/// <param name="Book">Its accounts.</param>
/// <param name="Rounds">How they stood before, and after each round.</param>
/// <param name="FailedBrokers">Nodes of brokers that failed, named ones first.</param>
/// <param name="BuyersLosses">What those outside who bought lost by the fall their purchases met.</param>
/// <param name="Balance">Who bears what was lost.</param>
/// <param name="Ended">False where the rounds were used up.</param>
public sealed record StressAnswer(
    Scenario Scenario, MarketReading Market, StressBook Book, ImmutableArray<StressRound> Rounds,
    ImmutableArray<int> FailedBrokers, double BuyersLosses, StressBalance Balance, bool Ended);

using System.Collections.Immutable;

namespace GraphRisk.Market.Stress;

/// <summary>What a price shock falls on, from the most specific: of several that reach a security the most specific counts alone.</summary>
public enum ShockScope
{
    /// <summary>One security, by code.</summary>
    Security,

    /// <summary>Securities whose issuer is of an industry.</summary>
    Industry,

    /// <summary>Constituents of an index.</summary>
    Index,

    /// <summary>Every security.</summary>
    Market,
}

/// <summary>From which of a contract's lines on collateral is sold by force.</summary>
public enum SaleLine
{
    /// <summary>The line for calls: nobody tops up.</summary>
    Call,

    /// <summary>The closing line: whoever is called but above it is given time.</summary>
    Closing,
}

/// <summary>A move of prices.</summary>
/// <param name="On">What it falls on.</param>
/// <param name="Name">Code of the security, name of the industry or index; null for the market.</param>
/// <param name="Move">Relative move, -0.2 for a fall by 20%; not below -1.</param>
public sealed record PriceShock(ShockScope On, string? Name, decimal Move);

/// <summary>The recorded prices between two days, played again.</summary>
/// <param name="From">Day whose closes they start from.</param>
/// <param name="To">Day whose closes they end at.</param>
/// <param name="EveryDays">Length of a step in days, at each end of which accounts are looked at; null for one step.</param>
public sealed record PriceReplay(DateOnly From, DateOnly To, int? EveryDays = null);

/// <summary>How much can be sold before a price has fallen to nothing, by what is known of a security.</summary>
/// <param name="MarketValueShare">Part of its market value; the median of the others where that is not known.</param>
/// <param name="Liquidity">What is left of that depth, 1 for all of it.</param>
/// <param name="Volatility">By how much prices swing more than usual, 1 for the usual: as much as they do, depth is less.</param>
public sealed record MarketDepth(decimal MarketValueShare, decimal Liquidity = 1, decimal Volatility = 1);

/// <summary>
/// What is supposed to happen: data, from a file or a question, that names nothing of a graph but codes and ids.
/// <see cref="ScenarioSteps"/> holds it against a reading.
/// </summary>
public sealed record Scenario
{
    /// <summary>Its name, told in answers and errors.</summary>
    public required string Name { get; init; }

    /// <summary>Moves of prices.</summary>
    public ImmutableArray<PriceShock> Prices { get; init; } = [];

    /// <summary>Recorded prices to play again; other shocks of a single security, industry or index stand in their place.</summary>
    public PriceReplay? Replay { get; init; }

    /// <summary>Codes of securities that cannot be sold, beside those suspended on the day.</summary>
    public ImmutableArray<string> Suspended { get; init; } = [];

    /// <summary>What sales move prices by; null where they do not.</summary>
    public MarketDepth? Depth { get; init; }

    /// <summary>Ids of clients that are in default whatever they have.</summary>
    public ImmutableArray<string> DefaultedClients { get; init; } = [];

    /// <summary>Codes of brokers that fail and call in all they lent.</summary>
    public ImmutableArray<string> DefaultedBrokers { get; init; } = [];

    /// <summary>From which line on collateral is sold.</summary>
    public SaleLine SellFrom { get; init; } = SaleLine.Call;

    /// <summary>Part of what parties have beside their collateral that they can pay with at once, 0 to 1.</summary>
    public decimal FreeMeans { get; init; } = 1;

    /// <summary>Rounds of sales at most, in each wave.</summary>
    public int MaxRounds { get; init; } = 100;

    /// <summary>The same rules with nothing happening: what contracts below their lines or in disposal come to by themselves.</summary>
    public Scenario WithoutShock() => this with { Prices = [], Replay = null, Suspended = [], DefaultedClients = [], DefaultedBrokers = [] };
}

/// <summary>A scenario that cannot be run: which, where, why.</summary>
public sealed class ScenarioException(string scenario, string field, string reason) : Exception($"Scenario '{scenario}', {field}: {reason}")
{
    /// <summary>The field, such as <c>prices[1].name</c>.</summary>
    public string Field { get; } = field;

    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}

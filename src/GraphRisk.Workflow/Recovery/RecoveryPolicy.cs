using System.Collections.Immutable;
using GraphRisk.Market.Configuration;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Recovery;

/// <summary>What follows when the day to top up passes.</summary>
public enum CallConsequence
{
    /// <summary>The broker may sell what secures the contract.</summary>
    Disposal,

    /// <summary>The contract is in default.</summary>
    Default,
}

/// <summary>A broker's terms of calls and of what follows a default. Lines, the ratio to restore and the trading days to do it in are those of <see cref="MarginLines"/>.</summary>
public sealed record RecoveryPolicy
{
    /// <summary>What follows an unmet call, by kind of contract: a margin contract allows to sell at once (强制平仓), the others are in default first (违约处置).</summary>
    public ImmutableDictionary<ContractKind, CallConsequence> Consequences { get; init; } = new Dictionary<ContractKind, CallConsequence>
    {
        [ContractKind.Margin] = CallConsequence.Disposal,
        [ContractKind.Pledge] = CallConsequence.Default,
        [ContractKind.Repo] = CallConsequence.Default,
    }.ToImmutableDictionary();

    /// <summary>Working days of a client to object to a default after notice.</summary>
    public int DaysToObject { get; init; } = 10;

    /// <summary>The terms where a broker has none of its own.</summary>
    public static BrokerSetting<RecoveryPolicy> Common { get; } = new(Dated.Always(new RecoveryPolicy()));
}

using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings;

/// <summary>A rule that a client met on a day, and by what.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="By">The figures that met it.</param>
public sealed record MetRule(WarningRule Rule, MetBy By);

/// <summary>A client of a broker to be warned of on a day.</summary>
/// <param name="Client">The record the broker knows it by.</param>
/// <param name="Rules">The rules it met, in the order of the rules.</param>
/// <param name="Probability">Probability of default, 0 to 1.</param>
/// <param name="IsScored">Whether it is the score's; else it is told from the collateral the broker itself knows.</param>
/// <param name="Exposure">What it owes the broker, yuan.</param>
/// <param name="LossGivenDefault">Part of it lost in a default.</param>
public sealed record ClientWarning(NodeId Client, ImmutableArray<MetRule> Rules, double Probability, bool IsScored, decimal Exposure, decimal LossGivenDefault)
{
    /// <summary>Probability x exposure x loss given default, yuan, to the cent.</summary>
    public decimal ExpectedLoss => decimal.Round((decimal)Probability * Exposure * LossGivenDefault, 2);

    /// <summary>The greatest urgency among its rules.</summary>
    public WarningSeverity Severity => Rules.Max(one => one.Rule.Severity);

    /// <summary>The rule whose team looks at it: the most urgent one, of several the first.</summary>
    public WarningRule Leading => Rules.First(one => one.Rule.Severity == Severity).Rule;
}

/// <summary>Whom a broker is to be warned of on a day.</summary>
/// <param name="Broker">Id of the broker.</param>
/// <param name="Day">The day of the data.</param>
/// <param name="RulesVersion">By which rules.</param>
/// <param name="Capacity">How many its desk can work.</param>
/// <param name="Named">Those the desk can work: greatest expected loss first, then by record.</param>
/// <param name="Cut">Those beyond that, in the same order.</param>
public sealed record BrokerWarnings(NodeId Broker, DateOnly Day, string RulesVersion, int Capacity, ImmutableArray<ClientWarning> Named, ImmutableArray<ClientWarning> Cut);

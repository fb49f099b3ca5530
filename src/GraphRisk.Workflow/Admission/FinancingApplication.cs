using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;

namespace GraphRisk.Workflow.Admission;

/// <summary>A security offered as collateral.</summary>
/// <param name="Security">Its id.</param>
/// <param name="Quantity">How many, above 0.</param>
public readonly record struct OfferedSecurity(NodeId Security, decimal Quantity);

/// <summary>An application for financing (融资申请): what a client asks a broker for, what it offers, what it declares.</summary>
public sealed record FinancingApplication
{
    /// <summary>Margin trading, stock-pledged repo or agreed repo.</summary>
    public required ContractKind Product { get; init; }

    /// <summary>Amount asked for, yuan, above 0; null for as much as may be.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Days from the as-of day to repayment, above 0; null where not stated.</summary>
    public int? TermInDays { get; init; }

    /// <summary>Collateral; of margin trading, where none is offered, what the client's accounts with the broker hold.</summary>
    public ImmutableArray<OfferedSecurity> Collateral { get; init; } = [];

    /// <summary>Part of the broker's own shares the client holds, 0 to 1; null where not declared.</summary>
    public decimal? ShareOfBroker { get; init; }

    /// <summary>Whether the client is an affiliate of the broker; null where not declared.</summary>
    public bool? IsAffiliateOfBroker { get; init; }
}

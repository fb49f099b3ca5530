using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Margin;

namespace GraphRisk.Workflow.Contracts;

/// <summary>Kinds of securities financing.</summary>
public enum ContractKind
{
    /// <summary>Margin trading (融资融券).</summary>
    Margin,

    /// <summary>Stock-pledged repo (股票质押式回购).</summary>
    Pledge,

    /// <summary>Agreed repo (约定购回).</summary>
    Repo,
}

/// <summary>One contract as it stands at the snapshot's as-of, amounts in yuan.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What sort it is.</param>
/// <param name="Status">As in the schema; null where no statement has come in.</param>
/// <param name="Coverage">
/// Collateral and debt. Of a margin contract cash and securities as the broker's last statement values them; of the others
/// what is pledged at the last close, or, where no price is known, as the last statement values it.
/// </param>
/// <param name="CallLine">Ratio at or below which the broker calls or warns; null where the contract states none.</param>
/// <param name="ClosingLine">Ratio at or below which the broker closes; null where the contract states none.</param>
public readonly record struct ContractStatement(
    int Node, NodeId Id, ContractKind Kind, string? Status, Coverage Coverage, decimal? CallLine, decimal? ClosingLine)
{
    /// <summary>Whether anything may still be owed: any status but closed. A disposal under way is.</summary>
    public bool IsOutstanding => Status != "CLOSED";

    /// <summary>Owed under the contract; 0 once it is closed.</summary>
    public decimal Debt => IsOutstanding ? Coverage.Debt : 0m;

    /// <summary>What secures it; 0 once it is closed.</summary>
    public decimal Collateral => IsOutstanding ? Coverage.Assets : 0m;
}

namespace GraphRisk.Market.Lending;

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

/// <summary>Where a contract stands, as its broker last stated.</summary>
public enum ContractStatus
{
    /// <summary>No statement has come in: counts as open.</summary>
    Unstated,

    Open,

    /// <summary>A payment is late.</summary>
    Overdue,

    /// <summary>In default, the collateral being sold (违约处置): what is not yet recovered is still owed.</summary>
    InDisposal,

    /// <summary>Repaid or written off: nothing is owed, whatever the last statement's figures say.</summary>
    Closed,
}

/// <summary>One contract as it stands at the snapshot's as-of, amounts in yuan.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Kind">What sort it is.</param>
/// <param name="Status">As last stated.</param>
/// <param name="Coverage">
/// Collateral and debt; nothing of both once it is closed. Of a margin contract cash and securities as the broker's last
/// statement values them; of the others what is pledged at the last close, or, where no price is known, as the last statement
/// values it.
/// </param>
/// <param name="CallLine">
/// Ratio at or below which the broker calls or warns: as the contract states, else, for a margin contract, the common line of its
/// broker (<see cref="MarginLines.Common"/>); null for a pledge or repo that states none, whose lines are per agreement.
/// </param>
/// <param name="ClosingLine">Ratio at or below which the broker closes; as the call line.</param>
/// <param name="CreditLine">Credit line of a margin contract; null where none is stated.</param>
/// <param name="MaturesOn">Day of maturity; null where not stated.</param>
public readonly record struct Contract(
    int Node, ContractKind Kind, ContractStatus Status, Coverage Coverage,
    decimal? CallLine, decimal? ClosingLine, decimal? CreditLine, DateOnly? MaturesOn)
{
    /// <summary>Whether anything may still be owed: any status but closed. A disposal under way is outstanding.</summary>
    public bool IsOutstanding => Status != ContractStatus.Closed;

    /// <summary>Owed under the contract.</summary>
    public decimal Debt => Coverage.Debt;

    /// <summary>What secures it.</summary>
    public decimal Collateral => Coverage.Assets;

    /// <summary>Owed beyond what secures it.</summary>
    public decimal Uncovered => Math.Max(0m, Debt - Collateral);

    /// <summary>Whether the collateral is at or below the line for calls or warnings; not without such a line or debt.</summary>
    public bool IsBelowCallLine => CallLine is { } line && Coverage.IsAtOrBelow(line);

    /// <summary>Whether it is at or below the closing line; not without such a line or debt.</summary>
    public bool IsBelowClosingLine => ClosingLine is { } line && Coverage.IsAtOrBelow(line);
}

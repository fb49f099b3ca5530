using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// What a party owes under its financing contracts, taken together. Ratios are fractions (1.3 = 130%); NaN is "not known",
/// as every ratio is without debt.
/// </summary>
internal readonly record struct ContractPosition
{
    public static ContractPosition None { get; } = new()
    {
        CreditLine = double.NaN, DebtBefore = double.NaN, WorstRatio = double.NaN, WorstRatioBefore = double.NaN,
        LowestRatioOfYear = double.NaN, WorstToCall = double.NaN, WorstToClose = double.NaN, DaysToMaturity = double.NaN,
    };

    /// <summary>Contracts that are open or overdue.</summary>
    public int Open { get; init; }

    public int Overdue { get; init; }

    /// <summary>Amount owed under open contracts, yuan.</summary>
    public double Debt { get; init; }

    /// <summary>Part of it owed under margin contracts.</summary>
    public double MarginDebt { get; init; }

    /// <summary>Credit lines of open margin contracts.</summary>
    public double CreditLine { get; init; }

    /// <summary>What the open contracts owed a quarter earlier.</summary>
    public double DebtBefore { get; init; }

    /// <summary>Lowest ratio of collateral to debt over open contracts.</summary>
    public double WorstRatio { get; init; }

    /// <summary>The same a quarter earlier.</summary>
    public double WorstRatioBefore { get; init; }

    /// <summary>Lowest ratio stated in the last year.</summary>
    public double LowestRatioOfYear { get; init; }

    /// <summary>Least of ratio / call (or warning) line - 1.</summary>
    public double WorstToCall { get; init; }

    /// <summary>Least of ratio / liquidation (or closing) line - 1.</summary>
    public double WorstToClose { get; init; }

    /// <summary>Days to the nearest maturity; negative when it has passed.</summary>
    public double DaysToMaturity { get; init; }

    public ContractPosition With(in ContractStatement contract) => this with
    {
        Open = Open + 1,
        Overdue = Overdue + (contract.IsOverdue ? 1 : 0),
        Debt = Debt + contract.Debt,
        MarginDebt = MarginDebt + (contract.IsMargin ? contract.Debt : 0),
        CreditLine = Sum(CreditLine, contract.CreditLine),
        DebtBefore = Sum(DebtBefore, contract.DebtBefore),
        WorstRatio = Numbers.Least(WorstRatio, contract.Ratio),
        WorstRatioBefore = Numbers.Least(WorstRatioBefore, contract.RatioBefore),
        LowestRatioOfYear = Numbers.Least(LowestRatioOfYear, contract.LowestRatioOfYear),
        WorstToCall = Numbers.Least(WorstToCall, contract.Ratio / contract.CallLine - 1),
        WorstToClose = Numbers.Least(WorstToClose, contract.Ratio / contract.CloseLine - 1),
        DaysToMaturity = Numbers.Least(DaysToMaturity, contract.DaysToMaturity),
    };

    private static double Sum(double left, double right) =>
        double.IsNaN(left) ? right : double.IsNaN(right) ? left : left + right;
}

/// <summary>One open contract as its latest statement at the as-of date shows it; NaN is "not known".</summary>
internal readonly record struct ContractStatement(
    bool IsMargin, bool IsOverdue, double Debt, double DebtBefore, double CreditLine, double Ratio, double RatioBefore,
    double LowestRatioOfYear, double CallLine, double CloseLine, double DaysToMaturity);

using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Lending;

/// <summary>
/// What a party owes under its outstanding contracts, taken together. Ratios are fractions (1.3 = 130%); NaN is "not known", as
/// every ratio is without debt.
/// </summary>
public readonly record struct DebtPosition
{
    private const int Quarter = 91;
    private const int Year = 365;

    private static DebtPosition Nothing { get; } = new()
    {
        CreditLine = double.NaN, DebtBefore = double.NaN, WorstRatio = double.NaN, WorstRatioBefore = double.NaN,
        LowestRatioOfYear = double.NaN, WorstToCall = double.NaN, WorstToClose = double.NaN, DaysToMaturity = double.NaN,
    };

    /// <summary>Outstanding contracts under which something is owed.</summary>
    public int Contracts { get; init; }

    /// <summary>Those among them with a late payment.</summary>
    public int Overdue { get; init; }

    /// <summary>Amount owed, yuan.</summary>
    public double Debt { get; init; }

    /// <summary>Part of it owed under margin contracts.</summary>
    public double MarginDebt { get; init; }

    /// <summary>What secures it, yuan.</summary>
    public double Collateral { get; init; }

    /// <summary>Owed beyond what secures it, contract by contract.</summary>
    public double Uncovered { get; init; }

    /// <summary>Credit lines of the margin contracts.</summary>
    public double CreditLine { get; init; }

    /// <summary>What the same contracts owed a quarter earlier.</summary>
    public double DebtBefore { get; init; }

    /// <summary>Lowest ratio of collateral to debt.</summary>
    public double WorstRatio { get; init; }

    /// <summary>The lowest ratio stated a quarter earlier.</summary>
    public double WorstRatioBefore { get; init; }

    /// <summary>Lowest ratio stated in the last year.</summary>
    public double LowestRatioOfYear { get; init; }

    /// <summary>Least of ratio / call (or warning) line - 1.</summary>
    public double WorstToCall { get; init; }

    /// <summary>Least of ratio / liquidation (or closing) line - 1.</summary>
    public double WorstToClose { get; init; }

    /// <summary>Days to the nearest maturity; negative when it has passed.</summary>
    public double DaysToMaturity { get; init; }

    /// <summary>The position of a party.</summary>
    public static DebtPosition Of(ContractTable contracts, int party) => Of(contracts, contracts.OfParty(party));

    /// <summary>The position under contracts as they are supposed to stand; what was stated of them before stays.</summary>
    public static DebtPosition Of(ContractTable contracts, IEnumerable<Contract> supposed)
    {
        var position = Nothing;
        foreach (var contract in supposed)
            if (contract.Debt > 0) position = position.With(contracts, contract, contracts.Snapshot.Stamp.AsOfDay);
        return position;
    }

    private DebtPosition With(ContractTable contracts, in Contract contract, DateOnly today)
    {
        var (debt, day) = ((double)contract.Debt, today.DayNumber);
        var ratio = (double)contract.Coverage.Ratio!.Value;
        return this with
        {
            Contracts = Contracts + 1,
            Overdue = Overdue + (contract.Status == ContractStatus.Overdue ? 1 : 0),
            Debt = Debt + debt,
            MarginDebt = MarginDebt + (contract.Kind == ContractKind.Margin ? debt : 0),
            Collateral = Collateral + (double)contract.Collateral,
            Uncovered = Uncovered + (double)contract.Uncovered,
            CreditLine = Sum(CreditLine, (double?)contract.CreditLine ?? double.NaN),
            DebtBefore = Sum(DebtBefore, contracts.DebtAt(contract.Node, day - Quarter)),
            WorstRatio = Numbers.Least(WorstRatio, ratio),
            WorstRatioBefore = Numbers.Least(WorstRatioBefore, contracts.StatedRatioAt(contract.Node, day - Quarter)),
            LowestRatioOfYear = Numbers.Least(LowestRatioOfYear, contracts.LowestStatedRatioSince(contract.Node, day - Year)),
            WorstToCall = Numbers.Least(WorstToCall, Distance(ratio, contract.CallLine)),
            WorstToClose = Numbers.Least(WorstToClose, Distance(ratio, contract.ClosingLine)),
            DaysToMaturity = Numbers.Least(DaysToMaturity, contract.MaturesOn is { } end ? end.DayNumber - day : double.NaN),
        };
    }

    private static double Distance(double ratio, decimal? line) => line is > 0 and var known ? (ratio / (double)known) - 1 : double.NaN;

    private static double Sum(double left, double right) =>
        double.IsNaN(left) ? right : double.IsNaN(right) ? left : left + right;
}

namespace GraphRisk.Workflow.Market;

/// <summary>Figures of a division as they may be told; null where one is withheld or there is none. Money in yuan.</summary>
/// <param name="Key">Code of the broker or of the jurisdiction, or MARKET.</param>
/// <param name="Name">Name of the broker; null for other divisions.</param>
public sealed record MarketFigures(string Key, string? Name)
{
    public int? Brokers { get; init; }

    public decimal? NetCapital { get; init; }

    public int? Clients { get; init; }

    public int? ClientsWithDebt { get; init; }

    public int? Contracts { get; init; }

    public decimal? Debt { get; init; }

    public decimal? MarginDebt { get; init; }

    public decimal? PledgeDebt { get; init; }

    public decimal? RepoDebt { get; init; }

    public decimal? Collateral { get; init; }

    public decimal? MaintenanceRatio { get; init; }

    public decimal? DebtBelowCallLine { get; init; }

    public decimal? DebtBelowClosingLine { get; init; }

    public int? ScoredClients { get; init; }

    public int? HighRiskClients { get; init; }

    public double? MeanProbabilityOfDefault { get; init; }

    public double? DebtWeightedProbabilityOfDefault { get; init; }

    /// <summary>All figures of a row but those that rest on scores.</summary>
    public static MarketFigures Of(MarketRow row) => new(row.Key, row.Name)
    {
        Brokers = row.Brokers,
        NetCapital = row.NetCapital,
        Clients = row.Clients,
        ClientsWithDebt = row.ClientsWithDebt,
        Contracts = row.Contracts,
        Debt = row.Debt,
        MarginDebt = row.MarginDebt,
        PledgeDebt = row.PledgeDebt,
        RepoDebt = row.RepoDebt,
        Collateral = row.Collateral,
        MaintenanceRatio = row.MaintenanceRatio,
        DebtBelowCallLine = row.DebtBelowCallLine,
        DebtBelowClosingLine = row.DebtBelowClosingLine,
    };

    /// <summary>The same, where no debt was stated yet: what is owed is not nothing, it is not known.</summary>
    public MarketFigures BeforeDebts() => this with { ClientsWithDebt = null, Debt = null, MarginDebt = null, PledgeDebt = null, RepoDebt = null };

    /// <summary>The same with those that rest on scores.</summary>
    public MarketFigures WithScores(MarketRow row) => this with
    {
        ScoredClients = row.ScoredClients,
        HighRiskClients = row.HighRiskClients,
        MeanProbabilityOfDefault = row.MeanProbabilityOfDefault,
        DebtWeightedProbabilityOfDefault = row.DebtWeightedProbabilityOfDefault,
    };
}

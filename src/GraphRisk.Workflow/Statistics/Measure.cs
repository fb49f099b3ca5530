namespace GraphRisk.Workflow.Statistics;

/// <summary>What is added up over brokers and clients; figures of an edition are sums of it, or ratios of two sums.</summary>
internal enum Measure
{
    NetCapital,
    Clients,
    ClientsWithDebt,
    Contracts,
    MarginDebt,
    PledgeDebt,
    RepoDebt,
    Collateral,
    MarginAssets,
    DebtBelowCallLine,
    DebtBelowClosingLine,
    ScoredClients,
    HighRiskClients,
    Probability,
    ProbabilityByDebt,
}

/// <summary>What one client gives to a measure at one broker.</summary>
/// <param name="Row">Number of the broker's jurisdiction.</param>
/// <param name="Broker">Node of the broker.</param>
/// <param name="Client">Node of the client; -1 for what a broker gives by itself.</param>
/// <param name="Amount">Not zero.</param>
internal readonly record struct Gift(int Row, int Broker, int Client, decimal Amount);

using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Workflow.Market;

/// <summary>Figures of one broker, jurisdiction or market; money in yuan.</summary>
/// <param name="Key">Code of the broker or of the jurisdiction, or MARKET.</param>
/// <param name="Name">Name of the broker; null for other divisions.</param>
public sealed record MarketRow(string Key, string? Name)
{
    /// <summary>Brokers in the division.</summary>
    public int Brokers { get; init; }

    /// <summary>Their net capital, as far as stated.</summary>
    public decimal NetCapital { get; init; }

    /// <summary>Clients, each once.</summary>
    public int Clients { get; init; }

    /// <summary>Clients that owe something.</summary>
    public int ClientsWithDebt { get; init; }

    /// <summary>Outstanding contracts.</summary>
    public int Contracts { get; init; }

    /// <summary>Owed in all.</summary>
    public decimal Debt => MarginDebt + PledgeDebt + RepoDebt;

    /// <summary>Owed under margin contracts.</summary>
    public decimal MarginDebt { get; init; }

    /// <summary>Owed under stock-pledged repos.</summary>
    public decimal PledgeDebt { get; init; }

    /// <summary>Owed under agreed repos.</summary>
    public decimal RepoDebt { get; init; }

    /// <summary>What secures all of it.</summary>
    public decimal Collateral { get; init; }

    /// <summary>Assets to debt over all margin contracts with debt, which weights each by its debt; null without liability.</summary>
    public decimal? MaintenanceRatio { get; init; }

    /// <summary>Part of the debt, 0 to 1, under contracts at or below their line for calls or warnings; null without debt.</summary>
    public decimal? DebtBelowCallLine { get; init; }

    /// <summary>Part of the debt, 0 to 1, under contracts at or below their closing line; null without debt.</summary>
    public decimal? DebtBelowClosingLine { get; init; }

    /// <summary>Clients with debt and a score.</summary>
    public int ScoredClients { get; init; }

    /// <summary>Of these, those at or above the probability of default that counts as high risk.</summary>
    public int HighRiskClients { get; init; }

    /// <summary>Mean probability of default of clients with debt and a score; null where there is none.</summary>
    public double? MeanProbabilityOfDefault { get; init; }

    /// <summary>The same weighted by debt; null where there is none.</summary>
    public double? DebtWeightedProbabilityOfDefault { get; init; }
}

/// <summary>Gathers the figures of one row.</summary>
internal sealed class MarketRowBuilder(string key, string? name)
{
    private readonly Dictionary<int, decimal> debtOf = [];
    private readonly decimal[] debtByKind = new decimal[3];
    private int brokers;
    private int contractCount;
    private decimal netCapital;
    private decimal collateral;
    private decimal belowCall;
    private decimal belowClosing;
    private Coverage margin;

    /// <summary>Adds a broker with its clients and contracts.</summary>
    public void AddBroker(ContractTable contracts, int broker, WorkMeter meter)
    {
        brokers++;
        netCapital += contracts.NetCapitalOf(broker) ?? 0m;
        foreach (var client in meter.Along(contracts.ClientsOf(broker))) debtOf.TryAdd(client, 0m);
        foreach (var contract in meter.Along(contracts.OfBroker(broker)))
            if (contract.IsOutstanding) AddContract(contract, contracts.PartyOf(contract.Node));
    }

    /// <summary>The row.</summary>
    public MarketRow Build(IReadOnlyDictionary<int, ScoreLine> scores, MarketParameters parameters)
    {
        var debt = debtByKind.Sum();
        var scored = debtOf.Where(client => client.Value > 0 && scores.ContainsKey(client.Key)).OrderBy(client => client.Key)
            .Select(client => (Debt: client.Value, Risk: scores[client.Key].ProbabilityOfDefault)).ToList();
        var scoredDebt = scored.Sum(client => client.Debt);
        return new MarketRow(key, name)
        {
            Brokers = brokers,
            NetCapital = netCapital,
            Clients = debtOf.Count,
            ClientsWithDebt = debtOf.Count(client => client.Value > 0),
            Contracts = contractCount,
            MarginDebt = debtByKind[(int)ContractKind.Margin],
            PledgeDebt = debtByKind[(int)ContractKind.Pledge],
            RepoDebt = debtByKind[(int)ContractKind.Repo],
            Collateral = collateral,
            MaintenanceRatio = margin.Ratio,
            DebtBelowCallLine = debt > 0 ? belowCall / debt : null,
            DebtBelowClosingLine = debt > 0 ? belowClosing / debt : null,
            ScoredClients = scored.Count,
            HighRiskClients = scored.Count(client => client.Risk >= parameters.HighRiskFrom),
            MeanProbabilityOfDefault = scored.Count > 0 ? scored.Average(client => client.Risk) : null,
            DebtWeightedProbabilityOfDefault = scoredDebt > 0 ? scored.Sum(client => (double)(client.Debt / scoredDebt) * client.Risk) : null,
        };
    }

    private void AddContract(Contract contract, int party)
    {
        contractCount++;
        debtByKind[(int)contract.Kind] += contract.Debt;
        collateral += contract.Collateral;
        if (party >= 0) debtOf[party] = debtOf.GetValueOrDefault(party) + contract.Debt;
        if (contract.Kind == ContractKind.Margin && contract.Coverage.HasLiability) margin += contract.Coverage;
        if (contract.IsBelowCallLine) belowCall += contract.Debt;
        if (contract.IsBelowClosingLine) belowClosing += contract.Debt;
    }
}

using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Workflow.Statistics;

/// <summary>Who gives what to which measure, broker by broker and client by client. One pass over the contracts.</summary>
internal sealed class Gifts
{
    private readonly Dictionary<Measure, List<Gift>> gifts = Enum.GetValues<Measure>().ToDictionary(measure => measure, _ => new List<Gift>());
    private readonly IReadOnlyDictionary<int, ScoreLine> scores;
    private readonly double highRiskFrom;

    public Gifts(ContractTable contracts, IReadOnlyDictionary<int, ScoreLine> scores, MarketParameters parameters, Func<int, int> rowOf)
    {
        this.scores = scores;
        highRiskFrom = parameters.HighRiskFrom;
        foreach (var broker in contracts.Snapshot.Nodes.OfType("Broker")) AddBroker(contracts, broker, rowOf(broker));
    }

    public IReadOnlyList<Gift> Of(Measure measure) => gifts[measure];

    private void AddBroker(ContractTable contracts, int broker, int row)
    {
        void Add(Measure measure, int client, decimal amount)
        {
            if (amount != 0) gifts[measure].Add(new Gift(row, broker, client, amount));
        }

        Add(Measure.NetCapital, -1, contracts.NetCapitalOf(broker) ?? 0m);
        foreach (var client in contracts.ClientsOf(broker)) Add(Measure.Clients, client, 1);
        var debts = new SortedDictionary<int, decimal>();
        foreach (var contract in contracts.OfBroker(broker).Where(contract => contract.IsOutstanding))
        {
            var client = contracts.PartyOf(contract.Node);
            debts[client] = debts.GetValueOrDefault(client) + contract.Debt;
            AddContract(contract, (measure, amount) => Add(measure, client, amount));
        }

        foreach (var (client, debt) in debts.Where(pair => pair.Key >= 0 && pair.Value > 0))
            AddDebtor(client, debt, (measure, amount) => Add(measure, client, amount));
    }

    private static void AddContract(Contract contract, Action<Measure, decimal> add)
    {
        add(Measure.Contracts, 1);
        add(contract.Kind switch { ContractKind.Margin => Measure.MarginDebt, ContractKind.Pledge => Measure.PledgeDebt, _ => Measure.RepoDebt }, contract.Debt);
        add(Measure.Collateral, contract.Collateral);
        if (contract.Kind == ContractKind.Margin && contract.Coverage.HasLiability) add(Measure.MarginAssets, contract.Coverage.Assets);
        if (contract.IsBelowCallLine) add(Measure.DebtBelowCallLine, contract.Debt);
        if (contract.IsBelowClosingLine) add(Measure.DebtBelowClosingLine, contract.Debt);
    }

    private void AddDebtor(int client, decimal debt, Action<Measure, decimal> add)
    {
        add(Measure.ClientsWithDebt, 1);
        if (!scores.TryGetValue(client, out var score)) return;
        add(Measure.ScoredClients, 1);
        add(Measure.HighRiskClients, score.ProbabilityOfDefault >= highRiskFrom ? 1 : 0);
        add(Measure.Probability, (decimal)score.ProbabilityOfDefault);
        add(Measure.ProbabilityByDebt, debt * (decimal)score.ProbabilityOfDefault);
    }
}

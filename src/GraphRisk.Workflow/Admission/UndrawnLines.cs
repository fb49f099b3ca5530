using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Admission;

/// <summary>What is promised beside what is owed, yuan: it may be drawn any day and takes the same room.</summary>
/// <param name="Own">To the client.</param>
/// <param name="Group">To the client and all linked to it.</param>
/// <param name="Broker">To all clients of the broker.</param>
public readonly record struct Commitments(decimal Own, decimal Group, decimal Broker);

/// <summary>
/// Lines a broker approved and that are not drawn (未提用额度), by client: of an approved application its line, until a contract of its product is opened on the day of approval or later, the oldest line with the first of them. A
/// margin contract that is open leaves what is not owed under it; a line of a client whose margin contract was open already is drawn under that one, by what its debt has grown since the day before approval. A pledge or
/// repo is drawn once, and nothing is drawn under a contract that is late, in disposal or closed. A line lapses with the term that was
/// applied for, counted from the approval, or with the longest of the product. Read off one snapshot. Cost: the cases of the broker, and the contracts of those clients that have a line.
/// </summary>
public sealed class UndrawnLines
{
    private readonly Dictionary<int, decimal> byClient = [];

    private UndrawnLines()
    {
    }

    /// <summary>Of all clients, yuan.</summary>
    public decimal Total => byClient.Values.Sum();

    /// <summary>Of a client, yuan.</summary>
    public decimal Of(int client) => byClient.GetValueOrDefault(client);

    /// <summary>Of a broker on the day of the snapshot.</summary>
    public static UndrawnLines Of(ContractTable contracts, int broker, AdmissionPolicy policy, WorkMeter meter)
    {
        var (snapshot, nodes, found) = (contracts.Snapshot, contracts.Snapshot.Nodes, new UndrawnLines());
        var lines = meter.Along(snapshot.Relationship("HANDLED_BY").In.Neighbours(broker).ToArray().Distinct()).Where(one => nodes.TypeOf(one).Name == "Application" && nodes.GetString(one, "state") == "APPROVED")
            .Select(one => LineOf(snapshot, one, policy)).OfType<Line>().ToList();
        foreach (var group in lines.GroupBy(line => (line.Client, line.Product)))
        {
            var opened = meter.Along(contracts.Of(group.Key.Client, broker)).Where(contract => contract.Kind == group.Key.Product)
                .Select(contract => (Contract: contract, On: nodes.GetDate(contract.Node, "openedOn"))).Where(one => one.On is not null).OrderBy(one => one.On).ThenBy(one => one.Contract.Node).ToList();
            var grownFor = 0m;
            foreach (var line in group.OrderBy(line => line.ApprovedOn).ThenBy(line => line.Application))
            {
                var drawn = opened.FindIndex(one => one.On >= line.ApprovedOn);
                decimal left;
                if (drawn < 0)
                {
                    var grown = Math.Min(line.Amount, Math.Max(0m, opened.Sum(one => GrownSince(line, one.Contract)) - grownFor));
                    (left, grownFor) = (line.Amount - grown, grownFor + grown);
                }
                else
                {
                    left = LeftOf(line, opened[drawn].Contract);
                    opened.RemoveAt(drawn);
                }

                if (line.LapsesOn >= snapshot.Stamp.AsOfDay) found.byClient[line.Client] = found.Of(line.Client) + left;
            }
        }

        return found;

        decimal GrownSince(Line line, Contract contract) => IsDrawnUnder(contract) ? Math.Max(0m, contract.Debt - (contracts.StatedDebtAt(contract.Node, line.ApprovedOn.AddDays(-1)) ?? 0m)) : 0m;
    }

    private static decimal LeftOf(Line line, Contract contract) => IsDrawnUnder(contract) ? Math.Max(0m, line.Amount - contract.Debt) : 0m;

    private static bool IsDrawnUnder(Contract contract) => contract is { Kind: ContractKind.Margin, Status: ContractStatus.Open or ContractStatus.Unstated };

    private static Line? LineOf(Snapshot snapshot, int application, AdmissionPolicy policy)
    {
        var nodes = snapshot.Nodes;
        if (nodes.GetDecimal(application, "creditLine") is not (> 0 and var amount) || snapshot.Relationship("CASE_OF").Out.Neighbours(application) is not [var client, ..]) return null;
        var product = Enum.Parse<ContractKind>(nodes.GetString(application, "product")!, ignoreCase: true);
        if (ApplicationFacts.ApprovedOn(snapshot, application) is not { } on) return null;
        var lapses = nodes.Get(application, "termInDays")?.AsInteger() is { } days ? on.AddDays((int)days) : product == ContractKind.Pledge ? on.AddYears(policy.Pledges.TermInYears) : on.AddMonths(policy.MonthsOfTerm[product]);
        return new Line(application, client, product, amount, on, lapses);
    }

    private sealed record Line(int Application, int Client, ContractKind Product, decimal Amount, DateOnly ApprovedOn, DateOnly LapsesOn);
}

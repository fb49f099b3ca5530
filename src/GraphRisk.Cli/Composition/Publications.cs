using System.Collections.Immutable;
using GraphRisk.Graph.Publishing;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Contracts;

namespace GraphRisk.Cli.Composition;

/// <summary>Puts together what is published of a snapshot: what the graph, the contracts and the model say.</summary>
internal static class Publications
{
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="model">The model behind the scores; null where there is none.</param>
    /// <param name="scores">Its scores.</param>
    public static Publication Of(Snapshot snapshot, CreditModel? model, IEnumerable<ScoreLine> scores) =>
        PublicationBuilder.Of(snapshot) with
        {
            ModelVersion = model?.Version,
            Standings = [.. Standings(new ContractBook(snapshot))],
            Scores = [.. scores.Select(line => new PublishedScore(
                snapshot.Nodes.IdOf(line.Node), line.Score, line.Grade, line.ProbabilityOfDefault,
                line.BaselinePoints, line.OwnPoints, line.ContagionPoints, line.HasDebt))],
        };

    private static IEnumerable<PublishedStanding> Standings(ContractBook book)
    {
        foreach (var broker in book.Snapshot.Nodes.OfType("Broker").ToArray())
            foreach (var client in book.ClientsOf(broker))
                yield return StandingOf(book, client, broker);
    }

    private static PublishedStanding StandingOf(ContractBook book, int client, int broker)
    {
        ImmutableArray<ContractStatement> contracts = [.. book.Of(client, broker).Where(contract => contract.IsOutstanding)];
        decimal DebtOf(ContractKind kind) => contracts.Where(contract => contract.Kind == kind).Sum(contract => contract.Debt);
        return new PublishedStanding(
            book.Snapshot.Nodes.IdOf(client), book.Snapshot.Nodes.IdOf(broker), contracts.Length,
            DebtOf(ContractKind.Margin), DebtOf(ContractKind.Pledge), DebtOf(ContractKind.Repo),
            contracts.Sum(contract => contract.Collateral),
            contracts.Sum(contract => Math.Max(0m, contract.Debt - contract.Collateral)));
    }
}

using GraphRisk.Cli.Input;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Market.Networks;
using static GraphRisk.Cli.Contagion.ContagionReport;

namespace GraphRisk.Cli.Contagion;

/// <summary>Methods over guarantees and other ties between nodes.</summary>
internal static class TieMethods
{
    public static ContagionReport Guarantees(string method, ContagionRequest request)
    {
        var names = new NodeNames();
        var fields = NodeFields.Read(request.Nodes, names, mayAdd: true, new FieldRule(HeadingRole.Assets), new FieldRule(HeadingRole.Debt));
        var guarantees = ReadGuarantees(request.Network, names);
        fields.Require("it", HeadingRole.Debt);
        var shock = NodeFields.Read(request.Shock, names, mayAdd: false, new FieldRule(HeadingRole.Shock, 0, 1), new FieldRule(HeadingRole.Loss));
        double[] assets = [.. fields.All(HeadingRole.Assets, names.Count).Select((amount, node) =>
            Math.Max(0, (amount * (1 - shock.Of(HeadingRole.Shock, node))) - shock.Of(HeadingRole.Loss, node)))];
        var debts = fields.All(HeadingRole.Debt, names.Count);
        var answer = GuaranteeCalls.Find(GuaranteeNetwork.Of(guarantees, debts), assets, debts);
        return new ContagionReport(
            method, answer.Rounds, true,
            Record(("called", answer.Calls.Sum()), ("shortfall", answer.Shortfalls.Sum()), ("lossOutside", answer.Residual.Sum())),
            EachNode(names, node =>
            [
                ("call", answer.Calls[node]), ("shortfall", answer.Shortfalls[node]), ("residual", answer.Residual[node]), ("recourse", answer.Recourse.WholeOf(node)), ("shortRound", Round(answer.CallRounds[node])),
            ]),
            [.. EachEdge(names, answer.Attribution, request.Top, "call")]);
    }

    public static ContagionReport Propagate(string method, ContagionRequest request)
    {
        var names = new NodeNames();
        NodeFields.Read(request.Nodes, names, mayAdd: true);
        var edges = NetworkEdges.Read(request.Network, names, HeadingRole.From, HeadingRole.To, HeadingRole.Weight, "bears its own failure, which the shock says; leave the row out");
        var shock = NodeFields.Read(request.Shock, names, mayAdd: false, new FieldRule(HeadingRole.Shock, 0, 1), new FieldRule(HeadingRole.Default, IsYesOrNo: true));
        double[] shocks = [.. Enumerable.Range(0, names.Count).Select(node => Math.Max(shock.Of(HeadingRole.Shock, node), shock.Of(HeadingRole.Default, node)))];
        var answer = DebtRank.Find(edges.Graph, shocks, DebtRankParameters.Default with { MaxRounds = request.Rounds });
        return new ContagionReport(
            method, answer.Rounds, answer.Converged,
            Record(("shock", shocks.Sum()), ("distress", answer.Losses.Sum()), ("byOthers", Enumerable.Range(0, names.Count).Sum(answer.ContagionOf))),
            EachNode(names, node => [("shock", shocks[node]), ("distress", answer.Losses[node]), ("byOthers", answer.ContagionOf(node))]),
            edges.Channels.Count == 0
                ? [.. EachEdge(names, answer.Attribution, request.Top, "distress")]
                : [.. edges.Channels.SelectMany(channel => EachEdge(names, answer.AttributionOver(channel.Value), request.Top, "distress", channel.Key))]);
    }

    public static ContagionReport PageRank(string method, ContagionRequest request)
    {
        var names = new NodeNames();
        NodeFields.Read(request.Nodes, names, mayAdd: true);
        var edges = NetworkEdges.Read(request.Network, names, HeadingRole.From, HeadingRole.To, HeadingRole.Weight, loop: null, otherwise: 1);
        if (request.Shock is null) throw new UserErrorException("--shock names the seeds of the walk, a node a row.");
        var seeds = NodeFields.Read(request.Shock, names, mayAdd: false).Nodes;
        if (seeds.Count == 0) throw new UserErrorException($"{request.Shock}: there is no seed.");
        var alpha = request.Alpha ?? PageRankParameters.Default.Alpha;
        if (alpha >= 1) throw new UserErrorException("--alpha is below 1 here, the probability of going on.");
        var answer = PersonalisedPageRank.Find(edges.Graph, seeds, PageRankParameters.Default with { Alpha = alpha });
        return new ContagionReport(
            method, answer.Rounds, true, Record(("seeds", seeds.Count), ("score", answer.Scores.Sum())),
            EachNode(names, node => [("score", answer.Scores[node])]),
            [.. EachEdge(names, answer.Attribution, request.Top, "score")]);
    }

    private static List<GuaranteeTerms> ReadGuarantees(string path, NodeNames names)
    {
        using var table = new HeadedTable(path);
        var (guarantorColumn, guaranteedColumn) = (table.Require(HeadingRole.Guarantor), table.Require(HeadingRole.Guaranteed));
        var (coverageColumn, amountColumn, kindColumn) = (ColumnOf(HeadingRole.Coverage), ColumnOf(HeadingRole.Guarantee), ColumnOf(HeadingRole.GuaranteeKind));
        var guarantees = new List<GuaranteeTerms>();
        while (table.Next())
        {
            var coverage = coverageColumn < 0 ? null : table.Number(coverageColumn, 0, 1);
            var amount = amountColumn < 0 ? null : table.Number(amountColumn, 0);
            var one = new GuaranteeTerms(
                names.NumberOf(table.Text(guaranteedColumn)), names.NumberOf(table.Text(guarantorColumn)), coverage, amount, kindColumn >= 0 && GuaranteeKinds.IsWhole(table.Given(kindColumn)));
            if (one.Guarantor == one.Debtor && coverage is not 0 && amount is not 0) throw table.Fault(guaranteedColumn, "guarantees itself, which is no guarantee; leave the row out");
            guarantees.Add(one);
        }

        return guarantees;

        int ColumnOf(HeadingRole role) => table.Has(role) ? table.Require(role) : -1;
    }
}

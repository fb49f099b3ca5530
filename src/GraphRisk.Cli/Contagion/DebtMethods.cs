using GraphRisk.Cli.Input;
using GraphRisk.Graph.Algorithms.Contagion;
using static GraphRisk.Cli.Contagion.ContagionReport;

namespace GraphRisk.Cli.Contagion;

/// <summary>Methods over a network of debts: clearing, cascade, DebtRank.</summary>
internal static class DebtMethods
{
    public static ContagionReport Clear(string method, ContagionRequest request, BankruptcyCosts costs)
    {
        var read = DebtNetwork.Read(request, takesAssets: true);
        var answer = ClearingVector.Find(read.Network, costs);
        return new ContagionReport(
            method, answer.Rounds, true,
            Record(
                ("owed", Sum(read.Network.Total)), ("paid", answer.Payments.Sum()), ("defaults", answer.Defaults.Count()),
                ("lossInside", answer.Losses.Sum()), ("lossOutside", answer.OutsideLosses.Sum()), ("bankruptcyCosts", answer.BankruptcyCosts.Sum())),
            EachNode(read.Names, node =>
            [
                ("owed", read.Network.Total[node]), ("payment", answer.Payments[node]), ("defaultRound", Round(answer.DefaultRounds[node])),
                ("loss", answer.Losses[node]), ("outsideLoss", answer.OutsideLosses[node]), ("bankruptcyCosts", answer.BankruptcyCosts[node]),
            ]),
            [.. EachEdge(read.Names, answer.Attribution, request.Top, "loss")]);
    }

    public static ContagionReport Cascade(string method, ContagionRequest request)
    {
        var read = DebtNetwork.Read(request, takesAssets: true);
        var started = read.Shock.Nodes.Where(node => read.Shock.Of(HeadingRole.Default, node) > 0);
        var answer = DefaultCascade.Find(read.Network, request.Recovery, started);
        return new ContagionReport(
            method, answer.Rounds, true,
            Record(("defaults", answer.DefaultRounds.Count(round => round >= 0)), ("lossInside", answer.Losses.Sum()), ("lossOutside", answer.OutsideLosses.Sum())),
            EachNode(read.Names, node =>
            [
                ("equity", read.Network.Equity[node]), ("defaultRound", Round(answer.DefaultRounds[node])),
                ("loss", answer.Losses[node]), ("outsideLoss", answer.OutsideLosses[node]),
            ]),
            [.. EachEdge(read.Names, answer.Attribution, request.Top, "loss")]);
    }

    public static ContagionReport Rank(string method, ContagionRequest request, DebtRankRule rule)
    {
        var read = DebtNetwork.Read(request, takesAssets: false);
        var (network, shock) = (read.Network, read.Shock);
        double[] shocks = [.. Enumerable.Range(0, network.Count).Select(node => shock.Of(HeadingRole.Default, node) > 0 ? 1
            : shock.Of(HeadingRole.Shock, node) + (network.Equity[node] > 0 ? shock.Of(HeadingRole.Loss, node) / network.Equity[node] : 0))];
        var answer = DebtRank.Find(network, shocks, DebtRankParameters.Default with { Rule = rule, MaxRounds = request.Rounds, Alpha = request.Alpha ?? 0 });
        var claims = answer.Claims(network.Owed);
        double[] outside = [.. Enumerable.Range(0, network.Count).Select(node => answer.Passed[node] * network.Outside[node])];
        var weights = read.Fields.Has(HeadingRole.Importance)
            ? read.Fields.All(HeadingRole.Importance, network.Count) : Array.ConvertAll(network.Equity.ToArray(), equity => Math.Max(0, equity));
        var changed = request.Changes is null ? null : AfterChanges(request, read, answer);
        return new ContagionReport(
            method, answer.Rounds, answer.Converged,
            Record(
                ("debtRank", answer.Value(weights)), ("defaults", answer.Losses.Count(loss => loss >= 1)),
                ("lossInside", Enumerable.Range(0, network.Count).Sum(claims.WholeOf)), ("lossOutside", outside.Sum())),
            EachNode(read.Names, node =>
            [
                ("shock", answer.Shocks[node]), ("lossShare", answer.Losses[node]), ("uncapped", answer.UncappedOf(node)), ("passedOn", answer.Passed[node]),
                ("loss", claims.WholeOf(node)), ("outsideLoss", outside[node]), .. ChangedLoss(changed, node),
            ]),
            [.. EachEdge(read.Names, answer.Attribution, request.Top, "lossShare")]);
    }

    /// <summary>What the losses are after some debts changed, from where they stood.</summary>
    private static IncrementalDebtRank AfterChanges(ContagionRequest request, DebtNetwork read, DebtRankAnswer answer)
    {
        if (request.Rounds is not null) throw new UserErrorException("--changes goes with losses followed to their end, not with --rounds.");
        var held = new IncrementalDebtRank(answer.Impacts, answer.Shocks);
        using var table = new HeadedTable(request.Changes!);
        var (debtorColumn, creditorColumn, amountColumn) = (table.Require(HeadingRole.Debtor), table.Require(HeadingRole.Creditor), table.Require(HeadingRole.Amount));
        int Known(int column) => read.Names.Find(table.Text(column)) is var node and >= 0 ? node : throw table.Fault(column, "is no node of the network");
        while (table.Next())
        {
            var (debtor, creditor) = (Known(debtorColumn), Known(creditorColumn));
            var amount = table.Number(amountColumn, 0) ?? throw table.Fault(amountColumn, "is empty");
            if (debtor == creditor && amount > 0) throw table.Fault(creditorColumn, DebtNetwork.OwesItself);
            if (read.Network.Equity[creditor] > 0) held.SetImpact(debtor, creditor, amount / read.Network.Equity[creditor]);
        }

        held.Settle();
        return held;
    }

    private static (string, object?)[] ChangedLoss(IncrementalDebtRank? held, int node) => held is null ? [] : [("lossShareAfterChanges", held.LossOf(node))];

    private static double Sum(ReadOnlySpan<double> amounts)
    {
        var sum = 0.0;
        foreach (var amount in amounts) sum += amount;
        return sum;
    }
}

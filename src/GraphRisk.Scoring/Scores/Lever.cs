using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Features.Families;

namespace GraphRisk.Scoring.Scores;

/// <summary>A change a client can make, by degrees, as its features show it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">Where the client stands; null where there is no degree.</param>
/// <param name="Most">The greatest step that is realistic.</param>
/// <param name="Rounded">The next step that can be told in a round number; at least the step given.</param>
/// <param name="At">The client's row after a step, what it costs in yuan (null: not known) and where the client then stands.</param>
internal sealed record Lever(
    ImprovementKind Kind, double? From, double Most, Func<double, double> Rounded, Func<double, (float[] Row, decimal? Amount, double? To)> At);

/// <summary>
/// The levers of a client. A step changes the contracts or holdings as the client would, and the features are read off what is changed: a ratio that
/// rises takes its distance to the lines with it. What was stated before stays (the year's lowest ratio, events), and so do the features of others.
/// </summary>
internal sealed class Levers(SnapshotFeatures features)
{
    /// <summary>Above this ratio collateral may be taken out of a margin account again (Implementing rules of the exchanges, 2023): no one is asked to go beyond.</summary>
    private const decimal HighestRatio = 3.0m;

    /// <summary>Part of the debt that a client may be asked to repay.</summary>
    private const double MostRepaid = 0.9;

    /// <summary>The largest holding is not asked to be smaller than this part.</summary>
    private const double LeastShare = 0.10;

    private static readonly Dictionary<string, int> Columns =
        FeatureSet.Features.Select((feature, column) => (feature.Name, column)).ToDictionary(pair => pair.Name, pair => pair.column, StringComparer.Ordinal);

    private MarketReading Market => features.Market;

    /// <summary>What the client could do; empty where nothing applies.</summary>
    /// <param name="node">Node of the client.</param>
    /// <param name="row">Its features, all of them.</param>
    public IEnumerable<Lever> Of(int node, float[] row, WorkMeter meter)
    {
        var contracts = Market.Contracts.OfParty(node).Where(contract => contract.Debt > 0).OrderBy(contract => contract.Coverage.Ratio).ThenBy(contract => contract.Node).ToList();
        if (contracts.Exists(contract => contract.Status == ContractStatus.Overdue))
            yield return new Lever(ImprovementKind.PayOverdue, null, 1, step => step, _ => (With(row, ("overdue_contracts", 0)), null, null));
        if (contracts.Count > 0)
        {
            var securities = Market.Means(meter).SecuritiesOf(Market.Parties.IndexOf(node));
            if (contracts[0].Coverage.Ratio is { } worst && worst < HighestRatio)
                yield return new Lever(
                    ImprovementKind.AddCollateral, (double)worst, (double)(HighestRatio - worst),
                    step => (double)(Math.Ceiling((worst + (decimal)step) * 100) / 100 - worst),
                    step => Topped(row, contracts, worst + (decimal)step, securities));
            var debt = contracts.Sum(contract => contract.Debt);
            yield return new Lever(
                ImprovementKind.RepayDebt, (double)debt, MostRepaid, step => (double)(RoundUp(debt * (decimal)step) / debt),
                step => Repaid(row, contracts, decimal.Round(debt * (decimal)step, 2), debt, securities));
        }

        if (Holdings(node, meter) is { } held && held.Shares.Max() is var largest && largest > LeastShare)
            yield return new Lever(
                ImprovementKind.SpreadHoldings, largest, largest - LeastShare, step => largest - Math.Floor((largest - step) * 100) / 100, step => Spread(row, held, largest - step));
    }

    private (float[], decimal?, double?) Topped(float[] row, List<Contract> contracts, decimal ratio, double securities)
    {
        var topped = contracts.ConvertAll(contract => contract with { Coverage = contract.Coverage with { Assets = Math.Max(contract.Collateral, ratio * contract.Debt) } });
        return (Leveraged(row, topped, securities), decimal.Ceiling(contracts.Sum(contract => contract.Coverage.TopUpTo(ratio))), (double)ratio);
    }

    private (float[], decimal?, double?) Repaid(float[] row, List<Contract> contracts, decimal amount, decimal debt, double securities)
    {
        var left = amount;
        var repaid = new List<Contract>();
        foreach (var contract in contracts)
        {
            var paid = Math.Min(left, contract.Debt);
            left -= paid;
            if (paid < contract.Debt) repaid.Add(contract with { Coverage = contract.Coverage with { Debt = contract.Debt - paid } });
        }

        var changed = Leveraged(row, repaid, securities);
        return (With(changed, ("financing_to_assets", row[Columns["financing_to_assets"]] * (float)((debt - amount) / debt))), amount, (double)(debt - amount));
    }

    /// <summary>The row with what is read off other contracts.</summary>
    private float[] Leveraged(float[] row, List<Contract> contracts, double securities)
    {
        var values = LeverageFeatures.ValuesOf(new LeverageFeatures.Facts(DebtPosition.Of(Market.Contracts, contracts), securities));
        return With(row, [.. values.Where(value => value.Name != "ratio_lowest_year")]);
    }

    /// <summary>Shares of the holdings by security, greatest first, and whether each can be sold; null where there are none.</summary>
    private (double Total, double[] Shares, bool[] Fixed)? Holdings(int node, WorkMeter meter)
    {
        var securities = Market.Securities(meter);
        var held = Market.Positions.Of(node).GroupBy(position => position.Security)
            .Select(group => (Value: (double)group.Sum(position => position.Value), IsFixed: securities[group.Key].Suspended)).Where(one => one.Value > 0).OrderByDescending(one => one.Value).ToList();
        var total = held.Sum(one => one.Value);
        return held.Count == 0 ? null : (total, [.. held.Select(one => one.Value / total)], [.. held.Select(one => one.IsFixed)]);
    }

    /// <summary>No holding above a share but those suspended; the proceeds in further ones of half of it at most.</summary>
    private static (float[], decimal?, double?) Spread(float[] row, (double Total, double[] Shares, bool[] Fixed) held, double share)
    {
        double[] kept = [.. held.Shares.Select((one, i) => held.Fixed[i] ? one : Math.Min(one, share))];
        var freed = Math.Max(0, 1 - kept.Sum());
        var further = Math.Ceiling(freed / (share / 2));
        var concentration = kept.Sum(one => one * one) + (further > 0 ? freed * freed / further : 0);
        return (With(row, ("concentration", (float)concentration), ("largest_holding", (float)kept.Max())), decimal.Ceiling((decimal)(freed * held.Total)), kept.Max());
    }

    private static float[] With(float[] row, params (string Name, float Value)[] changes)
    {
        var changed = (float[])row.Clone();
        foreach (var (name, value) in changes) changed[Columns[name]] = value;
        return changed;
    }

    /// <summary>Up to three digits.</summary>
    private static decimal RoundUp(decimal amount)
    {
        var unit = 1m;
        while (amount / unit >= 1000) unit *= 10;
        return decimal.Ceiling(amount / unit) * unit;
    }
}

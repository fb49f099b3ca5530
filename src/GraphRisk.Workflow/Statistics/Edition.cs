using System.Collections.Immutable;
using GraphRisk.Disclosure.Rules;
using GraphRisk.Disclosure.Statistics;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Workflow.Statistics;

/// <summary>A row of an edition with its division.</summary>
/// <param name="Division">Jurisdiction or the whole market; a single broker is never published.</param>
/// <param name="Figures">To three digits; null where withheld.</param>
public sealed record EditionRow(MarketDivision Division, MarketFigures Figures);

/// <summary>
/// An edition of the published table: all that anyone but the regulator learns of the market. Rows are jurisdictions and the
/// whole market. Every sum is held against <see cref="CellRule"/>, and what a total would give back is left out beside it
/// (<see cref="ComplementarySuppression"/>): debts as a table of jurisdictions by kind of contract, other sums as a column
/// each. A ratio or mean is told where both sums it is made of are. Figures are rounded to three digits; the number of brokers is
/// public.
/// <para>Pure: the same snapshot and scores give the same edition. Cost: a pass over the contracts.</para>
/// </summary>
public static class Edition
{
    /// <summary>Sums that hang together: the parts of the debt; every other stands alone.</summary>
    private static readonly ImmutableArray<ImmutableArray<Measure>> Tables =
    [
        [Measure.MarginDebt, Measure.PledgeDebt, Measure.RepoDebt],
        .. Enum.GetValues<Measure>().Where(measure => measure is not (Measure.MarginDebt or Measure.PledgeDebt or Measure.RepoDebt))
            .Select(measure => ImmutableArray.Create(measure)),
    ];

    /// <summary>The rows: jurisdictions by code, then the whole market.</summary>
    /// <param name="contracts">Contracts of the whole snapshot at the month's end.</param>
    /// <param name="scores">Scores of clients by node; none where there is no model.</param>
    /// <param name="limits">Rules of disclosure.</param>
    public static ImmutableArray<EditionRow> Of(
        ContractTable contracts, IReadOnlyDictionary<int, ScoreLine> scores, DisclosureLimits limits)
    {
        var jurisdictions = MarketTable.Of(contracts, MarketDivision.Jurisdiction, scores);
        var market = MarketTable.Of(contracts, MarketDivision.Market, scores);
        var rowOf = jurisdictions.Select((row, number) => (row.Key, number)).ToDictionary(pair => pair.Key, pair => pair.number, StringComparer.Ordinal);
        var gifts = new Gifts(contracts, scores, new MarketParameters(), broker => rowOf[JurisdictionOf(contracts.Snapshot, broker)]);
        var open = new HashSet<(int Row, Measure? Measure)>();
        foreach (var table in Tables) Open(gifts, table, jurisdictions.Length, limits, open);
        return
        [
            .. jurisdictions.Select((row, number) => new EditionRow(MarketDivision.Jurisdiction, Tell(row, number))),
            .. market.Select(row => new EditionRow(MarketDivision.Market, Tell(row, jurisdictions.Length))),
        ];

        MarketFigures Tell(MarketRow row, int number) => Told(row, measure => open.Contains((number, measure)), limits.Digits);
    }

    private static string JurisdictionOf(Snapshot snapshot, int broker) =>
        snapshot.Nodes.GetString(broker, "jurisdiction") ?? MarketTable.NoJurisdiction;

    /// <summary>Adds the cells of one table that may be told; a null measure is the sum of the table's.</summary>
    private static void Open(
        Gifts gifts, ImmutableArray<Measure> measures, int jurisdictions, DisclosureLimits limits, HashSet<(int, Measure?)> open)
    {
        var columns = measures.Length == 1 ? 1 : measures.Length + 1;
        var rules = measures[0] == Measure.NetCapital ? limits with { FewestClients = 0 } : limits;
        var (values, primary) = (new decimal[jurisdictions + 1, columns], new bool[jurisdictions + 1, columns]);
        for (var row = 0; row <= jurisdictions; row++)
            for (var column = 0; column < columns; column++)
            {
                var cell = CellOf([.. (column < measures.Length ? [measures[column]] : measures)
                    .SelectMany(measure => gifts.Of(measure)).Where(gift => gift.Row == row || row == jurisdictions)]);
                (values[row, column], primary[row, column]) = (cell.Value, !CellRule.Allows(cell, rules));
            }

        var unit = measures[0] is Measure.Probability ? 0.001m : 1m;
        var hidden = ComplementarySuppression.Of(new AdditiveTable(values), primary, limits.Estimate, unit);
        for (var row = 0; row <= jurisdictions; row++)
            for (var column = 0; column < columns; column++)
                if (!hidden[row, column]) open.Add((row, column < measures.Length ? measures[column] : null));
    }

    private static Cell CellOf(IReadOnlyList<Gift> gifts) => new(
        gifts.Sum(gift => Math.Abs(gift.Amount)),
        Contributions.Of(gifts.Select(gift => (gift.Broker, gift.Amount))),
        Contributions.Of(gifts.Where(gift => gift.Client >= 0).Select(gift => (gift.Client, gift.Amount))));

    private static MarketFigures Told(MarketRow row, Func<Measure?, bool> open, int digits)
    {
        decimal? Amount(decimal? figure, params ReadOnlySpan<Measure?> needs)
        {
            foreach (var need in needs)
                if (!open(need)) return null;
            return figure is { } known ? SignificantDigits.Round(known, digits) : null;
        }

        int? Number(int figure, Measure need) => (int?)Amount(figure, need);
        return new MarketFigures(row.Key, null)
        {
            Brokers = row.Brokers,
            NetCapital = Amount(row.NetCapital, Measure.NetCapital),
            Clients = Number(row.Clients, Measure.Clients),
            ClientsWithDebt = Number(row.ClientsWithDebt, Measure.ClientsWithDebt),
            Contracts = Number(row.Contracts, Measure.Contracts),
            Debt = Amount(row.Debt, [null]),
            MarginDebt = Amount(row.MarginDebt, Measure.MarginDebt),
            PledgeDebt = Amount(row.PledgeDebt, Measure.PledgeDebt),
            RepoDebt = Amount(row.RepoDebt, Measure.RepoDebt),
            Collateral = Amount(row.Collateral, Measure.Collateral),
            MaintenanceRatio = Amount(row.MaintenanceRatio, Measure.MarginAssets, Measure.MarginDebt),
            DebtBelowCallLine = Amount(row.DebtBelowCallLine, Measure.DebtBelowCallLine, null),
            DebtBelowClosingLine = Amount(row.DebtBelowClosingLine, Measure.DebtBelowClosingLine, null),
            ScoredClients = Number(row.ScoredClients, Measure.ScoredClients),
            HighRiskClients = Number(row.HighRiskClients, Measure.HighRiskClients),
            MeanProbabilityOfDefault = (double?)Amount((decimal?)row.MeanProbabilityOfDefault, Measure.Probability, Measure.ScoredClients),
            DebtWeightedProbabilityOfDefault = (double?)Amount((decimal?)row.DebtWeightedProbabilityOfDefault, Measure.ProbabilityByDebt, null),
        };
    }
}

using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Scores;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Workflow.Supervision.Quality;

/// <summary>
/// Quality of the clients of every broker, jurisdiction or of the market, on the day of a snapshot.
/// <para>
/// Counted are clients that owe something, each once in a row: who owes two brokers of a jurisdiction is one client of it and owes it the sum. Default is a matter of the
/// client (<see cref="Market.Credit.Defaults"/>): where one of its contracts is in default all it owes counts, by whichever kind of contract the row is; as a default of an obligor does in
/// the capital accords of Basel, and not one of an account. So rows by product tell what the defaulted owe under each, not which product failed.
/// </para>
/// <para>
/// Loss to expect = probability of default x debt x loss given default. The probability is the model's over its horizon, 1 in default; the loss given default is that of the admission policy of the
/// broker that lent, on the day. Debts are as they stand: nothing is added for lines that may yet be drawn. Who has no score is in no expected loss, and <see cref="QualityRow.ScoredExposure"/>
/// tells how much of the exposure the loss is of. Weak grades are those to which the lender's policy admits nobody.
/// </para>
/// <para>Sums are decimal. A product of three is exact to 28 digits; the sum is rounded to six decimals once, at the end. Cost: one step a row of the book.</para>
/// </summary>
public static class QualityTable
{
    /// <summary>Key of the one row where clients are not told apart.</summary>
    public const string Everyone = "ALL";

    /// <summary>Key of what is not stated.</summary>
    public const string NotStated = "";

    private const int Digits = 6;

    /// <summary>Grades from the safest on; one that is not among them comes after all.</summary>
    private static readonly ImmutableArray<string> Order = [.. GradeTable.Standard.Grades.Select(grade => grade.Name)];

    /// <summary>The rows, by division, then by key: grades from the safest on, others by their text.</summary>
    /// <param name="market">The reading.</param>
    /// <param name="book">Its book.</param>
    /// <param name="scores">Scores of clients by node; empty where no model scores.</param>
    /// <param name="of">Whose clients.</param>
    /// <param name="by">How they are told apart.</param>
    /// <param name="meter">Charged a step a row of the book.</param>
    public static ImmutableArray<QualityRow> Of(
        MarketReading market, ImmutableArray<Lent> book, IReadOnlyDictionary<int, ScoreLine> scores, MarketDivision of, QualityDivision by, WorkMeter meter)
    {
        var (nodes, day) = (market.Snapshot.Nodes, market.Snapshot.Stamp.AsOfDay);
        var cells = new Dictionary<(string Of, string Key), Cell>();
        foreach (var lent in book)
        {
            meter.Charge(1);
            var key = (MarketTable.KeyOf(nodes, lent.Broker, of).Key, KeyOf(market, lent, scores, by));
            if (!cells.TryGetValue(key, out var cell)) cells.Add(key, cell = new Cell());
            ScoreLine? line = scores.TryGetValue(lent.Client, out var known) ? known : null;
            cell.Add(lent, market.Defaults.IsInDefault(lent.Client), line, AdmissionPolicy.Common.For(nodes.IdOf(lent.Broker).Key, day));
        }

        return
        [
            .. cells.OrderBy(one => one.Key.Of, StringComparer.Ordinal).ThenBy(one => by == QualityDivision.Grade ? RankOf(one.Key.Key) : 0).ThenBy(one => one.Key.Key, StringComparer.Ordinal)
                .Select(one => one.Value.Row(one.Key.Of, one.Key.Key)),
        ];
    }

    /// <summary>Place of a grade, from the safest on; the place after the last for any other text.</summary>
    public static int RankOf(string grade) => Order.IndexOf(grade) is >= 0 and var place ? place : Order.Length;

    private static string KeyOf(MarketReading market, Lent lent, IReadOnlyDictionary<int, ScoreLine> scores, QualityDivision by) => by switch
    {
        QualityDivision.Grade => scores.TryGetValue(lent.Client, out var line) ? line.Grade : NotStated,
        QualityDivision.Product => lent.Kind.ToString().ToUpperInvariant(),
        QualityDivision.Jurisdiction => OfCompany(market, lent.Client, "region"),
        QualityDivision.Industry => OfCompany(market, lent.Client, "industry"),
        _ => Everyone,
    };

    private static string OfCompany(MarketReading market, int client, string field) =>
        market.Parties.IsCompany(market.Parties.IndexOf(client)) ? market.Snapshot.Nodes.GetString(client, field) ?? NotStated : NotStated;

    /// <summary>A row while it is added up.</summary>
    private sealed class Cell
    {
        private readonly HashSet<int> clients = [], failed = [], scored = [], weak = [];
        private decimal exposure, inDefault, ofScored, ofWeak, loss;
        private string? worst;

        public void Add(Lent lent, bool isInDefault, ScoreLine? line, AdmissionPolicy policy)
        {
            clients.Add(lent.Client);
            exposure += lent.Debt;
            if (isInDefault)
            {
                failed.Add(lent.Client);
                inDefault += lent.Debt;
            }

            if (line is not { } score) return;
            scored.Add(lent.Client);
            ofScored += lent.Debt;
            loss += (decimal)score.ProbabilityOfDefault * lent.Debt * policy.LossGivenDefault;
            if (worst is null || RankOf(score.Grade) > RankOf(worst)) worst = score.Grade;
            if (!policy.Grades.TryGetValue(score.Grade, out var terms) || terms.MayAdmit) return;
            weak.Add(lent.Client);
            ofWeak += lent.Debt;
        }

        public QualityRow Row(string of, string key) => new(of, key)
        {
            Clients = clients.Count,
            Exposure = exposure,
            ClientsInDefault = failed.Count,
            ExposureInDefault = inDefault,
            ScoredClients = scored.Count,
            ScoredExposure = ofScored,
            ExpectedLoss = scored.Count > 0 ? decimal.Round(loss, Digits) : null,
            WorstGrade = worst,
            WeakClients = weak.Count,
            WeakExposure = ofWeak,
        };
    }
}

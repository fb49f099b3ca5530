using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Market;

namespace GraphRisk.Workflow.Review;

/// <summary>Two parties of which nobody has decided whether they are one.</summary>
/// <param name="Left">Node of the one, the lower number.</param>
/// <param name="Right">Node of the other.</param>
/// <param name="Judgement">What the rules said of their records; of several the least certain, then the first.</param>
/// <param name="Uncertainty">In bits, 0 to 1: what a person's answer would tell.</param>
/// <param name="AtStake">CNY of debt that is judged wrongly while the answer is unknown.</param>
public sealed record OpenPair(int Left, int Right, Judgement Judgement, double Uncertainty, decimal AtStake)
{
    /// <summary>Uncertainty times what is at stake, where nothing is, times one yuan: the higher, the sooner a person should look.</summary>
    public double Rank => Uncertainty * (double)(1 + AtStake);
}

/// <summary>
/// What is left for persons to judge, the most worth a look first. Worth is uncertainty times impact, as in active learning by expected
/// change (Settles 2012, "Active Learning", ch. 4), with what is at stake in money instead of a model's change.
/// <para>
/// Uncertainty is the binary entropy of the score, read as the probability that the two are one; a match set aside because it contradicts another counts as
/// a half. At stake is the smaller of the two debts, which is missing from one client's sum if they are one, and where one of them is in
/// default or on a list in force and the other is not, the other's debt, whose lender does not see it.
/// </para>
/// Pairs a person has judged, and pairs of records that are one party already, are not in it. Cost: a pass over all judgements known.
/// </summary>
public static class ReviewQueue
{
    /// <summary>The queue of a view.</summary>
    /// <param name="store">Where judgements are kept.</param>
    /// <param name="market">The reading of the snapshot the queue is about; pairs with a record it does not hold are left out.</param>
    /// <param name="meter">Pays for each judgement read.</param>
    /// <returns>By rank from the highest, ties by nodes.</returns>
    public static ImmutableArray<OpenPair> Of(IGraphStore store, MarketReading market, WorkMeter meter)
    {
        var nodes = market.Snapshot.Nodes;
        var scope = ReadScope.All(market.Snapshot.Stamp.Version) with { Types = [SchemaCatalog.SameAs] };
        var open = new Dictionary<(int, int), (Judgement Judgement, double Uncertainty)>();
        var judged = new HashSet<(int, int)>();
        foreach (var recorded in store.ReadAsync(scope, meter.Cancellation).ToBlockingEnumerable(meter.Cancellation))
        {
            meter.Charge(WorkUnit.Nodes, 1);
            if (recorded.Fact is not RelationshipFact fact) continue;
            var (left, right) = (nodes.Find(fact.From), nodes.Find(fact.To));
            if (left < 0 || right < 0 || left == right) continue;
            var pair = (Math.Min(left, right), Math.Max(left, right));
            var judgement = JudgementFacts.FromFact(fact);
            if (judgement.ByPerson) judged.Add(pair);
            else if (judgement.Verdict == Verdict.Undecided && UncertaintyOf(judgement) is var bits && (!open.TryGetValue(pair, out var found) || bits > found.Uncertainty))
                open[pair] = (judgement, bits);
        }

        return
        [
            .. open.Where(one => !judged.Contains(one.Key))
                .Select(one => new OpenPair(one.Key.Item1, one.Key.Item2, one.Value.Judgement, one.Value.Uncertainty, AtStake(market, one.Key.Item1, one.Key.Item2)))
                .OrderByDescending(pair => pair.Rank).ThenBy(pair => pair.Left).ThenBy(pair => pair.Right),
        ];
    }

    /// <summary>
    /// Probability that the records of an undecided judgement are one party: its score; a half of a match set aside, which contradicts another as good, and of what a
    /// person could not tell.
    /// </summary>
    public static double ProbabilityOf(Judgement judgement) => judgement.IsSetAside || judgement.Score is not { } score ? 0.5 : Math.Clamp((double)score, 0, 1);

    /// <summary>Binary entropy of the probability in bits.</summary>
    internal static double UncertaintyOf(Judgement judgement)
    {
        var p = ProbabilityOf(judgement);
        return p is 0 or 1 ? 0 : -((p * Math.Log2(p)) + ((1 - p) * Math.Log2(1 - p)));
    }

    private static decimal AtStake(MarketReading market, int left, int right)
    {
        var (leftDebt, rightDebt) = (market.Contracts.DebtOf(left), market.Contracts.DebtOf(right));
        var stake = Math.Min(leftDebt, rightDebt);
        if (IsTroubled(market, left) != IsTroubled(market, right)) stake += IsTroubled(market, left) ? rightDebt : leftDebt;
        return stake;
    }

    private static bool IsTroubled(MarketReading market, int party) => market.Defaults.IsInDefault(party) || market.Records.EntriesInForce(party).Any();
}

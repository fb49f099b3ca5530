using System.Collections.Immutable;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Model;

/// <summary>
/// Weights of all levels in bits and the score of a pair (Fellegi and Sunter 1969). A value in common weighs more the rarer it is
/// (Winkler 1989): the weight of its level, corrected by how much rarer it is than what agrees at that level as a rule; values near
/// each other likewise, by the more common of the two and within bounds, as the rarer may be a slip. Agreement that relatives would show as well
/// is discounted by how much likelier relatives are than strangers: the last step, never above 0. Immutable.
/// </summary>
internal sealed class LinkageWeights
{
    /// <summary>Bits that being near may gain or lose by rarity.</summary>
    private const double MostNear = 2;

    /// <summary>Score of two records that say too little of each other.</summary>
    private const double Silent = -0.7;

    /// <summary>Pairs of one party with birth dates that have nothing in common, from which on a table shows that its dates are often wrong.</summary>
    private const double ShownWrong = 12;

    private readonly ChanceAgreement chance;
    private readonly ComparisonPlan plan;
    private readonly double[][][] bits;
    private readonly double[][] household;
    private readonly double[][] references;
    private readonly double householdPrior;
    private readonly Kinship kinship;
    private readonly PairRules rules;

    public LinkageWeights(ComparisonPlan plan, ChanceAgreement chance, TrainedShares trained)
    {
        (this.plan, this.chance) = (plan, chance);
        PriorBits = Math.Log2(trained.Matches / (1 - trained.Matches));
        householdPrior = Math.Log2(Math.Max(trained.Relatives, 1e-300) / (1 - trained.Matches - trained.Relatives));
        var count = plan.Comparisons.Length;
        kinship = Kinship.Of(plan);
        rules = new PairRules(plan, kinship, Enumerable.Range(0, plan.Comparisons.Length).All(i => plan.Comparisons[i].Attribute.Kind != AttributeKind.BirthDate
            || trained.OfMatches[i][0][plan.Comparisons[i].Different] * trained.Pairs < ShownWrong));
        (bits, household, references) = (new double[count][][], new double[count][], new double[count][]);
        for (var i = 0; i < count; i++)
        {
            var levels = plan.Comparisons[i].Levels.Length;
            bits[i] = [new double[levels], new double[levels]];
            (household[i], references[i]) = (new double[levels], ReferencesOf(plan.Comparisons[i]));
            for (var level = 1; level < levels; level++)
            {
                for (var context = 0; context < 2; context++) bits[i][context][level] = Math.Log2(trained.OfMatches[i][context][level] / trained.OfOthers[i][context][level]);
                household[i][level] = trained.OfRelatives[i] is { } relatives ? Math.Log2(relatives[level] / trained.OfOthers[i][0][level]) : double.NaN;
            }
        }

        Public = new MatchModel(PriorBits, [.. plan.Comparisons.Select((comparison, i) => new ComparisonWeights(
            comparison.Attribute.Name, [comparison.Attribute.Name],
            [.. Enumerable.Range(1, comparison.Levels.Length - 1).Select(level => new LevelWeight(comparison.Levels[level].Label, trained.OfMatches[i][0][level], trained.OfOthers[i][0][level]))]))]);
    }

    /// <summary>Odds in bits that two records drawn by chance are one.</summary>
    public double PriorBits { get; }

    /// <summary>The weights as told to people.</summary>
    public MatchModel Public { get; }

    /// <summary>Score in bits of the pair a comparer compared last.</summary>
    public double ScoreOf(PairComparer comparer) => rules.Apply(TallyOf(comparer, null), comparer, null);

    /// <summary>
    /// What the pair a comparer compared last says among others of a component: its score; minus infinity where it is parted by what it says; next to nothing where it falls
    /// short only for what is not known, since that other records of the party say little is no reason to keep one out.
    /// </summary>
    public double ScoreAmong(PairComparer comparer)
    {
        if (rules.Parts(comparer)) return double.NegativeInfinity;
        var tally = TallyOf(comparer, null);
        var score = rules.Apply(tally, comparer, null);
        return score < Silent && !rules.SpeaksAgainst(tally, comparer) ? Silent : score;
    }

    /// <summary>The steps of that score, in the same order, so that they add up to it bit by bit.</summary>
    public Waterfall Explain(PairComparer comparer, int left, int right)
    {
        var steps = ImmutableArray.CreateBuilder<WaterfallStep>();
        steps.Add(new WaterfallStep("prior", "two records drawn by chance", PriorBits));
        var tally = TallyOf(comparer, Compared, bits => steps.Add(new WaterfallStep(kinship.Name, kinship.Reason, bits)));
        rules.Apply(tally, comparer, steps);
        return new Waterfall(steps.ToImmutable());

        void Compared(int i, double bits)
        {
            var level = comparer.Levels[i];
            steps.Add(new WaterfallStep(plan.Comparisons[i].Attribute.Name, plan.Comparisons[i].Levels[level].Label, bits, TextsOf(i, left), TextsOf(i, right))
            {
                Rarity = level == 0 || chance.ContextOf(i, comparer.Levels) == 1 ? 0 : RarityOf(i, level, comparer),
            });
        }
    }

    private Tally TallyOf(PairComparer comparer, Action<int, double>? compared, Action<double>? discounted = null)
    {
        var (score, relatives, beyond, mail, against) = (PriorBits, householdPrior, 0.0, 0.0, 0.0);
        for (var i = 0; i < bits.Length; i++)
        {
            var (step, shared) = comparer.Levels[i] == 0 ? (0, 0) : StepOf(i, comparer);
            score += step;
            relatives += shared;
            var kind = plan.Comparisons[i].Attribute.Kind;
            if (step > 0 && kind != AttributeKind.Date && (kind == AttributeKind.OrganisationName || !Kinship.IsName(kind))) beyond += step;
            if (step > 0 && kind == AttributeKind.Email) mail += step;
            against += Math.Min(0, step);
            compared?.Invoke(i, step);
        }

        var discount = HouseholdOf(relatives, comparer);
        discounted?.Invoke(discount);
        return new Tally(score + discount, beyond, mail, against + (discount < -0.5 ? discount : 0));
    }

    private string TextsOf(int comparison, int record)
    {
        var attribute = plan.Comparisons[comparison].Attribute;
        return string.Join(" | ", attribute.Of(record).ToArray().Select(value => attribute.Texts[value]));
    }

    /// <summary>Bits of one comparison towards one party, and towards relatives.</summary>
    private (double Step, double Shared) StepOf(int comparison, PairComparer comparer)
    {
        var level = comparer.Levels[comparison];
        var context = chance.ContextOf(comparison, comparer.Levels);
        var step = bits[comparison][context][level];
        var own = double.IsNaN(household[comparison][level]);
        var shared = own ? 0 : context == 1 ? Math.Max(0, step) : household[comparison][level];
        if (context == 1) return (step, shared);
        var rarity = RarityOf(comparison, level, comparer);
        return (step + rarity, own ? 0 : shared + rarity);
    }

    private double RarityOf(int comparison, int level, PairComparer comparer)
    {
        var rarities = plan.Comparisons[comparison].Rarities;
        var reference = references[comparison][level];
        if (double.IsNaN(reference)) return 0;
        var (left, right) = (rarities[comparer.LeftValues[comparison]], rarities[comparer.RightValues[comparison]]);
        return level < AttributeComparison.FirstDifferent ? left - reference : Math.Clamp(Math.Min(left, right) - reference, -MostNear, MostNear);
    }

    private double HouseholdOf(double relatives, PairComparer comparer) => !MayBeKin(comparer) ? 0 : relatives > 60 ? -relatives : -Math.Log2(1 + Math.Pow(2, relatives));

    /// <summary>Kin are thought of where something tells whose records these are, or it is said that they are persons'.</summary>
    private bool MayBeKin(PairComparer comparer) =>
        (comparer.Pattern & kinship.Mask) != 0 || (kinship.IsHousehold && plan.IsOfType("person", comparer.Records.Left, comparer.Records.Right));

    /// <summary>Bits of rarity that are usual at a level; not a number where rarity does not count.</summary>
    private static double[] ReferencesOf(AttributeComparison comparison)
    {
        var references = new double[comparison.Levels.Length];
        for (var level = 0; level < references.Length; level++)
            references[level] = level > 0 && level < AttributeComparison.FirstDifferent && comparison.BandShares[level] > 0 ? comparison.BandReferences[level]
                : level >= AttributeComparison.FirstDifferent && comparison.Levels[level].IsNear ? comparison.UsualRarity : double.NaN;
        return references;
    }
}

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

    /// <summary>Score at most of persons whose names do not support it.</summary>
    private const double MostWithoutNames = -2;

    private readonly ChanceAgreement chance;
    private readonly ComparisonPlan plan;
    private readonly double[][][] bits;
    private readonly double[][] household;
    private readonly double[][] references;
    private readonly double householdPrior;
    private readonly ulong personal;

    public LinkageWeights(ComparisonPlan plan, ChanceAgreement chance, TrainedShares trained)
    {
        (this.plan, this.chance) = (plan, chance);
        PriorBits = Math.Log2(trained.Matches / (1 - trained.Matches));
        householdPrior = Math.Log2(Math.Max(trained.Relatives, 1e-300) / (1 - trained.Matches - trained.Relatives));
        var count = plan.Comparisons.Length;
        personal = EvidenceKinds.PersonalMask([.. plan.Comparisons.Select(comparison => comparison.Attribute.Kind)]);
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
    public double ScoreOf(PairComparer comparer)
    {
        var (score, relatives) = (PriorBits, householdPrior);
        for (var i = 0; i < bits.Length; i++)
        {
            if (comparer.Levels[i] == 0) continue;
            var (step, shared) = StepOf(i, comparer);
            score += step;
            relatives += shared;
        }

        score += HouseholdOf(relatives, comparer);
        return score + WithoutNames(score, comparer);
    }

    /// <summary>The steps of that score, in the same order, so that they add up to it bit by bit.</summary>
    public Waterfall Explain(PairComparer comparer, int left, int right)
    {
        var steps = ImmutableArray.CreateBuilder<WaterfallStep>();
        steps.Add(new WaterfallStep("prior", "two records drawn by chance", PriorBits));
        var relatives = householdPrior;
        for (var i = 0; i < bits.Length; i++)
        {
            var attribute = plan.Comparisons[i].Attribute;
            var (step, shared) = comparer.Levels[i] == 0 ? (0, 0) : StepOf(i, comparer);
            relatives += shared;
            steps.Add(new WaterfallStep(attribute.Name, plan.Comparisons[i].Levels[comparer.Levels[i]].Label, step, TextsOf(i, left), TextsOf(i, right)));
        }

        steps.Add(new WaterfallStep("household", "relatives would agree as well", HouseholdOf(relatives, comparer)));
        if (WithoutNames(steps.Sum(step => step.Bits), comparer) is var names and < 0) steps.Add(new WaterfallStep("names", "the names do not support it", names));
        return new Waterfall(steps.ToImmutable());
    }

    /// <summary>
    /// Takes the score of persons whose whole names are not the same, nor any number of theirs, down to what is no match: what else they have in common, relatives, twins
    /// and colleagues have as well, and however much it is, it is one thing and not several.
    /// </summary>
    private double WithoutNames(double score, PairComparer comparer)
    {
        if (personal == 0 || score <= MostWithoutNames) return 0;
        var apart = false;
        for (var i = 0; i < bits.Length; i++)
        {
            var (level, comparison) = (comparer.Levels[i], plan.Comparisons[i]);
            if (level == 0) continue;
            var isNear = level < AttributeComparison.FirstDifferent || comparison.Levels[level].IsNear;
            if (comparison.Attribute.Kind == AttributeKind.Identifier && isNear) return 0;
            if (comparison.Attribute.Kind is not (AttributeKind.PersonName or AttributeKind.Name)) continue;
            if (isNear) return 0;
            apart = true;
        }

        return apart ? MostWithoutNames - score : 0;
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

    private double HouseholdOf(double relatives, PairComparer comparer) => (comparer.Pattern & personal) == 0 ? 0 : relatives > 60 ? -relatives : -Math.Log2(1 + Math.Pow(2, relatives));

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

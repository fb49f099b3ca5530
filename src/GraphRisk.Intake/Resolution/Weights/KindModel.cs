using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Matching.Model;

namespace GraphRisk.Intake.Resolution.Weights;

/// <summary>How often records of one party, and of two, agree at a level.</summary>
/// <param name="OfSame">m: probability of it where the records are one and both say something.</param>
/// <param name="OfOthers">u: the same where they are two.</param>
public readonly record struct LevelShares(double OfSame, double OfOthers);

/// <summary>
/// What agreement of persons' records, or of companies', weighs, in hundredths of a bit, so that the steps of an explanation add up to the
/// score to the last digit. A value in common weighs the binary logarithm of m over the chance that another record has this very
/// value (Winkler 1989): of those who share it the two are left out, and as many more as a party has records on average, which are its own.
/// Immutable; safe for concurrent use.
/// </summary>
public sealed class KindModel
{
    /// <summary>Hundredths of a bit in a bit.</summary>
    public const int Scale = 100;

    /// <summary>Records a market is taken to have at least, so that the first files of one are judged by what is usual in it.</summary>
    public const int LeastRecords = 10_000;

    private readonly int[] weights;
    private readonly int[][] ofBands;

    /// <param name="isPerson">Of persons; otherwise of companies.</param>
    /// <param name="records">Records there were when it was learned.</param>
    /// <param name="matches">Share of all pairs of records that are of one party.</param>
    /// <param name="shares">By row of <see cref="FeatureTable"/>.</param>
    public KindModel(bool isPerson, int records, double matches, ImmutableArray<LevelShares> shares)
    {
        (IsPerson, Records, Matches, Shares) = (isPerson, records, matches, shares);
        Prior = Hundredths(matches / (1 - matches));
        weights = [.. shares.Select(level => level.OfSame > 0 ? Hundredths(level.OfSame / level.OfOthers) : 0)];
        ofBands = [.. shares.Select((level, row) => Table[row].Rarity == Rarity.Constant ? [] : Enumerable.Range(0, BlockState.Bands)
            .Select(band => Hundredths(level.OfSame / ChanceOf(band, records, matches))).ToArray())];
    }

    /// <summary>Of persons; otherwise of companies.</summary>
    public bool IsPerson { get; }

    /// <summary>Records there were when it was learned; 0 of what is believed before any are seen.</summary>
    public int Records { get; }

    /// <summary>Share of all pairs of records that are of one party.</summary>
    public double Matches { get; }

    /// <summary>By row of the table.</summary>
    public ImmutableArray<LevelShares> Shares { get; }

    /// <summary>What persons' verdicts make of the odds.</summary>
    public Calibration Calibration { get; init; } = Calibration.None;

    /// <summary>From which probability pairs are joined, and persons asked.</summary>
    public Thresholds Thresholds { get; init; } = Thresholds.Default;

    /// <summary>Verdicts of persons it was learned with.</summary>
    public int Verdicts { get; init; }

    /// <summary>The rows.</summary>
    public ImmutableArray<Feature> Table => FeatureTable.Of(IsPerson);

    /// <summary>Odds that two records drawn by chance are one, in hundredths of a bit.</summary>
    public int Prior { get; }

    /// <summary>Hundredths of a bit that a family adds; 0 where the records say nothing of it, and of a contradiction.</summary>
    public int WeightOf(PairLevels levels, EvidenceFamily family) => levels.RowOf(family) switch
    {
        < 0 => 0,
        var row when Table[row].Rarity == Rarity.Constant => weights[row],
        var row => ofBands[row][levels.BandOf(family)],
    };

    /// <summary>The weights as they are drawn and told: a comparison for each family.</summary>
    public MatchModel ToMatchModel() => new(
        (double)Prior / Scale,
        [.. Enumerable.Range(0, Table.Length).Where(row => Table[row].Family != EvidenceFamily.Contradiction).GroupBy(row => Table[row].Family)
            .Select(family => new ComparisonWeights(
                family.Key.ToString().ToLowerInvariant(), [],
                [.. family.Select(row => new LevelWeight(Table[row].Name, Shares[row].OfSame, ofBands[row] is [] ? Shares[row].OfOthers : ChanceOf(0, Records, Matches)))]))]);

    /// <summary>The same weights with what persons' verdicts make of the odds, and of the thresholds.</summary>
    public KindModel With(Calibration calibration, Thresholds thresholds) =>
        new(IsPerson, Records, Matches, Shares) { Verdicts = Verdicts, Calibration = calibration, Thresholds = thresholds };

    /// <summary>What is believed before any records are seen.</summary>
    public static KindModel Believed(bool isPerson) => new(
        isPerson, 0, 1.0 / LeastRecords, [.. FeatureTable.Of(isPerson).Select(feature => new LevelShares(feature.OfSame, feature.OfOthers))]);

    /// <summary>Chance that a record of another party has a value that is as common as a band says.</summary>
    /// <param name="band">As <see cref="BlockState.Band"/>.</param>
    /// <param name="records">Records of the kind.</param>
    /// <param name="matches">Share of all pairs of records that are of one party.</param>
    internal static double ChanceOf(int band, int records, double matches)
    {
        var population = Math.Max(LeastRecords, records);
        return Math.Min(1, Math.Max(BlockState.FewestOthers, BlockState.OthersOf(band) - (matches * population)) / population);
    }

    private static int Hundredths(double odds) => (int)Math.Round(Scale * Math.Log2(odds));
}

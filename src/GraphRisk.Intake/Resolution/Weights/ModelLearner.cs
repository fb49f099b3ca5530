using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Weights;

/// <summary>
/// Learns from a store's own records what agreement weighs. u is the share of levels among pairs of records drawn by chance, less those that are one
/// party by what is believed so far; of values whose rarity counts it is their own frequency. m and the share of matches come from the pairs that share a block, by expectation
/// maximisation over patterns of levels (Winkler 1988), anchored: what persons have judged is what they say it is, and of pairs in doubt that agree as theirs do it is believed in
/// part (<see cref="BelievedVerdicts"/>). Only of pairs in doubt, since of others only what is wrong is ever judged. What persons then say beyond the weights is the
/// <see cref="Calibration"/>, and from which odds pairs are joined the <see cref="Thresholds"/>. Pairs of which the names, or
/// the numbers, say that they are relatives, firms of one group or two parties teach nothing, since weights do not decide them.
/// What is believed beforehand counts as <see cref="BelievedMatches"/> matches and <see cref="BelievedOthers"/> others, so few records change little.
/// Deterministic for one seed.
/// </summary>
public sealed class ModelLearner
{
    /// <summary>Records of a kind from which is learned; of fewer, what is believed stands.</summary>
    public const int LeastRecords = 1000;

    private const double BelievedMatches = 50, BelievedOthers = 100_000;

    /// <summary>Verdicts that weights count for where persons have judged pairs of one pattern.</summary>
    private const double BelievedVerdicts = 10;

    private const int ChancePairs = 200_000, TaughtPairs = 1_000_000, MostRounds = 200;
    private const double Settled = 1e-7;

    private readonly bool isPerson;
    private readonly ImmutableArray<Feature> table;
    private readonly KindModel believed;
    private readonly int records;
    private readonly double[] ofOthers;

    private ModelLearner(bool isPerson, int records)
    {
        (this.isPerson, this.records) = (isPerson, records);
        (table, believed) = (FeatureTable.Of(isPerson), KindModel.Believed(isPerson));
        ofOthers = [.. believed.Shares.Select(level => level.OfOthers)];
    }

    /// <summary>Learns a model.</summary>
    /// <param name="parties">The records.</param>
    /// <param name="shared">How common their values are.</param>
    /// <param name="pairs">Pairs that share a block.</param>
    /// <param name="reviewed">What persons have judged, also of pairs that share no block; undecided ones teach nothing.</param>
    /// <param name="seed">Of what is drawn.</param>
    /// <param name="cancellation">Ends it.</param>
    public static ResolutionModel Learn(
        PartyTable parties, SharedValues shared, IReadOnlyList<(int Left, int Right)> pairs, IEnumerable<(int Left, int Right, Verdict Verdict)> reviewed, ulong seed, CancellationToken cancellation)
    {
        var verdicts = reviewed.Where(pair => pair.Verdict != Verdict.Undecided && AreComparable(pair.Left, pair.Right))
            .ToDictionary(pair => (pair.Left, pair.Right), pair => pair.Verdict);
        var ordinals = Enumerable.Range(0, parties.Count).Where(ordinal => parties[ordinal] is { IsMergeable: true }).ToLookup(ordinal => parties[ordinal]!.IsPerson);
        return new ResolutionModel(Of(isPerson: true), Of(isPerson: false));

        KindModel Of(bool isPerson)
        {
            var own = ordinals[isPerson].ToArray();
            if (own.Length < LeastRecords) return KindModel.Believed(isPerson);
            var step = Math.Max(1, pairs.Count / TaughtPairs);
            var taught = Count(Enumerable.Range(0, pairs.Count / step).Select(at => pairs[at * step]).Where(pair => parties.Present(pair.Left).IsPerson == isPerson && !verdicts.ContainsKey(pair)));
            var random = new Random(unchecked((int)seed));
            var chance = Count(Enumerable.Range(0, ChancePairs).Select(_ => (Left: own[random.Next(own.Length)], Right: own[random.Next(own.Length)])).Where(pair => pair.Left != pair.Right));
            foreach (var (levels, count) in taught) taught[levels] = new Taught(count.Open * step, 0, 0);
            foreach (var (levels, count) in Count(verdicts.Keys.Where(pair => parties.Present(pair.Left).IsPerson == isPerson).Order()))
                taught[levels] = taught.GetValueOrDefault(levels) with { Same = count.Same, Other = count.Other };
            return new ModelLearner(isPerson, own.Length).Run(taught, chance.ToDictionary(one => one.Key, one => one.Value.All), cancellation);
        }

        Dictionary<ulong, Taught> Count(IEnumerable<(int Left, int Right)> some)
        {
            var listed = some.ToList();
            var levels = new ulong[listed.Count];
            Parallel.ForEach(Partitioner.Create(0, Math.Max(1, levels.Length)), new ParallelOptions { CancellationToken = cancellation }, range =>
            {
                for (var at = range.Item1; at < Math.Min(levels.Length, range.Item2); at++)
                    levels[at] = PairLevels.Of(parties.Present(listed[at].Left), parties.Present(listed[at].Right), shared).Packed;
            });
            var counts = new Dictionary<ulong, Taught>();
            for (var at = 0; at < levels.Length; at++)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, levels[at], out _);
                count = !verdicts.TryGetValue(listed[at], out var verdict) ? count with { Open = count.Open + 1 }
                    : verdict == Verdict.Match ? count with { Same = count.Same + 1 } : count with { Other = count.Other + 1 };
            }

            return counts;
        }

        bool AreComparable(int left, int right) =>
            parties[left] is { IsMergeable: true } one && parties[right] is { IsMergeable: true } other && one.IsPerson == other.IsPerson;
    }

    private KindModel Run(Dictionary<ulong, Taught> taught, Dictionary<ulong, double> chance, CancellationToken cancellation)
    {
        var drawn = chance.OrderBy(one => one.Key).Select(one => (one.Key, one.Value)).ToArray();
        var patterns = taught.Where(one => IsAtIssue(new PairLevels(one.Key)) || one.Value.Judged > 0).OrderBy(one => one.Key).Select(one => (one.Key, one.Value)).ToArray();
        var (ofSame, matches) = Settle(patterns, drawn, believed.Shares.Select(level => level.OfSame).ToArray(), Math.Min(0.1, 1.0 / records), [], cancellation);
        var judged = patterns.Where(one => one.Value.Judged > 0 && IsAtIssue(new PairLevels(one.Key)) && IsInDoubt(Posterior(new PairLevels(one.Key), ofSame, matches)))
            .Select(one => one.Key).ToHashSet();
        if (judged.Count > 0) (ofSame, matches) = Settle(patterns, drawn, ofSame, matches, judged, cancellation);
        var learned = new KindModel(isPerson, records, matches, [.. ofSame.Select((same, row) => new LevelShares(same, ofOthers[row]))])
        {
            Verdicts = (int)patterns.Sum(one => one.Value.Judged),
        };
        var calibrated = learned.With(CalibrationOf(learned, patterns), Thresholds.Default);
        return calibrated.With(calibrated.Calibration, ThresholdsOf(calibrated, taught));
    }

    /// <summary>Where verdicts let pairs be joined and persons be asked, by the odds as they are told: of pairs that no contradiction settles and more than a name speaks for.</summary>
    private static Thresholds ThresholdsOf(KindModel calibrated, Dictionary<ulong, Taught> taught) => Thresholds.Learn(
        from one in taught
        let weighing = PairWeighing.Of(calibrated, new PairLevels(one.Key))
        where weighing.Contradiction == 0 && weighing.IsSupported
        select new JudgedScore(EvidenceJudge.ProbabilityOf(weighing.Score), (long)one.Value.Same, (long)one.Value.Other, (long)one.Value.Open));

    /// <summary>Expectation maximisation until shares stand still.</summary>
    /// <param name="judged">Patterns in doubt of which persons have judged some pairs: what they said is believed in part of the others.</param>
    private (double[] OfSame, double Matches) Settle(
        (ulong Packed, Taught Count)[] patterns, (ulong, double)[] drawn, double[] ofSame, double matches, HashSet<ulong> judged, CancellationToken cancellation)
    {
        var all = records * (records - 1.0) / 2;
        for (var (round, change) = (0, 1.0); round < MostRounds && change > Settled; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (sums, found) = (new double[table.Length], 0.0);
            foreach (var (packed, count) in patterns)
            {
                var levels = new PairLevels(packed);
                var share = IsAtIssue(levels) ? Posterior(levels, ofSame, matches) : 0;
                if (judged.Contains(packed)) share = ((share * BelievedVerdicts) + count.Same) / (BelievedVerdicts + count.Judged);
                var match = (count.Open * share) + count.Same;
                found += match;
                for (var family = 0; family < PairLevels.Families; family++)
                    if (levels.RowOf((EvidenceFamily)family) is >= 0 and var row) sums[row] += match;
            }

            SetOthers(drawn, ofSame, matches);
            (ofSame, change) = Maximise(ofSame, sums, found);
            matches = (found + 0.5) / all;
        }

        return (ofSame, matches);
    }

    /// <summary>The line through what persons said of pairs that weights alone left in doubt.</summary>
    private static Calibration CalibrationOf(KindModel learned, (ulong Packed, Taught Count)[] patterns)
    {
        var verdicts = new List<(int, double, double)>();
        foreach (var (packed, count) in patterns)
            if (count.Judged > 0 && PairWeighing.Of(learned, new PairLevels(packed)) is { IsOfWeightsAlone: true } weighing
                && IsInDoubt((double)EvidenceJudge.ProbabilityOf(weighing.Score))) verdicts.Add((weighing.Score, count.Same, count.Other));
        return Calibration.Fit(verdicts);
    }

    private static bool IsInDoubt(double probability) => probability >= (double)Thresholds.Default.Review && probability < (double)Thresholds.Default.Match;

    private (double[] OfSame, double Change) Maximise(double[] before, double[] sums, double found)
    {
        var after = new double[table.Length];
        var change = 0.0;
        for (var row = 0; row < table.Length; row++)
        {
            var family = table[row].Family;
            if (family == EvidenceFamily.Contradiction) continue;
            var (said, believedSum) = (0.0, 0.0);
            for (var other = 0; other < table.Length; other++)
                if (table[other].Family == family) (said, believedSum) = (said + sums[other], believedSum + believed.Shares[other].OfSame);
            // Of a form only that it differs is seen, so it is held against all matches.
            if (family == EvidenceFamily.Form) (said, believedSum) = (found, 1);
            after[row] = (sums[row] + (BelievedMatches * believed.Shares[row].OfSame / believedSum)) / (said + BelievedMatches);
            change = Math.Max(change, Math.Abs(after[row] - before[row]));
        }

        return (after, change);
    }

    private double Posterior(PairLevels levels, double[] ofSame, double matches)
    {
        var odds = matches / (1 - matches);
        for (var family = 0; family < (int)EvidenceFamily.Contradiction; family++)
            if (levels.RowOf((EvidenceFamily)family) is >= 0 and var row) odds *= ofSame[row] / OthersOf(row, levels.BandOf((EvidenceFamily)family), matches);
        return double.IsPositiveInfinity(odds) ? 1 : odds / (1 + odds);
    }

    private double OthersOf(int row, int band, double matches) =>
        table[row].Rarity == Rarity.Constant ? ofOthers[row] : KindModel.ChanceOf(band, records, matches);

    private void SetOthers((ulong Packed, double Count)[] drawn, double[] ofSame, double matches)
    {
        var (counts, said) = (new double[table.Length], new double[PairLevels.Families]);
        foreach (var (packed, count) in drawn)
        {
            var levels = new PairLevels(packed);
            var others = IsAtIssue(levels) ? count * (1 - Posterior(levels, ofSame, matches)) : count;
            for (var family = 0; family < PairLevels.Families; family++)
                if (levels.RowOf((EvidenceFamily)family) is >= 0 and var row) (counts[row], said[family]) = (counts[row] + others, said[family] + others);
        }

        for (var row = 0; row < table.Length; row++)
            if (table[row].Family is not (EvidenceFamily.Form or EvidenceFamily.Contradiction))
                ofOthers[row] = (counts[row] + (BelievedOthers * believed.Shares[row].OfOthers)) / (said[(int)table[row].Family] + BelievedOthers);
    }

    private bool IsAtIssue(PairLevels levels) =>
        levels.RowOf(EvidenceFamily.Contradiction) < 0 && !PairWeighing.IsOfOneHousehold(believed, levels)
        && !PairWeighing.IsOfOtherNumber(believed, levels);

    /// <summary>How often a pattern came up, and what persons said of it.</summary>
    private record struct Taught(double Open, double Same, double Other)
    {
        public readonly double All => Open + Judged;

        public readonly double Judged => Same + Other;
    }
}

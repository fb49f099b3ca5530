using System.Globalization;

namespace GraphRisk.Intake.Resolution.Weights;

/// <summary>What persons said of pairs of one score, and how many of that score nobody judged.</summary>
/// <param name="Score">Probability as it is told, four digits.</param>
/// <param name="Same">Pairs persons judged to be one party.</param>
/// <param name="Other">Pairs they judged to be two.</param>
/// <param name="Open">Pairs nobody judged.</param>
public readonly record struct JudgedScore(decimal Score, long Same, long Other, long Open);

/// <summary>
/// The probability from which a pair is joined, and from which a person is asked. Both stand at <see cref="Default"/> until verdicts of persons show, at an error of
/// <see cref="Chance"/> by the exact binomial tail (Clopper and Pearson 1934), that they may stand elsewhere:
/// <list type="bullet">
/// <item>joining begins lower where of all pairs judged from there on at least <see cref="Precision"/> are one party, and so are the <see cref="Nearest"/> nearest to it: 598 verdicts
/// without a mistake are the fewest that show it. Verdicts on what is joined already are mostly on what is wrong, so counting them too is on the safe side;</item>
/// <item>joining begins higher where what was judged wrong of all that is joined shows that fewer are one party, even if whatever nobody objected to is right;</item>
/// <item>asking begins higher where of all pairs judged below it at most <see cref="Yield"/> are one party, and of the nearest to it: 299 verdicts are the fewest. It never begins lower, as nobody is
/// asked there.</item>
/// </list>
/// The same verdicts give the same thresholds, in any order.
/// </summary>
/// <param name="Match">Probability from which a pair is joined, up to 1.</param>
/// <param name="Review">Probability from which a person is asked, at most <paramref name="Match"/>.</param>
public readonly record struct Thresholds(decimal Match, decimal Review)
{
    /// <summary>Share of automatic merges that are to be right, and share of pairs left unasked that may be one party.</summary>
    public const double Precision = 0.995, Yield = 0.01;

    /// <summary>Chance that verdicts show what is not so.</summary>
    public const double Chance = 0.05;

    /// <summary>Verdicts next to a threshold that have to bear it out by themselves, so that many good ones far away do not carry a bad neighbourhood.</summary>
    public const int Nearest = 2000;

    /// <summary>A step of a score.</summary>
    private const decimal Step = 0.0001m;

    /// <summary>Where they stand before any verdict.</summary>
    public static Thresholds Default { get; } = new(0.95m, 0.3m);

    /// <summary>Finds where verdicts let them stand.</summary>
    /// <param name="judged">Pairs that a threshold decides on, by score; of a score there may be several.</param>
    public static Thresholds Learn(IEnumerable<JudgedScore> judged)
    {
        var scores = judged.GroupBy(one => one.Score)
            .Select(of => new JudgedScore(of.Key, of.Sum(one => one.Same), of.Sum(one => one.Other), of.Sum(one => one.Open))).OrderBy(one => one.Score).ToList();
        var match = Raised(scores) ?? Lowered(scores);
        return new Thresholds(match, Math.Min(match, Unasked(scores)));
    }

    /// <summary>As a step of an explanation tells them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"joined from {Match:0.####} on, a person asked from {Review:0.####} on");

    /// <summary>Probability that of some trials at most so many fail, each with the chance given.</summary>
    internal static double AtMost(long failures, long trials, double chance)
    {
        if (failures >= trials) return 1;
        var (sum, term, odds) = (0.0, trials * Math.Log(1 - chance), Math.Log(chance / (1 - chance)));
        for (long at = 0; at <= failures; at++)
        {
            sum += Math.Exp(term);
            term += Math.Log((double)(trials - at) / (at + 1)) + odds;
        }

        return Math.Min(1, sum);
    }

    private static decimal Lowered(List<JudgedScore> scores)
    {
        var told = scores.Where(one => one.Score >= Default.Review && one.Same + one.Other > 0).Reverse().ToList();
        var taken = Extent(told.ConvertAll(one => (one.Same, one.Other)), 1 - Precision);
        return taken == 0 ? Default.Match : Math.Min(Default.Match, told[taken - 1].Score);
    }

    /// <summary>The least threshold above the default at which verdicts no longer show that too much is joined; null where they show nothing of the kind.</summary>
    private static decimal? Raised(List<JudgedScore> scores)
    {
        var joined = scores.Where(one => one.Score >= Default.Match).ToList();
        var (all, wrong) = (joined.Sum(one => one.Same + one.Other + one.Open), joined.Sum(one => one.Other));
        if (!IsTooMuch(wrong, all)) return null;
        foreach (var one in joined)
        {
            (all, wrong) = (all - one.Same - one.Other - one.Open, wrong - one.Other);
            if (!IsTooMuch(wrong, all)) return Math.Min(1, one.Score + Step);
        }

        return 1;
    }

    private static bool IsTooMuch(long wrong, long all) => wrong > all * (1 - Precision) && 1 - AtMost(wrong - 1, all, 1 - Precision) <= Chance;

    private static decimal Unasked(List<JudgedScore> scores)
    {
        var asked = scores.Where(one => one.Score >= Default.Review && one.Score < Default.Match && one.Same + one.Other > 0).ToList();
        var passed = Extent(asked.ConvertAll(one => (one.Other, one.Same)), Yield);
        return passed == 0 ? Default.Review : asked[passed - 1].Score + Step;
    }

    /// <summary>How many steps, from the first, may be taken: the most at which all verdicts so far, and those nearest to the end, show that no more than a share of them goes against it.</summary>
    /// <param name="steps">Verdicts for it and against it.</param>
    /// <param name="share">The share.</param>
    private static int Extent(List<(long For, long Against)> steps, double share)
    {
        var (taken, all, against, from, near, nearAgainst) = (0, 0L, 0L, 0, 0L, 0L);
        for (var at = 0; at < steps.Count; at++)
        {
            var one = steps[at].For + steps[at].Against;
            (all, against, near, nearAgainst) = (all + one, against + steps[at].Against, near + one, nearAgainst + steps[at].Against);
            // The first steps are left out as long as enough verdicts stay.
            for (; near - steps[from].For - steps[from].Against is >= Nearest and var fewer; from++)
                (near, nearAgainst) = (fewer, nearAgainst - steps[from].Against);
            if (IsShown(against, all) && IsShown(nearAgainst, near)) taken = at + 1;
        }

        return taken;

        bool IsShown(long failures, long trials) => failures < trials * share && AtMost(failures, trials, share) <= Chance;
    }
}

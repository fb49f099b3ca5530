using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>
/// Turns vectors of chain sums into stakes and findings. The end of a stake that the question asks about decides whether it is listed:
/// of what is possible that which has no end is listed too.
/// </summary>
internal sealed class AnswerBuilder(HoldingGraph holdings, LookThroughQuestion question, bool owners, WorkMeter meter)
{
    private readonly List<OwnershipStake> stakes = [];
    private readonly SortedDictionary<(OwnershipFindingKind, int), OwnershipFinding> refusals = [];
    private readonly SortedDictionary<int, SortedSet<int>> undecided = [];
    private readonly HashSet<int> touched = [];
    private double residual;

    /// <summary>Adds the answer to one question: on stated shares, on lower bounds and on upper bounds.</summary>
    public void Add(BoundedVector stated, BoundedVector lower, BoundedVector upper)
    {
        residual = Math.Max(residual, stated.Vector.Residual);
        touched.UnionWith(stated.Vector.Nodes);
        touched.UnionWith(upper.Vector.Nodes);
        var (isWhole, isBounded) = (true, true);
        var asked = question.Bound switch { ShareBound.Lower => lower, ShareBound.Upper => upper, _ => stated };
        var (middles, lows, highs) = (ByNode(stated, asked), ByNode(lower, asked), ByNode(upper, asked));
        var (start, nodes) = (asked.Vector.Start, asked.Vector.Nodes);
        meter.Charge(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            // No sum exceeds the sum of all walks, so what falls short before the correction needs none.
            var value = asked.Vector.Values[i];
            var more = asked.Vector.Question.Remainders.GetValueOrDefault(nodes[i]);
            if (value + more < (double)question.Threshold && !LegalThreshold.IsWithin(LegalThreshold.Near, value + more, question.Threshold)) continue;
            if (nodes[i] == start && !question.SelfPairs) continue;
            var share = ShareOf(asked, nodes[i], value);
            var (holder, company) = owners ? (nodes[i], start) : (start, nodes[i]);
            if (share is { } known ? !Reaches(known, more, holder, company) : question.Bound != ShareBound.Upper)
            {
                isWhole &= share is not null;
                continue;
            }

            var middle = middles is null ? share : ShareOf(stated, nodes[i], middles.GetValueOrDefault(nodes[i]));
            var low = lows is null ? share : ShareOf(lower, nodes[i], lows.GetValueOrDefault(nodes[i]));
            var high = (highs is null ? share : ShareOf(upper, nodes[i], highs.GetValueOrDefault(nodes[i]))) + Remainder(upper, nodes[i]);
            isBounded &= high is not null;
            isWhole &= middle is not null;
            if (middle is not { } said) continue;
            stakes.Add(new OwnershipStake(holder, company, said, low, high, holdings.Find(holder, company)?.Equity.Share ?? 0, IsUltimate(holder))
            {
                Remainder = Remainder(stated, nodes[i]),
            });
        }

        if (!isWhole) Refuse(stated, stated.Vector.Refused, OwnershipFindingKind.WalkDiverges);
        if (!isBounded) Refuse(upper, upper.Vector.Refused, OwnershipFindingKind.UpperBoundDiverges);
        Refuse(stated, stated.Vector.Question.Cut, OwnershipFindingKind.PathBudgetExceeded);
    }

    public LookThroughAnswer Build(double residualLimit, UnstatedPart? unstated)
    {
        var findings = holdings.Findings.Where(finding => touched.Contains(finding.Companies[0]))
            .OrderBy(finding => finding.Companies[0]).Concat(refusals.Values).Concat(undecided.Select(Undecided));
        if (!(residual <= residualLimit))
            return new LookThroughAnswer(question.Semantics, [], [.. findings, TooLarge(residualLimit)], residual);
        stakes.Sort(static (left, right) =>
            left.Share != right.Share ? right.Share.CompareTo(left.Share)
            : left.Holder != right.Holder ? left.Holder.CompareTo(right.Holder) : left.Company.CompareTo(right.Company));
        return new LookThroughAnswer(question.Semantics, [.. stakes], [.. findings], residual) { Unstated = unstated };
    }

    /// <summary>Whether a stake reaches the threshold: by what is held directly, by its sum, or by its sum in fractions.</summary>
    private bool Reaches(double share, double more, int holder, int company)
    {
        if (!(share > 0 || (more > 0 && question.Bound == ShareBound.Upper))) return false;
        if (question.Threshold == 0) return true;
        var isOpen = more > 0 && share < (double)question.Threshold && share + more >= (double)question.Threshold;
        if (isOpen && question.Bound == ShareBound.Upper) return true;
        if (!LegalThreshold.IsWithin(LegalThreshold.Near, share, question.Threshold))
        {
            if (isOpen) Open(holder, company);
            return share > (double)question.Threshold;
        }

        if (question.Treasury == TreasuryShares.Counted && (holder != company || question.Semantics == OwnershipSemantics.Walk))
            if (holdings.Find(holder, company)?.Equity is { } direct && direct.At(question.Bound) > 0 && direct.Reaches(question.Threshold, question.Operator, question.Bound))
                return true; // chains only add to it
        if (ExactChains.Sum(holdings, question, question.Bound, holder, company, meter) is { } sum)
            return sum.Reaches(question.Threshold, question.Operator);
        if (isOpen || LegalThreshold.IsWithin(LegalThreshold.Noise, share, question.Threshold)) Open(holder, company);
        return LegalThreshold.Reaches(LegalThreshold.Round(share), question.Threshold, question.Operator);
    }

    private void Open(int holder, int company)
    {
        if (!undecided.TryGetValue(company, out var among)) undecided.Add(company, among = []);
        among.Add(holder);
    }

    /// <summary>What chains not counted may add; null where nothing bounds it.</summary>
    private static double? Remainder(BoundedVector vector, int node) =>
        vector.Vector.Question.Remainders.GetValueOrDefault(node) is var more && double.IsFinite(more) ? more : null;

    /// <summary>The part a chain sum means; null where it is refused.</summary>
    private double? ShareOf(BoundedVector vector, int node, double value)
    {
        if (node == vector.Vector.Start) return question.Semantics != OwnershipSemantics.Walk ? 0 : double.IsFinite(value) ? value - 1 : null;
        if (vector.Source is CorrectedSums corrected) return corrected.WithoutReturns(vector.Vector, node, value);
        return double.IsFinite(value) ? value : null;
    }

    private static Dictionary<int, double>? ByNode(BoundedVector vector, BoundedVector asked)
    {
        if (vector == asked) return null;
        var values = new Dictionary<int, double>(vector.Vector.Nodes.Length);
        for (var i = 0; i < vector.Vector.Nodes.Length; i++) values.Add(vector.Vector.Nodes[i], vector.Vector.Values[i]);
        return values;
    }

    private void Refuse(BoundedVector vector, List<int> components, OwnershipFindingKind kind)
    {
        foreach (var component in components)
        {
            var companies = vector.Source.Components.Members(component).ToImmutableArray();
            refusals.TryAdd((kind, companies[0]), new OwnershipFinding(kind, companies, null, Explain(kind, companies.Length)));
        }
    }

    private static string Explain(OwnershipFindingKind kind, int count) => string.Create(CultureInfo.InvariantCulture, $"{kind switch
    {
        OwnershipFindingKind.WalkDiverges => $"The sum over all chains has no end inside a group of {count} that own one another; what depends on it is refused.",
        OwnershipFindingKind.UpperBoundDiverges => $"The upper bounds have no finite sum inside a group of {count} that own one another; what depends on it has no upper end.",
        _ => $"There are more simple paths than the budget allows inside a group of {count} that own one another; the largest are counted, and each stake says what the others may add.",
    }}");

    private OwnershipFinding Undecided(KeyValuePair<int, SortedSet<int>> pair) => new(
        OwnershipFindingKind.ThresholdUndecided, [pair.Key], question.Threshold,
        string.Create(CultureInfo.InvariantCulture, $"{pair.Value.Count} stake(s) in the company are so near to the threshold of {question.Threshold * 100:0.####}% that rounding, or chains that were not counted, would decide; they count by what was counted."))
    {
        Holders = [.. pair.Value],
    };

    private OwnershipFinding TooLarge(double limit) => new(
        OwnershipFindingKind.ResidualTooLarge, [], null,
        string.Create(CultureInfo.InvariantCulture, $"The solution leaves a residual of {residual:E1}, above {limit:E1}; the answer is refused."));

    private bool IsUltimate(int holder)
    {
        var holders = holdings.In.Neighbours(holder);
        return holders.IsEmpty || (holders.Length == 1 && holders[0] == holder);
    }
}

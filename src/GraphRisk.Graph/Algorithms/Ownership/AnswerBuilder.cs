using System.Collections.Immutable;
using System.Globalization;

namespace GraphRisk.Graph.Algorithms.Ownership;

/// <summary>Turns vectors of chain sums into stakes and findings.</summary>
internal sealed class AnswerBuilder(HoldingGraph holdings, OwnershipSemantics semantics, decimal threshold, bool owners, WorkMeter meter)
{
    private readonly List<OwnershipStake> stakes = [];
    private readonly SortedDictionary<(OwnershipFindingKind, int), OwnershipFinding> refusals = [];
    private readonly HashSet<int> touched = [];
    private double residual;

    /// <summary>Adds the answer to one question: on stated shares, on lower bounds and on upper bounds.</summary>
    public void Add(BoundedVector stated, BoundedVector lower, BoundedVector upper)
    {
        residual = Math.Max(residual, stated.Vector.Residual);
        touched.UnionWith(stated.Vector.Nodes);
        Refuse(stated, RefusalKind());
        if (upper != stated) Refuse(upper, OwnershipFindingKind.UpperBoundDiverges);
        var lows = lower == stated ? null : ByNode(lower);
        var highs = upper == stated ? null : ByNode(upper);
        var (start, nodes) = (stated.Vector.Start, stated.Vector.Nodes);
        meter.Charge(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            // No sum exceeds the sum of all walks, so what falls short before the correction needs none.
            if (!LegalThreshold.Reaches(stated.Vector.Values[i], threshold)) continue;
            if (ShareOf(stated, nodes[i], stated.Vector.Values[i]) is not { } share) continue;
            if (!(share > 0) || !LegalThreshold.Reaches(share, threshold)) continue;
            double? low = lows is null ? share : ShareOf(lower, nodes[i], lows.GetValueOrDefault(nodes[i]));
            double? high = highs is null ? share : ShareOf(upper, nodes[i], highs.GetValueOrDefault(nodes[i]));
            var (holder, company) = owners ? (nodes[i], start) : (start, nodes[i]);
            stakes.Add(new OwnershipStake(holder, company, share, low, high, Direct(holder, company), IsUltimate(holder)));
        }
    }

    public LookThroughAnswer Build(double residualLimit)
    {
        var findings = holdings.Findings.Where(finding => touched.Contains(finding.Companies[0]))
            .OrderBy(finding => finding.Companies[0]).Concat(refusals.Values);
        if (!(residual <= residualLimit))
            return new LookThroughAnswer(semantics, [], [.. findings, TooLarge(residualLimit)], residual);
        stakes.Sort(static (left, right) =>
            left.Share != right.Share ? right.Share.CompareTo(left.Share)
            : left.Holder != right.Holder ? left.Holder.CompareTo(right.Holder) : left.Company.CompareTo(right.Company));
        return new LookThroughAnswer(semantics, [.. stakes], [.. findings], residual);
    }

    /// <summary>The part a chain sum means; null where it is refused.</summary>
    private double? ShareOf(BoundedVector vector, int node, double value)
    {
        var start = vector.Vector.Start;
        if (double.IsPositiveInfinity(value)) return null;
        if (node == start) return semantics == OwnershipSemantics.Walk ? value - 1 : 0;
        return vector.Source is CorrectedSums corrected && value > 0
            ? value / corrected.Returns(owners ? node : start, meter)
            : value;
    }

    private static Dictionary<int, double> ByNode(BoundedVector vector)
    {
        var values = new Dictionary<int, double>(vector.Vector.Nodes.Length);
        for (var i = 0; i < vector.Vector.Nodes.Length; i++) values.Add(vector.Vector.Nodes[i], vector.Vector.Values[i]);
        return values;
    }

    private OwnershipFindingKind RefusalKind() => semantics == OwnershipSemantics.SimplePath
        ? OwnershipFindingKind.PathBudgetExceeded : OwnershipFindingKind.WalkDiverges;

    private void Refuse(BoundedVector vector, OwnershipFindingKind kind)
    {
        foreach (var component in vector.Vector.Refused)
        {
            var companies = vector.Source.Components.Members(component).ToImmutableArray();
            refusals.TryAdd((kind, companies[0]), new OwnershipFinding(kind, companies, null, Explain(kind, companies.Length)));
        }
    }

    private static string Explain(OwnershipFindingKind kind, int count) => string.Create(CultureInfo.InvariantCulture, $"{kind switch
    {
        OwnershipFindingKind.WalkDiverges => "The sum over all chains has no end",
        OwnershipFindingKind.UpperBoundDiverges => "The upper bounds have no finite sum",
        _ => "There are more simple paths than the budget allows",
    }} inside a group of {count} that own one another; what depends on it is refused.");

    private OwnershipFinding TooLarge(double limit) => new(
        OwnershipFindingKind.ResidualTooLarge, [], null,
        string.Create(CultureInfo.InvariantCulture, $"The solution leaves a residual of {residual:E1}, above {limit:E1}; the answer is refused."));

    private decimal Direct(int holder, int company)
    {
        var at = holdings.Out.Neighbours(holder).BinarySearch(company);
        return at < 0 ? 0 : holdings.HeldBy(holder)[at].Equity.Share;
    }

    private bool IsUltimate(int holder)
    {
        var holders = holdings.In.Neighbours(holder);
        return holders.IsEmpty || (holders.Length == 1 && holders[0] == holder);
    }
}

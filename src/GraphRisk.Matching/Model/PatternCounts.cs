using System.Runtime.InteropServices;
using GraphRisk.Matching.Blocking;
using GraphRisk.Matching.Comparison;

namespace GraphRisk.Matching.Model;

/// <summary>Counts how often each pattern of levels comes up. One for each thread.</summary>
internal sealed class PatternCounts(ComparisonPlan plan, Func<int, int, bool> isOpen) : IPairVisitor
{
    private readonly PairComparer comparer = new(plan);

    /// <summary>Pairs by pattern.</summary>
    public Dictionary<ulong, long> Counts { get; } = [];

    public void Visit(int left, int right)
    {
        if (!isOpen(left, right)) return;
        CollectionsMarshal.GetValueRefOrAddDefault(Counts, comparer.Compare(left, right), out _)++;
    }

    /// <summary>The counts of several threads as one list, by pattern.</summary>
    public static (ulong Pattern, double Count)[] Sum(IEnumerable<PatternCounts> parts, double scale) =>
        [.. parts.SelectMany(part => part.Counts).GroupBy(each => each.Key).OrderBy(group => group.Key)
            .Select(group => (group.Key, group.Sum(each => (double)each.Value) * scale))];
}

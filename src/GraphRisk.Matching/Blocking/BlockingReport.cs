using System.Collections.Immutable;

namespace GraphRisk.Matching.Blocking;

/// <summary>Which pairs were looked at.</summary>
/// <param name="Rules">The rules in order.</param>
/// <param name="Pairs">Pairs compared, each once.</param>
public sealed record BlockingReport(ImmutableArray<RuleReport> Rules, long Pairs);

/// <summary>What one rule brought.</summary>
/// <param name="Name">What must agree.</param>
/// <param name="Pairs">Pairs it brought that no earlier rule had.</param>
/// <param name="LargestBlock">Records of the largest block before it was refined.</param>
/// <param name="Refined">Blocks that were too large and compared by a further key.</param>
/// <param name="SkippedPairs">Pairs of those that no further key brought together.</param>
public sealed record RuleReport(string Name, long Pairs, int LargestBlock, int Refined, long SkippedPairs);

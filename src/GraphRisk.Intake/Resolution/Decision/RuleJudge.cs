using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Comparison;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Decision;

/// <summary>The lines of the rules, on the score from 0 to 1.</summary>
public sealed record RuleLines
{
    /// <summary>At or above it a pair is a match.</summary>
    public decimal Match { get; init; } = 0.85m;

    /// <summary>At or above it, and below a match, a person decides.</summary>
    public decimal Review { get; init; } = 0.65m;

    /// <summary>A document of this weight or more in common is never passed over: short of a match a person decides.</summary>
    public decimal Strong { get; init; } = 0.75m;
}

/// <summary>
/// Decides by <see cref="FeatureTable"/>: strongest weight per family, all weights against, compared with the lines. Two
/// records that contradict each other are no match; where a strong document ties them all the same, a person decides.
/// </summary>
public sealed class RuleJudge(RuleLines lines) : IPairJudge
{
    /// <summary>Version of the table; changes whenever a row or a line does.</summary>
    public const string Version = "rules-2";

    public PairDecision Judge(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        Span<decimal> families = stackalloc decimal[4];
        families.Clear();
        decimal against = 0;
        var contradicted = false;
        foreach (var feature in TableOf(left))
        {
            // A weaker feature of a family that is settled changes nothing; tables run from strong to weak.
            if (feature.Family < EvidenceFamily.Against && families[(int)feature.Family] >= feature.Weight) continue;
            if (feature.Test(left, right, shared) is null) continue;
            if (feature.Family == EvidenceFamily.Contradiction) contradicted = true;
            else if (feature.Family == EvidenceFamily.Against) against += feature.Weight;
            else families[(int)feature.Family] = feature.Weight;
        }

        decimal support = 0;
        foreach (var weight in families) support += weight;
        var score = Math.Clamp(support + against, 0m, 1m);
        var strong = families[(int)EvidenceFamily.Document] >= lines.Strong;
        var verdict = contradicted ? DecideContradicted(support, strong) : Decide(score, strong);
        // A family shares birth dates (twins), telephone and address: without the names, or a document, that makes no person.
        if (verdict == Verdict.Match && left.IsPerson && !strong && families[(int)EvidenceFamily.Name] == 0) verdict = Verdict.Undecided;
        return new PairDecision(verdict, score);
    }

    public PairExplanation Explain(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        var fired = TableOf(left).Select(feature => (feature, evidence: feature.Test(left, right, shared))).Where(row => row.evidence is not null).ToList();
        var leading = fired.Where(row => row.feature.Family < EvidenceFamily.Against)
            .GroupBy(row => row.feature.Family).Select(family => family.MaxBy(row => row.feature.Weight)).ToList();
        var counted = fired.Where(row => row.feature.Family >= EvidenceFamily.Against || leading.Contains(row)).ToList();
        return new PairExplanation(
            $"{Version}: {string.Join(" + ", counted.Where(row => row.feature.Family != EvidenceFamily.Against).Select(row => row.feature.Name))}",
            [.. counted.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.feature.Name} {row.feature.Weight:+0.00;-0.00;!}: {row.evidence}"))]);
    }

    public string? Contradiction(PartyRecord left, PartyRecord right)
    {
        foreach (var feature in TableOf(left))
            if (feature.Family == EvidenceFamily.Contradiction && feature.Test(left, right, SharedValues.None) is { } evidence)
                return $"{feature.Name}: {evidence}";
        return null;
    }

    private static ImmutableArray<Feature> TableOf(PartyRecord record) => record.IsPerson ? FeatureTable.Person : FeatureTable.Company;

    private Verdict? Decide(decimal score, bool strong) =>
        score >= lines.Match ? Verdict.Match
        : strong || score >= lines.Review ? Verdict.Undecided
        : null;

    /// <summary>A contradiction is worth filing where there was something to contradict.</summary>
    private Verdict? DecideContradicted(decimal support, bool strong) =>
        strong ? Verdict.Undecided
        : support >= lines.Review ? Verdict.NoMatch
        : null;
}

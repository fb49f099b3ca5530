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

    /// <summary>A document of this weight or more is a number of the party's own, or most of one, which no family shares.</summary>
    public decimal Number { get; init; } = 0.47m;

    /// <summary>A name of this weight or more is the same, or sounds so; below it brothers and sisters may be named so.</summary>
    public decimal Name { get; init; } = 0.30m;
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

        var household = IsOfOneHousehold(left, families[(int)EvidenceFamily.Document], families[(int)EvidenceFamily.Name]);
        decimal support = 0;
        foreach (var weight in families) support += weight;
        if (household) support -= Math.Min(families[(int)EvidenceFamily.Contact], families[(int)EvidenceFamily.Place]);
        var score = Math.Clamp(support + against, 0m, 1m);
        var strong = families[(int)EvidenceFamily.Document] >= lines.Strong;
        var verdict = contradicted ? DecideContradicted(support, strong) : Decide(score, strong);
        if (verdict == Verdict.Match && household) verdict = Verdict.Undecided;
        return new PairDecision(verdict, score);
    }

    public PairExplanation Explain(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        var fired = TableOf(left).Select(feature => (feature, evidence: feature.Test(left, right, shared))).Where(row => row.evidence is not null).ToList();
        var household = IsOfOneHousehold(left, StrongestOf(EvidenceFamily.Document), StrongestOf(EvidenceFamily.Name));
        var leading = fired.Where(row => row.feature.Family < EvidenceFamily.Against)
            .GroupBy(row => household && row.feature.Family == EvidenceFamily.Place ? EvidenceFamily.Contact : row.feature.Family)
            .Select(family => family.MaxBy(row => row.feature.Weight)).ToList();
        var counted = fired.Where(row => row.feature.Family >= EvidenceFamily.Against || leading.Contains(row)).ToList();
        return new PairExplanation(
            $"{Version}: {string.Join(" + ", counted.Where(row => row.feature.Family != EvidenceFamily.Against).Select(row => row.feature.Name))}",
            [.. counted.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.feature.Name} {row.feature.Weight:+0.00;-0.00;!}: {row.evidence}"))]);

        decimal StrongestOf(EvidenceFamily family) => fired.Where(row => row.feature.Family == family).Select(row => row.feature.Weight).DefaultIfEmpty().Max();
    }

    public string? Contradiction(PartyRecord left, PartyRecord right)
    {
        foreach (var feature in TableOf(left))
            if (feature.Family == EvidenceFamily.Contradiction && feature.Test(left, right, SharedValues.None) is { } evidence)
                return $"{feature.Name}: {evidence}";
        return null;
    }

    /// <summary>
    /// Whether what two persons share is what a family shares: telephone, address, and of twins the birth date, under names that
    /// differ. A family's telephone and address are one piece of evidence, and make no person of two. A number of
    /// one's own, even masked or one slip apart, no family shares.
    /// </summary>
    private bool IsOfOneHousehold(PartyRecord record, decimal document, decimal name) =>
        record.IsPerson && name < lines.Name && document < lines.Number;

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

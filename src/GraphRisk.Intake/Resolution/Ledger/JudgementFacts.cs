using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Resolution.Ledger;

/// <summary>
/// Judgements as SAME_AS facts. Rules and persons are two sources, so that a person's judgement stands beside what the
/// rules say; a later judgement of the same source on the same pair takes the place of the earlier one.
/// </summary>
public static class JudgementFacts
{
    /// <summary>Source of what rules and models judge.</summary>
    public const string RulesSource = "resolution";

    /// <summary>Source of what persons judge.</summary>
    public const string ReviewSource = "review";

    private static readonly ImmutableArray<string> VerdictNames = ["MATCH", "NO_MATCH", "UNDECIDED"];

    /// <summary>The fact that states a judgement.</summary>
    public static RelationshipFact ToFact(Judgement judgement)
    {
        var properties = new List<Property>
        {
            new("verdict", PropertyValue.OfEnum(VerdictNames[(int)judgement.Verdict])),
            new("judge", PropertyValue.Of(judgement.Judge)),
            new("reasons", PropertyValue.Of(judgement.Reasons)),
        };
        if (judgement.Score is { } score) properties.Add(new Property("score", PropertyValue.Of(PropertyText.Normal(score))));
        if (judgement.Bits is { } bits) properties.Add(new Property("bits", PropertyValue.Of(PropertyText.Normal(bits))));
        var provenance = new Provenance(
            judgement.ByPerson ? ReviewSource : RulesSource, $"{judgement.Left} = {judgement.Right}", 1m);
        return new RelationshipFact(
            SchemaCatalog.SameAs, judgement.Left, judgement.Right, "", Properties.Of(properties), Validity.Always, provenance);
    }

    /// <summary>The judgement a SAME_AS fact states; whatever source is not the rules' counts as a person.</summary>
    public static Judgement FromFact(RelationshipFact fact)
    {
        fact.Properties.TryGet("verdict", out var verdict);
        decimal? score = fact.Properties.TryGet("score", out var number) ? number.AsDecimal() : null;
        return new Judgement(
            fact.From, fact.To, (Verdict)VerdictNames.IndexOf(verdict.AsString()), score,
            fact.Properties.TryGet("judge", out var judge) ? judge.AsString() : "",
            fact.Properties.TryGet("reasons", out var reasons) ? reasons.AsStrings() : [],
            fact.Provenance.Source != RulesSource)
        {
            Bits = fact.Properties.TryGet("bits", out var bits) ? bits.AsDecimal() : null,
        };
    }

    /// <summary>64 bits over what a judgement says; judgements that say the same have the same.</summary>
    public static ulong HashOf(Judgement judgement)
    {
        var text = new StringBuilder().Append((int)judgement.Verdict).Append('\n')
            .Append(judgement.Score is { } score ? PropertyText.Of(PropertyValue.Of(score)) : "").Append('\n')
            .Append(judgement.Bits is { } bits ? PropertyText.Of(PropertyValue.Of(bits)) : "").Append('\n').Append(judgement.Judge);
        foreach (var reason in judgement.Reasons.Distinct(StringComparer.Ordinal)) text.Append('\n').Append(reason);
        return XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text.ToString()));
    }
}

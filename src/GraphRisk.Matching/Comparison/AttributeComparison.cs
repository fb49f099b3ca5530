using System.Collections.Immutable;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// The comparison of one column. Level 0: one of the two says nothing. Levels 1 to 3: the same value, rare, usual or common,
/// since a rare value in common says more and is less often a filler. From 4 on: the levels of the judge. A level below another is
/// closer. How rare a value is counts in bits: minus the binary logarithm of the share of records that have it.
/// </summary>
internal sealed class AttributeComparison
{
    /// <summary>First level of values that are not the same.</summary>
    public const int FirstDifferent = 4;

    /// <summary>Records that may be thought to have a value that only the two of a pair were seen to have.</summary>
    private const double Unseen = 0.5;

    /// <summary>Bits from which a value is rare, and from which it is usual.</summary>
    private const double Rare = 11, Usual = 6;

    /// <summary>Different values up to which the levels of all pairs of them are kept, and of names, which cost a hundred times as much.</summary>
    private const int MostKept = 3_000, MostNamesKept = 12_000;

    private readonly LevelJudge? judge;

    /// <summary>Levels of pairs of different values, 0 where not judged yet. Races write the same level.</summary>
    private readonly byte[]? kept;

    private AttributeComparison(RecordAttribute attribute, LevelJudge? judge)
    {
        (Attribute, this.judge, Traits) = (attribute, judge, KindTraits.Of(attribute.Kind));
        Rarities = new float[attribute.Texts.Length];
        Bands = new byte[attribute.Texts.Length];
        for (var value = 0; value < Rarities.Length; value++) Holders += attribute.FrequencyOf(value);
        var usual = 0.0;
        for (var value = 0; value < Rarities.Length; value++)
        {
            var frequency = Math.Max(1, attribute.FrequencyOf(value));
            var share = frequency / Math.Max(1, Holders);
            var chance = (Math.Max(0, frequency - 2) + Unseen) / Math.Max(1, Holders);
            var bits = -Math.Log2(share);
            Rarities[value] = (float)-Math.Log2(chance);
            Bands[value] = bits >= Rare ? (byte)1 : bits >= Usual ? (byte)2 : (byte)3;
            usual += share * chance;
            BandShares[Bands[value]] += share;
            BandReferences[Bands[value]] += share * chance;
            BandChances[Bands[value]] += share * (frequency - 1) / Math.Max(1, Holders - 1);
        }

        for (var band = 1; band < FirstDifferent; band++)
        {
            BandReferences[band] = BandShares[band] > 0 ? -Math.Log2(BandReferences[band] / BandShares[band]) : 0;
        }

        long values = Rarities.Length;
        if (!IsPlain && values <= (IsCostly ? MostNamesKept : MostKept)) kept = new byte[values * Math.Max(0, values - 1) / 2];
        UsualRarity = -Math.Log2(Math.Max(usual, 1e-12));
        Levels = [new("missing"), new("same, rare"), new("same"), new("same, common"), .. judge?.Levels ?? [new("different")], new("exchanged", IsNear: false)];
    }

    public RecordAttribute Attribute { get; }

    /// <summary>All levels by their numbers; the last is for values exchanged with another column.</summary>
    public ImmutableArray<Level> Levels { get; }

    /// <summary>Level of two values exchanged with those of another column.</summary>
    public int Exchanged => Levels.Length - 1;

    /// <summary>Level of values that have nothing in common.</summary>
    public int Different => Levels.Length - 2;

    /// <summary>What is known of the kind beforehand.</summary>
    public KindTraits Traits { get; }

    /// <summary>
    /// Bits of each value: of the share of records of other parties that have it, the two of a pair left out, since a value only they have was
    /// seen with nobody else.
    /// </summary>
    public float[] Rarities { get; }

    /// <summary>Level of each value in common.</summary>
    public byte[] Bands { get; }

    /// <summary>Records that have a value, several values of one counted each.</summary>
    public double Holders { get; private set; }

    /// <summary>By level of a value in common: share of the records whose value has it.</summary>
    public double[] BandShares { get; } = new double[FirstDifferent];

    /// <summary>By level of a value in common: how rare such values are in bits, for the records that have them on average.</summary>
    public double[] BandReferences { get; } = new double[FirstDifferent];

    /// <summary>By level of a value in common: share of pairs of records that have it.</summary>
    public double[] BandChances { get; } = new double[FirstDifferent];

    /// <summary>Bits of agreement on a value drawn by chance.</summary>
    public double UsualRarity { get; }

    /// <summary>Whether judging is trivial, so that remembering it is not worth while.</summary>
    public bool IsPlain => judge is null or CategoryJudge;

    /// <summary>Whether judging is dear, so that more of it is remembered.</summary>
    public bool IsCostly => judge is NameJudge;

    /// <summary>Whether every two values are judged once and for all, so that nobody else need remember it.</summary>
    public bool IsKept => kept is not null;

    /// <summary>Level of two different values.</summary>
    public int Judge(int left, int right)
    {
        if (kept is null) return FirstDifferent + (judge?.Judge(left, right) ?? 0);
        if (left < right) (left, right) = (right, left);
        ref var level = ref kept[((long)left * (left - 1) / 2) + right];
        if (level == 0) level = (byte)(FirstDifferent + judge!.Judge(left, right));
        return level;
    }

    public static AttributeComparison Of(RecordAttribute attribute) => new(attribute, JudgeOf(attribute));

    private static LevelJudge? JudgeOf(RecordAttribute attribute) => attribute.Kind switch
    {
        AttributeKind.GivenName or AttributeKind.Surname or AttributeKind.City => new WordJudge(attribute),
        AttributeKind.PersonName or AttributeKind.Name or AttributeKind.OrganisationName => new NameJudge(attribute),
        AttributeKind.Address or AttributeKind.Street or AttributeKind.Text => new TextJudge(attribute),
        AttributeKind.BirthDate or AttributeKind.Date => new DateJudge(attribute),
        AttributeKind.Identifier or AttributeKind.Phone or AttributeKind.Postcode or AttributeKind.HouseNumber => new CodeJudge(attribute),
        AttributeKind.Email or AttributeKind.Website => new EmailJudge(attribute),
        AttributeKind.Number => new QuantityJudge(attribute),
        _ => new CategoryJudge(),
    };
}

using System.Collections.Immutable;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Comparison;

/// <summary>
/// How two records agree: of each family the row that counts, and how common what they have in common is. Packed into 64 bits, so that pairs that
/// agree alike are counted together.
/// </summary>
/// <param name="Packed">Rows, one more than their position, five bits a family; above them bands, four bits for each family with values that may be rare. 0 where the records say nothing.</param>
public readonly record struct PairLevels(ulong Packed)
{
    private const int RowBits = 5, BandBits = 4, Bands = Families * RowBits;

    /// <summary>Families there are.</summary>
    public const int Families = (int)EvidenceFamily.Contradiction + 1;

    /// <summary>Position of a family's row in the table; -1 where one of the records says nothing of it.</summary>
    public int RowOf(EvidenceFamily family) => ((int)(Packed >> (RowBits * (int)family)) & ((1 << RowBits) - 1)) - 1;

    /// <summary>How common the value is, as <see cref="BlockState.Band"/>.</summary>
    public int BandOf(EvidenceFamily family) => (int)(Packed >> PlaceOf(family)) & ((1 << BandBits) - 1);

    /// <summary>Compares two records.</summary>
    public static PairLevels Of(PartyRecord left, PartyRecord right, SharedValues shared)
    {
        var table = FeatureTable.Of(left.IsPerson);
        var packed = 0ul;
        for (int row = 0, settled = 0; row < table.Length; row++)
        {
            var feature = table[row];
            if ((settled & (1 << (int)feature.Family)) != 0 || feature.Test(left, right, shared) is null) continue;
            settled |= 1 << (int)feature.Family;
            foreach (var held in feature.Holds) settled |= 1 << (int)held;
            packed |= (ulong)(row + 1) << (RowBits * (int)feature.Family);
            if (feature.Rarity != Rarity.Constant) packed |= (ulong)shared.BandOf(feature.Rarity, left, right) << PlaceOf(feature.Family);
        }

        return new PairLevels(packed);
    }

    /// <summary>The row of a family; null where it has none.</summary>
    public Feature? Find(ImmutableArray<Feature> table, EvidenceFamily family) => RowOf(family) is >= 0 and var row ? table[row] : null;

    private static int PlaceOf(EvidenceFamily family) => Bands + (BandBits * family switch { EvidenceFamily.Name => 0, EvidenceFamily.Contact => 1, _ => 2 });
}

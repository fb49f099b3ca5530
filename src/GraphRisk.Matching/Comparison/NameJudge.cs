using System.Collections.Immutable;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// Whole names of persons or organisations, in any script: by the one door to whether two names are the same
/// (<see cref="NameSimilarity"/>), which is only asked where they have a word, a sound or an initial in common or stand in two scripts. Below
/// its threshold it counts what words they share, by how rare these are: relatives share a surname, firms of one group a brand.
/// </summary>
internal sealed class NameJudge : LevelJudge
{
    /// <summary>Names kept read; of a table with more, names beyond are read when they are needed.</summary>
    private const int MostKept = 100_000;

    private const double Same = 0.97, Variant = 0.87, Likely = NameSimilarity.Threshold, Doubtful = 0.5, SharesMuch = 0.45, SharesSome = 0.2;

    private readonly NameKind kind;
    private readonly NameReading?[] readings;
    private readonly TokenTable table;
    private readonly ulong[] sounds;

    public NameJudge(RecordAttribute attribute)
    {
        kind = attribute.Kind switch { AttributeKind.PersonName => NameKind.Person, AttributeKind.OrganisationName => NameKind.Organisation, _ => NameKind.Unknown };
        table = new TokenTable(attribute, [.. attribute.Texts]);
        readings = new NameReading?[Math.Min(MostKept, attribute.Texts.Length)];
        sounds = new ulong[attribute.Texts.Length];
        for (var value = 0; value < sounds.Length; value++) sounds[value] = SoundsOf(value);
    }

    public override ImmutableArray<Level> Levels { get; } =
    [
        new("the same name", IsNear: true), new("variants", IsNear: true), new("likely the same", IsNear: true), new("doubtful", Chance: 1e-3),
        new("much in common", Chance: 2e-3), new("a word in common", Chance: 0.01), new("different"),
    ];

    public override int Judge(int left, int right)
    {
        var cosine = table.Cosine(left, right);
        var score = cosine >= SharesSome || (sounds[left] & sounds[right] & 1) != 0 || CommonSounds(left, right) ? NameSimilarity.Compare(ReadingOf(left), ReadingOf(right)).Score : 0;
        if (score >= Likely) return score >= Same ? 0 : score >= Variant ? 1 : 2;
        if (score >= Doubtful) return 3;
        return cosine >= SharesMuch ? 4 : cosine >= SharesSome ? 5 : 6;
    }

    /// <summary>Whether they may be alike though no word is the same: two words sound alike, or the scripts differ (bit 0).</summary>
    private bool CommonSounds(int left, int right) =>
        ((sounds[left] ^ sounds[right]) & 1) != 0 || (sounds[left] & sounds[right] & ~1ul) != 0;

    private NameReading ReadingOf(int value) =>
        value < readings.Length ? readings[value] ??= NameReading.Of(table.Texts[value], kind) : NameReading.Of(table.Texts[value], kind);

    /// <summary>A bit for how each word sounds, and bit 0 where any letter is not Latin.</summary>
    private ulong SoundsOf(int value)
    {
        var bits = 0ul;
        for (var i = 0; i < table.Of(value).Length; i++)
        {
            var word = table.WordOf(value, i);
            if (word.ContainsAnyExceptInRange('\0', '\u024f')) bits |= 1;
            else if (LetterTraits.SoundOf(word) is var sound and > 0) bits |= 2ul << (int)(sound * 2654435769 >> 26) % 63;
        }

        return bits;
    }
}

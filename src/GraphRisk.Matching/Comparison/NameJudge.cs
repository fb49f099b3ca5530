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
    private readonly bool[] isLatin;
    private readonly uint[] sounds;
    private readonly int[] soundStarts;

    public NameJudge(RecordAttribute attribute)
    {
        kind = attribute.Kind switch { AttributeKind.PersonName => NameKind.Person, AttributeKind.OrganisationName => NameKind.Organisation, _ => NameKind.Unknown };
        table = new TokenTable(attribute, [.. attribute.Texts]);
        readings = new NameReading?[Math.Min(MostKept, attribute.Texts.Length)];
        (isLatin, soundStarts) = (new bool[attribute.Texts.Length], new int[attribute.Texts.Length + 1]);
        var all = new List<uint>();
        for (var value = 0; value < isLatin.Length; value++)
        {
            isLatin[value] = !table.Texts[value].AsSpan().ContainsAnyExceptInRange('\0', '\u024f');
            for (var i = 0; i < table.Of(value).Length; i++)
                if (table.WordOf(value, i) is { Length: > 1 } word && LetterTraits.SoundOf(word) is var sound and > 0) all.Add(sound);
            soundStarts[value + 1] = all.Count;
        }

        sounds = [.. all];
    }

    public override ImmutableArray<Level> Levels { get; } =
    [
        new("the same name", IsNear: true), new("variants", IsNear: true), new("likely the same", IsNear: true), new("doubtful", Chance: 1e-3),
        new("much in common", Chance: 2e-3), new("a word in common", Chance: 0.01), new("different"),
    ];

    public override int Judge(int left, int right)
    {
        var cosine = table.Cosine(left, right);
        var score = cosine >= SharesSome || MayBeAlike(left, right) ? NameSimilarity.Compare(ReadingOf(left), ReadingOf(right)).Score : 0;
        if (score >= Likely) return score >= Same ? 0 : score >= Variant ? 1 : 2;
        if (score >= Doubtful) return 3;
        return cosine >= SharesMuch ? 4 : cosine >= SharesSome ? 5 : 6;
    }

    /// <summary>Whether they may be alike though no word is the same: two words sound alike, or the scripts differ.</summary>
    private bool MayBeAlike(int left, int right)
    {
        if (isLatin[left] != isLatin[right] || !isLatin[left]) return true;
        var from = sounds.AsSpan(soundStarts[left], soundStarts[left + 1] - soundStarts[left]);
        foreach (var sound in sounds.AsSpan(soundStarts[right], soundStarts[right + 1] - soundStarts[right]))
            if (from.Contains(sound)) return true;
        return false;
    }

    private NameReading ReadingOf(int value) =>
        value < readings.Length ? readings[value] ??= NameReading.Of(table.Texts[value], kind) : NameReading.Of(table.Texts[value], kind);
}

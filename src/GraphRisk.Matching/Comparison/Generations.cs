using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// What stands behind a name to tell a father from his son: Sr, Jr, II, III, in a name or in a column of its own. Two that differ are two persons; one that is
/// absent says nothing. A single I counts behind a name of several words only, where it may be an initial as well, and only against another number.
/// </summary>
internal sealed class Generations
{
    private const byte Senior = 1, Junior = 2;

    private static readonly Dictionary<string, byte> Words = new(StringComparer.Ordinal)
    {
        ["sr"] = Senior, ["senior"] = Senior, ["snr"] = Senior, ["i"] = Senior, ["1st"] = Senior, ["jr"] = Junior, ["junior"] = Junior, ["jnr"] = Junior, ["ii"] = Junior, ["2nd"] = Junior,
        ["iii"] = 3, ["3rd"] = 3, ["iv"] = 4, ["4th"] = 4,
    };

    private readonly byte[]? generations;

    public Generations(RecordTable table)
    {
        foreach (var attribute in table.Attributes)
        {
            var isSuffix = attribute.Name.Contains("suffix", StringComparison.OrdinalIgnoreCase);
            if (!isSuffix && attribute.Kind is not (AttributeKind.PersonName or AttributeKind.Name or AttributeKind.Surname or AttributeKind.GivenName)) continue;
            var read = attribute.Texts.Select(text => Of(text, isSuffix)).ToArray();
            if (!Array.Exists(read, generation => generation > 0)) continue;
            generations ??= new byte[table.Count];
            for (var record = 0; record < generations.Length; record++)
                foreach (var value in attribute.Of(record))
                    if (read[value] > 0) generations[record] = read[value];
        }
    }

    /// <summary>Whether both records name a generation, and not the same.</summary>
    public bool Differ(int left, int right) => generations is not null && generations[left] > 0 && generations[right] > 0 && generations[left] != generations[right];

    /// <summary>The generation a name says, 0 where none.</summary>
    private static byte Of(string text, bool isSuffix)
    {
        foreach (var range in text.AsSpan().SplitAny(' ', ',', '.', '(', ')'))
        {
            var word = text.AsSpan(range);
            if (word.Length is 0 or > 6 || (!isSuffix && range.Start.Value == 0)) continue;
            if (Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var generation) && (word.Length > 1 || isSuffix || range.End.Value == text.Length)) return generation;
        }

        return 0;
    }
}

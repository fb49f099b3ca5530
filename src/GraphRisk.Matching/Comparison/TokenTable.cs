using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Comparison;

/// <summary>
/// The words of each value of a column, each weighted by how rare it is (Spärck Jones 1972): log2 of the share of records whose
/// value has it. Texts without spaces between Chinese characters are cut into overlapping pairs of them. Words are hashes of
/// 64 bits and in their order, so that two values are compared in one pass. Immutable.
/// </summary>
internal sealed class TokenTable
{
    private const int MostTokens = 24;

    private readonly int[] starts;
    private readonly ulong[] tokens;
    private readonly (byte Start, byte Length)[] places;
    private readonly float[] weights;

    /// <param name="attribute">The column.</param>
    /// <param name="texts">What is cut into words, for each value.</param>
    public TokenTable(RecordAttribute attribute, string[] texts)
    {
        Texts = texts;
        starts = new int[texts.Length + 1];
        List<ulong> hashes = [];
        List<(byte, byte)> ranges = [];
        var row = new List<(ulong Hash, byte Start, byte Length)>();
        for (var value = 0; value < texts.Length; value++)
        {
            row.Clear();
            Cut(texts[value], row);
            row.Sort();
            for (var i = 0; i < row.Count; i++)
            {
                if (i > 0 && row[i].Hash == row[i - 1].Hash) continue;
                hashes.Add(row[i].Hash);
                ranges.Add((row[i].Start, row[i].Length));
            }

            starts[value + 1] = hashes.Count;
        }

        (tokens, places) = ([.. hashes], [.. ranges]);
        weights = WeightsOf(attribute);
    }

    /// <summary>The texts that were cut.</summary>
    public string[] Texts { get; }

    /// <summary>Hashes of the words of a value, ascending.</summary>
    public ReadOnlySpan<ulong> Of(int value) => tokens.AsSpan(starts[value], starts[value + 1] - starts[value]);

    /// <summary>Weights of the words of a value in bits, in the order of <see cref="Of"/>.</summary>
    public ReadOnlySpan<float> WeightsOf(int value) => weights.AsSpan(starts[value], starts[value + 1] - starts[value]);

    /// <summary>Letters of the word at a position of a value's words.</summary>
    public ReadOnlySpan<char> WordOf(int value, int position)
    {
        var (start, length) = places[starts[value] + position];
        return Texts[value].AsSpan(start, length);
    }

    /// <summary>Cosine of the weights of two values' words, 0 to 1.</summary>
    public double Cosine(int left, int right)
    {
        var from = Of(left);
        var to = Of(right);
        var (common, ofLeft, ofRight) = (0.0, 0.0, 0.0);
        for (var (i, j) = (0, 0); i < from.Length && j < to.Length;)
        {
            if (from[i] < to[j]) i++;
            else if (to[j] < from[i]) j++;
            else
            {
                common += WeightsOf(left)[i] * WeightsOf(left)[i];
                (i, j) = (i + 1, j + 1);
            }
        }

        if (common == 0) return 0;
        foreach (var weight in WeightsOf(left)) ofLeft += weight * weight;
        foreach (var weight in WeightsOf(right)) ofRight += weight * weight;
        return common / Math.Sqrt(ofLeft * ofRight);
    }

    private float[] WeightsOf(RecordAttribute attribute)
    {
        var counts = new Dictionary<ulong, int>();
        long records = 0;
        for (var value = 0; value < Texts.Length; value++)
        {
            var holders = attribute.FrequencyOf(value);
            records += holders;
            foreach (var token in Of(value))
            {
                ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, token, out _);
                count += holders;
            }
        }

        var bits = new float[tokens.Length];
        for (var i = 0; i < bits.Length; i++) bits[i] = (float)Math.Max(0.25, Math.Log2((records + 1.0) / counts[tokens[i]]));
        return bits;
    }

    /// <summary>Words of letters and digits; Chinese characters in overlapping pairs.</summary>
    public static void Cut(string text, List<(ulong Hash, byte Start, byte Length)> row)
    {
        var end = Math.Min(text.Length, byte.MaxValue);
        for (var i = 0; i < end && row.Count < MostTokens;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            if (LetterTraits.IsHan(text[i]))
            {
                i++;
                var length = i < end && LetterTraits.IsHan(text[i]) ? 2 : 1;
                if (length == 2 || start == 0 || !LetterTraits.IsHan(text[start - 1]))
                    row.Add((LetterTraits.HashOf(text.AsSpan(start, length)), (byte)start, (byte)length));
                continue;
            }

            while (i < end && char.IsLetterOrDigit(text[i]) && !LetterTraits.IsHan(text[i])) i++;
            row.Add((LetterTraits.HashOf(text.AsSpan(start, i - start)), (byte)start, (byte)(i - start)));
        }
    }
}

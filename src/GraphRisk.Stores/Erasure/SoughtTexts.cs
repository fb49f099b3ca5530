using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphRisk.Stores.Erasure;

/// <summary>
/// Texts that are looked for among bytes and struck out of other texts: all of them in one pass (Teddy or Aho-Corasick, as the runtime chooses). Bytes are looked through as UTF-8, UTF-16 in both orders,
/// GB 18030, and as JSON escapes what is not ASCII. In a text one stands only where it is a word: a number within a longer number is another number. Among bytes, which tell no words, it is found in any case.
/// </summary>
public sealed class SoughtTexts
{
    /// <summary>Shorter texts are in too many others to be looked for: characters, where any is beyond ASCII, and else.</summary>
    private const int ShortestWide = 2;

    private const int ShortestAscii = 5;
    private const char Block = '\u2588';
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
    private readonly ImmutableArray<string> longestFirst;
    private readonly Dictionary<string, string> masks = new(StringComparer.Ordinal);
    private readonly SearchValues<string> utf8;
    private readonly SearchValues<string> anyEncoding;

    /// <summary>Makes ready to look for texts; those too short are left out.</summary>
    public SoughtTexts(IEnumerable<string> texts)
    {
        Texts = [.. texts.Where(IsLongEnough).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        longestFirst = [.. Texts.OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal)];
        for (var i = 0; i < Texts.Length; i++) masks.Add(Texts[i], MaskOf(i + 1, Texts[i].Length));
        utf8 = SearchValues.Create([.. Texts.SelectMany(text => new[] { Wide(Encoding.UTF8.GetBytes(text)), Wide(Encoding.UTF8.GetBytes(Escaped(text))) }).Distinct()], StringComparison.Ordinal);
        anyEncoding = SearchValues.Create(
            [.. Texts.SelectMany(text => new[]
            {
                Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text), Encoding.BigEndianUnicode.GetBytes(text), Gb18030.GetBytes(text), Encoding.UTF8.GetBytes(Escaped(text)),
                Encoding.UTF8.GetBytes(Escaped(text).ToUpperInvariant().Replace("\\U", "\\u", StringComparison.Ordinal)),
            }.Select(bytes => Wide(bytes))).Distinct()],
            StringComparison.Ordinal);
    }

    /// <summary>The texts, ordered.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>Whether a text is long enough to be looked for.</summary>
    public static bool IsLongEnough(string text) => text.Length >= (text.Any(letter => letter > 127) ? ShortestWide : ShortestAscii);

    /// <summary>Whether any stands in bytes, as UTF-8.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes) => Texts.Length > 0 && IsIn(bytes, utf8);

    /// <summary>Whether any stands in bytes, in whatever encoding.</summary>
    public bool IsInAnyEncoding(ReadOnlySpan<byte> bytes) => Texts.Length > 0 && IsIn(bytes, anyEncoding);

    /// <summary>Whether any stands in a stream, in whatever encoding; memory is that of a piece.</summary>
    public bool IsInAnyEncoding(Stream stream, CancellationToken cancellation)
    {
        var overlap = Texts.IsEmpty ? 0 : (Texts.Max(text => text.Length) * 6) + 1;
        var buffer = new byte[(1 << 20) + overlap];
        for (var held = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = stream.ReadAtLeast(buffer.AsSpan(held), buffer.Length - held, throwOnEndOfStream: false);
            if (IsInAnyEncoding(buffer.AsSpan(0, held + read))) return true;
            if (held + read < buffer.Length) return false;
            buffer.AsSpan(buffer.Length - overlap).CopyTo(buffer);
            held = overlap;
        }
    }

    /// <summary>The texts that stand in another as words.</summary>
    public IEnumerable<string> In(string text) => Texts.Where(one => Next(text, one, 0) >= 0);

    /// <summary>The texts that stand in another within words alone, as a number in a longer number.</summary>
    public IEnumerable<string> Within(string text) => Texts.Where(one => text.Contains(one, StringComparison.Ordinal) && Next(text, one, 0) < 0);

    /// <summary>A text with every one struck out: in its place stand as many blocks, so that places in the text stay what they were, and at their end a number, by which texts that differed still do.</summary>
    public string StrikeOut(string text)
    {
        foreach (var one in longestFirst)
        {
            for (var at = Next(text, one, 0); at >= 0; at = Next(text, one, at + masks[one].Length)) text = string.Concat(text.AsSpan(0, at), masks[one], text.AsSpan(at + one.Length));
            if (Escaped(one) is var escaped && escaped.Length > one.Length) text = text.Replace(escaped, masks[one], StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    /// <summary>Where one stands next in a text as a word; -1 where it does not.</summary>
    private static int Next(string text, string one, int from)
    {
        for (var at = from; at <= text.Length - one.Length && (at = text.IndexOf(one, at, StringComparison.Ordinal)) >= 0; at++)
        {
            var end = at + one.Length;
            if ((!char.IsAsciiLetterOrDigit(one[0]) || IsBegin(text.AsSpan(0, at))) && (!char.IsAsciiLetterOrDigit(one[^1]) || end == text.Length || !char.IsAsciiLetterOrDigit(text[end]))) return at;
        }

        return -1;
    }

    /// <summary>Whether a word may begin behind a text: at its end stands no letter or digit, or one that is part of an escape of JSON.</summary>
    private static bool IsBegin(ReadOnlySpan<char> before) => before.IsEmpty || !char.IsAsciiLetterOrDigit(before[^1])
        || (before.Length >= 2 && before[^2] == '\\' && "nrtbf".Contains(before[^1], StringComparison.Ordinal))
        || (before.Length >= 6 && before[^6] == '\\' && before[^5] == 'u');

    private static string MaskOf(int number, int length) => number.ToString(CultureInfo.InvariantCulture) is var digits && digits.Length <= length ? digits.PadLeft(length, Block) : new string(Block, length);

    /// <summary>A text as JSON writes it where it escapes all that is beyond ASCII.</summary>
    private static string Escaped(string text) =>
        string.Concat(text.Select(letter => letter < 128 ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")));

    private static bool IsIn(ReadOnlySpan<byte> bytes, SearchValues<string> sought)
    {
        var wide = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            return wide.AsSpan(0, Encoding.Latin1.GetChars(bytes, wide)).ContainsAny(sought);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(wide);
        }
    }

    /// <summary>Bytes as characters of the same values.</summary>
    private static string Wide(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}

using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Blocking;

/// <summary>What of a value must be equal.</summary>
internal enum KeyPart
{
    /// <summary>All of it.</summary>
    Whole,

    /// <summary>How its first word sounds; of Chinese its pinyin.</summary>
    Sound,

    /// <summary>Its first three letters or first Chinese character.</summary>
    Beginning,

    /// <summary>One of its words; it has several keys.</summary>
    Words,

    /// <summary>How one of its words sounds.</summary>
    WordSounds,

    /// <summary>Year of a date.</summary>
    Year,

    /// <summary>Year and month.</summary>
    YearMonth,

    /// <summary>Month and day, in either order.</summary>
    MonthDay,

    /// <summary>First half of a number.</summary>
    FirstHalf,

    /// <summary>Last half of a number, seven digits of a long one.</summary>
    LastHalf,

    /// <summary>What stands before the @.</summary>
    User,
}

/// <summary>Keys of values.</summary>
internal static class KeyParts
{
    /// <summary>Which parts of which kinds make keys, from the most particular down.</summary>
    public static ReadOnlySpan<KeyPart> Of(AttributeKind kind) => kind switch
    {
        AttributeKind.GivenName or AttributeKind.Surname => [KeyPart.Whole, KeyPart.Sound, KeyPart.Beginning],
        AttributeKind.City => [KeyPart.Whole, KeyPart.Sound],
        AttributeKind.PersonName or AttributeKind.OrganisationName or AttributeKind.Name => [KeyPart.Whole, KeyPart.Words, KeyPart.WordSounds],
        AttributeKind.Address or AttributeKind.Street or AttributeKind.Text => [KeyPart.Whole, KeyPart.Words],
        AttributeKind.BirthDate or AttributeKind.Date => [KeyPart.Whole, KeyPart.YearMonth, KeyPart.MonthDay, KeyPart.Year],
        AttributeKind.Identifier or AttributeKind.Phone => [KeyPart.Whole, KeyPart.FirstHalf, KeyPart.LastHalf],
        AttributeKind.Postcode => [KeyPart.Whole, KeyPart.FirstHalf],
        AttributeKind.Email => [KeyPart.Whole, KeyPart.User],
        AttributeKind.Number => [],
        _ => [KeyPart.Whole],
    };

    /// <summary>Whether a value may have several keys.</summary>
    public static bool IsSeveral(KeyPart part) => part is KeyPart.Words or KeyPart.WordSounds;

    /// <summary>Adds the keys of a value; none where it has no such part.</summary>
    public static void Add(KeyPart part, string text, List<ulong> keys)
    {
        if (IsSeveral(part)) AddWords(part, text, keys);
        else if (KeyOf(part, text) is var key and not 0) keys.Add(key);
    }

    private static ulong KeyOf(KeyPart part, string text)
    {
        var (year, month, day) = part is KeyPart.Year or KeyPart.YearMonth or KeyPart.MonthDay ? DateJudge.PartsOf(text) : default;
        return part switch
        {
            KeyPart.Sound => SoundOf(text),
            KeyPart.Beginning => text.Length == 0 ? 0 : LetterTraits.HashOf(LetterTraits.IsHan(text[0]) ? text.AsSpan(0, 1) : text.AsSpan(0, Math.Min(3, text.Length))),
            KeyPart.Year => year == 0 ? 0 : LetterTraits.Combine(1, (ulong)year),
            KeyPart.YearMonth => month == 0 ? 0 : LetterTraits.Combine(2, (ulong)((year * 100) + month)),
            KeyPart.MonthDay => day == 0 ? 0 : LetterTraits.Combine(3, (ulong)((Math.Min(month, day) * 100) + Math.Max(month, day))),
            KeyPart.FirstHalf => text.Length < 4 ? 0 : LetterTraits.HashOf(text.AsSpan(0, (text.Length + 1) / 2)),
            KeyPart.LastHalf => text.Length < 4 ? 0 : LetterTraits.HashOf(text.AsSpan(text.Length - (text.Length >= 9 ? 7 : (text.Length + 1) / 2))),
            KeyPart.User => text.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? LetterTraits.HashOf(text.AsSpan(0, at)) : 0,
            _ => text.Length == 0 ? 0 : LetterTraits.HashOf(text),
        };
    }

    private static ulong SoundOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return 0;
        if (LetterTraits.IsHan(text[0])) return LetterTraits.HashOf(Pinyin.Read(text));
        var sound = LetterTraits.SoundOf(text);
        return sound == 0 ? 0 : LetterTraits.Combine(4, sound);
    }

    private static void AddWords(KeyPart part, string text, List<ulong> keys)
    {
        var row = new List<(ulong Hash, byte Start, byte Length)>();
        TokenTable.Cut(text, row);
        foreach (var (hash, start, length) in row)
        {
            if (part == KeyPart.Words) keys.Add(hash);
            else if (SoundOf(text.AsSpan(start, length)) is var sound and not 0) keys.Add(sound);
        }
    }
}

using System.Collections.Immutable;
using ICU4N.Text;

namespace GraphRisk.Matching.Names;

/// <summary>A Chinese name in pinyin without tones, lower case.</summary>
/// <param name="Surname">Reading of the surname, compound ones in one word.</param>
/// <param name="Given">Reading of the given name in one word; empty where there is none.</param>
public readonly record struct PinyinName(string Surname, string Given)
{
    /// <summary>Surname and given name in one word.</summary>
    public string Joined => Surname + Given;
}

/// <summary>
/// Pinyin of Chinese personal names. Characters read differently in surnames (单 shan, 仇 qiu, 尉迟 yuchi) follow ICU's
/// <c>Han-Latin/Names</c>; where usage differs from ICU or knows two readings, <see cref="SurnameReadings"/> decides.
/// A name is put together from readings of its surname and its characters, each asked of ICU once, so the cost is
/// bounded by the number of characters, not of names.
/// </summary>
public static class Pinyin
{
    /// <summary>A neutral neighbour (guo): at the head of a text ICU takes a character for a surname, elsewhere it does not.</summary>
    private const char Neighbour = '国';

    private static readonly Transliterator OfNames = Transliterator.GetInstance("Han-Latin/Names; Latin-ASCII; Lower");
    private static readonly Memo Surnames = new(ReadSurname, 100_000);
    private static readonly Memo Texts = new(text => OfNames.Transliterate(text), 100_000);

    /// <summary>Readings by character; null where not met yet. Races write the same value.</summary>
    private static readonly string?[] Characters = new string?[char.MaxValue + 1];

    /// <summary>The readings of a simplified Chinese name, most usual first; several where the surname has several.</summary>
    public static ImmutableArray<PinyinName> OfName(string name)
    {
        if (name.Length == 0) return [];
        var length = SurnameReadings.LengthOfSurname(name);
        var surname = name[..length];
        var given = ReadAll(name.AsSpan(length));
        var surnames = SurnameReadings.Of(surname) ?? [Surnames.Of(surname)];
        return [.. surnames.SelectMany(reading => given.Select(each => new PinyinName(reading, each)))];
    }

    /// <summary>The readings of a given name, most usual first: each of its characters may have several; at most eight in all.</summary>
    private static List<string> ReadAll(ReadOnlySpan<char> text)
    {
        List<string> readings = [Read(text)];
        for (var i = 0; i < text.Length; i++)
        {
            if (CharacterReadings.Others(text[i]) is not { } others) continue;
            var (before, known, after) = (Read(text[..i]).Length, Read(text.Slice(i, 1)).Length, readings.ToList());
            if (readings.Count > 1) break;
            foreach (var other in others)
                readings.AddRange(after.Select(reading => string.Concat(reading.AsSpan(0, before), other, reading.AsSpan(before + known))));
        }

        return [.. readings.Distinct(StringComparer.Ordinal).Take(8)];
    }

    /// <summary>The reading of any Chinese text in one word; characters ICU cannot read are left out.</summary>
    public static string Read(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return "";
        var parts = new string[text.Length];
        for (var i = 0; i < text.Length; i++) parts[i] = ReadCharacter(text[i]);
        return string.Concat(parts);
    }

    /// <summary>All readings of the character of a name at a place, most usual first; none where it cannot be read.</summary>
    public static IReadOnlyList<string> ReadingsAt(string name, int at)
    {
        var usual = ReadCharacter(name[at]);
        IEnumerable<string> readings = [usual, .. CharacterReadings.Others(name[at]) ?? []];
        if (at == 0 && HanScript.IsHan(name[0])) readings = readings.Concat(SurnameReadings.Of(name[..1]) ?? [Surnames.Of(name[..1])]);
        return [.. readings.Where(reading => reading.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static string ReadCharacter(char character)
    {
        if (Characters[character] is { } known) return known;
        if (CharacterReadings.InNames(character) is { } always) return Characters[character] = always;
        var reading = char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character).ToString() : "";
        if (HanScript.IsHan(character) && !char.IsSurrogate(character))
        {
            var read = Texts.Of($"{Neighbour}{character}");
            reading = Letters(read[(read.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        }

        return Characters[character] = reading;
    }

    private static string ReadSurname(string surname)
    {
        var read = OfNames.Transliterate(surname + Neighbour);
        var cut = read.LastIndexOf(' ');
        return Letters(cut < 0 ? read : read[..cut]);
    }

    private static string Letters(string read) => string.Concat(read.Where(char.IsAsciiLetter));
}

using System.Collections.Frozen;
using System.Globalization;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>Numbers in names, however written: digits, ordinals, English words (also with a slip), Roman numerals at the end.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, int> Words = (
        "one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 "
        + "eighteen 18 nineteen 19 twenty 20 thirty 30 forty 40 fourty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90 first 1 second 2 third 3 fourth 4 fifth 5 "
        + "sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 eleventh 11 twelfth 12").Split(' ') is var parts
        ? Enumerable.Range(0, parts.Length / 2).ToFrozenDictionary(at => parts[2 * at], at => int.Parse(parts[(2 * at) + 1], CultureInfo.InvariantCulture))
        : throw new InvalidOperationException();

    private static readonly FrozenDictionary<string, int> Roman = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".Split(' ')
        .Select((text, at) => (text, at)).ToFrozenDictionary(pair => pair.text, pair => pair.at + 1);

    /// <summary>The words that are no numbers, and the numbers in order.</summary>
    public static (string[] Words, string[] Numbers) Take(string[] words)
    {
        var (rest, numbers, open) = (new List<string>(), new List<string>(), 0);
        for (var at = 0; at < words.Length; at++)
        {
            if (Value(words, at) is not { } value) (rest, open) = ([.. rest, words[at]], 0);
            else if (open >= 20 && open % 10 == 0 && value is > 0 and < 10) (numbers[^1], open) = (Text(open + value), 0);
            else (numbers, open) = ([.. numbers, Text(value)], value);
        }

        return rest.Count > 0 ? ([.. rest], [.. numbers]) : (words, []);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int? Value(string[] words, int at)
    {
        var word = words[at];
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return digits;
        if (word.Length > 2 && word[^2..] is "st" or "nd" or "rd" or "th" && int.TryParse(word[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)) return ordinal;
        if (Words.TryGetValue(word, out var known)) return known;
        return at > 0 && at >= words.Length - 2 && Roman.TryGetValue(word, out var roman) ? roman : null;
    }
}

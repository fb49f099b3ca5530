using System.Collections.Frozen;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Reads addresses as words one blank apart, in the order written: words for streets, directions, floors and units in their usual short
/// form (<c>123 Main Street, Suite 900</c> is <c>123 main st ste 900</c>), numbers without noughts in front and without the ending of ordinals, a post-office
/// box in one way. Chinese addresses: <see cref="ChineseAddress"/>.
/// </summary>
internal static class AddressText
{
    private static readonly FrozenDictionary<string, string> Short = (
        "st=street str strt saint|rd=road|ave=avenue av aven|ln=lane|dr=drive drv|blvd=boulevard boul|pl=place plc|ct=court crt|cres=crescent cresent crs|cct=circuit circ|"
        + "cir=circle|hwy=highway|fwy=freeway|expy=expressway|pkwy=parkway|sq=square|ter=terrace tce terr|cl=close|trl=trail|gdns=gardens gdn|gr=grove gve|pde=parade|"
        + "esp=esplanade|plz=plaza|mt=mount|ft=fort|mtn=mountain|hts=heights|pt=point|xing=crossing|rdg=ridge|vw=view|vlg=village vlge|"
        + "n=north|s=south|e=east|w=west|ne=northeast|nw=northwest|se=southeast|sw=southwest|"
        + "ste=suite|apt=apartment appt appartment|fl=floor flr|bldg=building bld|rm=room|unit=unt|po=|no=nr num number|dept=department|ctr=center centre|"
        + "1=first|2=second|3=third|4=fourth|5=fifth|6=sixth|7=seventh|8=eighth|9=ninth|10=tenth").Split('|')
        .Select(row => row.Split('='))
        .SelectMany(row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (Word: word, Code: row[0])))
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Code, StringComparer.Ordinal);

    /// <summary>German streets are written in one word with their kind.</summary>
    private static readonly string[] Joined = ["strasse", "strase"];

    /// <summary>The words of an address or of a line of one.</summary>
    public static string? Read(string written)
    {
        if (HanScript.ContainsHan(written)) return ChineseAddress.Read(written);
        var text = PlainText.Words(written);
        if (text.Length == 0) return null;
        var words = text.Split(' ');
        var kept = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (IsBox(words, i, out var length))
            {
                words[kept++] = "pobox";
                i += length - 1;
                continue;
            }

            if (ShortOf(words[i]) is { Length: > 0 } word) words[kept++] = word;
        }

        return string.Join(' ', words, 0, kept);
    }

    /// <summary>A house's number with its letter, in one word: <c>No. 12 A</c> is <c>12a</c>.</summary>
    public static string? HouseNumber(string written)
    {
        var text = PlainText.Words(written);
        if (text.StartsWith("no ", StringComparison.Ordinal)) text = text[3..];
        text = text.Replace(" ", text.Any(char.IsLetter) ? "" : "-", StringComparison.Ordinal).TrimStart('0');
        return text.Length == 0 ? null : text;
    }

    /// <summary>A postal code without blanks; of five digits and four more the five.</summary>
    public static string? Postcode(string written)
    {
        var text = PlainText.Words(written).Replace(" ", "", StringComparison.Ordinal);
        if (text.Length == 9 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0) text = text[..5];
        return text.Length == 0 || text.AsSpan().IndexOfAnyExcept('0') < 0 ? null : text;
    }

    /// <summary>A town: its words, those that are usually shortened in their short form.</summary>
    public static string? Place(string written)
    {
        if (HanScript.ContainsHan(written)) return HanScript.Simplify(NameText.LettersOf(written)).TrimEnd('市', '县', '区');
        var words = PlainText.Words(written).Split(' ');
        for (var i = 0; i < words.Length; i++)
            if (Short.TryGetValue(words[i], out var word) && word.Length > 0) words[i] = word;
        return string.Join(' ', words);
    }

    private static string ShortOf(string word)
    {
        if (char.IsAsciiDigit(word[0])) return NumberOf(word);
        if (Short.TryGetValue(word, out var found)) return found;
        foreach (var joined in Joined)
            if (word.Length > joined.Length && word.EndsWith(joined, StringComparison.Ordinal)) return $"{word[..^joined.Length]}str";
        return word == Joined[0] ? "st" : word;
    }

    /// <summary>A number without noughts in front, and without the ending of an ordinal (15th).</summary>
    private static string NumberOf(string word)
    {
        var rest = word.AsSpan().TrimStart('0');
        if (rest.Length > 2 && rest[..^2].IndexOfAnyExceptInRange('0', '9') < 0 && rest[^2..] is "st" or "nd" or "rd" or "th") rest = rest[..^2];
        return rest.IsEmpty ? "0" : rest.Length == word.Length ? word : rest.ToString();
    }

    /// <summary>P.O. Box, PO Box, Post Office Box, Box.</summary>
    private static bool IsBox(string[] words, int at, out int length)
    {
        length = words[at] == "pobox" ? 1
            : words[at] == "po" && at + 1 < words.Length && words[at + 1] == "box" ? 2
            : words[at] == "p" && at + 2 < words.Length && words[at + 1] == "o" && words[at + 2] == "box" ? 3
            : words[at] == "post" && at + 2 < words.Length && words[at + 1] == "office" && words[at + 2] == "box" ? 3
            : 0;
        return length > 0;
    }
}

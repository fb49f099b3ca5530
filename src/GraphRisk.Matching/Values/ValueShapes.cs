using System.Buffers;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Values;

/// <summary>What a single value looks like, whatever its heading.</summary>
internal static class ValueShapes
{
    private static readonly SearchValues<char> Ways = SearchValues.Create("路街道巷弄号");
    private static readonly SearchValues<char> Divisions = SearchValues.Create("省市区县镇乡村号楼室栋");

    /// <summary>One mailbox.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && text.IndexOf('.', at) > at + 1 && text.AsSpan().Trim().Length <= 120;
    }

    /// <summary>An address of the web.</summary>
    public static bool IsWebsite(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    /// <summary>Digits as of a telephone, 5 to 15 of them, with nothing else but the usual signs and an extension.</summary>
    public static bool IsPhone(string text)
    {
        var digits = 0;
        foreach (var letter in text)
        {
            if (char.IsAsciiDigit(letter)) digits++;
            else if (!" ()+-./–　（）＋extEXT#转".Contains(letter) && !char.IsWhiteSpace(letter)) return false;
        }

        return digits is >= 5 and <= 18;
    }

    /// <summary>Digits grouped as people write telephone numbers, or behind a plus.</summary>
    public static bool IsWrittenPhone(string text) =>
        IsPhone(text) && text.Count(char.IsAsciiDigit) is >= 7 and <= 15 && (text[0] is '+' or '(' || text.Count(letter => letter is '-' or ' ' or '.') is 1 or 2 or 3);

    /// <summary>A day, month or year in any of the usual forms.</summary>
    public static bool IsDate(string text) => DateParts.Find(text) is { IsWhole: true };

    /// <summary>A number with or without a fraction.</summary>
    public static bool IsNumber(string text) => NumberReading.Find(text) is not null;

    /// <summary>Nothing but digits.</summary>
    public static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>Letters, digits and dividing signs without a blank, a digit among them.</summary>
    public static bool IsCode(string text) =>
        text.Any(char.IsAsciiDigit) && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '/' or '.' or '_' or ':') && !HanScript.ContainsHan(text);

    /// <summary>Words without digits, four at most, as names of persons are.</summary>
    public static bool IsWords(string text) => text.Length is > 0 and <= 60 && !text.Any(char.IsDigit) && WordCount(text) is >= 1 and <= 4 && text.Any(char.IsLetter);

    /// <summary>A number and words, or the parts of a Chinese address.</summary>
    public static bool IsAddress(string text) => HanScript.ContainsHan(text)
        ? text.Length >= 6 && text.AsSpan().ContainsAny(Ways) && text.AsSpan().ContainsAny(Divisions)
        : text.Any(char.IsDigit) && text.Any(char.IsLetter) && WordCount(text) is >= 3 and <= 16;

    /// <summary>How many words blanks part a text into.</summary>
    public static int WordCount(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
            if (!char.IsWhiteSpace(text[i]) && (i == 0 || char.IsWhiteSpace(text[i - 1]))) count++;
        return count;
    }
}

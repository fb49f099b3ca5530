namespace GraphRisk.Matching.Records;

/// <summary>The words of a heading: <c>NAME_FIRST</c>, <c>firstName</c> and <c>First name</c> are the words name, first or first, name; Chinese stays whole.</summary>
internal static class HeadingWords
{
    /// <summary>The words in lower case, numbers apart; empty where there is none.</summary>
    public static List<string> Of(string heading)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= heading.Length; i++)
        {
            var ends = i == heading.Length || !char.IsLetterOrDigit(heading[i]);
            if (!ends && (i == start || !IsBorder(heading[i - 1], heading[i], i + 1 < heading.Length ? heading[i + 1] : ' '))) continue;
            if (i > start) words.Add(heading[start..i].ToLowerInvariant());
            start = ends ? i + 1 : i;
        }

        return words;
    }

    /// <summary>Between a small letter and a capital, a letter and a digit, and before the last capital of several (IDNumber).</summary>
    private static bool IsBorder(char before, char letter, char after) =>
        char.IsLower(before) && char.IsUpper(letter)
        || char.IsDigit(before) != char.IsDigit(letter)
        || char.IsUpper(before) && char.IsUpper(letter) && char.IsLower(after);
}

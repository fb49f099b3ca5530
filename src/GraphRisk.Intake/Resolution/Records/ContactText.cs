using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Resolution.Records;

/// <summary>Telephone numbers, mail and postal addresses in the form they are compared in; null where they say too little.</summary>
internal static class ContactText
{
    private const int ShortestPhone = 7;
    private const int ShortestAddress = 6;

    /// <summary>Digits only, without +86 or 0086 before a number of eleven; fillers and short numbers are none.</summary>
    public static string? Phone(string written)
    {
        var digits = string.Concat(written.Select(IdentifierText.Narrow).Where(char.IsAsciiDigit));
        foreach (var prefix in (ReadOnlySpan<string>)["0086", "86"])
            if (digits.Length == prefix.Length + 11 && digits.StartsWith(prefix, StringComparison.Ordinal)) digits = digits[prefix.Length..];
        return digits.Length < ShortestPhone || FillerValue.Is(digits) ? null : digits;
    }

    /// <summary>Lower case without spaces; null where there is no @ inside.</summary>
    public static string? Email(string written)
    {
        var narrow = NameText.Narrow(written).Trim().ToLowerInvariant();
        return narrow.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < narrow.Length - 3 ? narrow : null;
    }

    /// <summary>Letters and digits in simplified characters; null without a digit, since a street or a district is no address.</summary>
    public static string? Address(string written)
    {
        var letters = HanScript.Simplify(NameText.LettersOf(written));
        return letters.Length >= ShortestAddress && letters.Any(char.IsDigit) ? letters : null;
    }
}

namespace GraphRisk.Matching.Identifiers;

/// <summary>Values people type to get past a form: one character repeated, or a run such as 12345678.</summary>
public static class FillerValue
{
    /// <summary>Whether a normalised value of four or more characters is such a filler; shorter values always are.</summary>
    public static bool Is(ReadOnlySpan<char> value)
    {
        if (value.Length < 4) return true;
        return HasStep(value, 0) || HasStep(value, 1) || HasStep(value, -1) || IsMostlyOneDigit(value);
    }

    private static bool HasStep(ReadOnlySpan<char> value, int step)
    {
        for (var i = 1; i < value.Length; i++)
            if (value[i] - value[i - 1] != step && !(step == 1 && value[i - 1] == '9' && value[i] == '0')) return false;
        return true;
    }

    /// <summary>Nothing but one digit beside at most one other character, as in 100000000000000 or 99999999999999X.</summary>
    private static bool IsMostlyOneDigit(ReadOnlySpan<char> value)
    {
        if (value.Length < 8) return false;
        var most = value[value.Length / 2];
        return char.IsAsciiDigit(most) && value.Count(most) >= value.Length - 1;
    }
}

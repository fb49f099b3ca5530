using System.Globalization;
using System.Text.RegularExpressions;

namespace GraphRisk.Intake.Import;

/// <summary>
/// A share as publishers write it in words: <c>49</c>, <c>49.5%</c>, <c>49,5 %</c>, <c>25-50%</c>, <c>&gt;50</c>, <c>more than 25</c>,
/// <c>1/3</c>. Numbers without a sign are percent. What is written is kept: shares that add to more than 100% are a finding, not
/// an error to mend.
/// </summary>
/// <param name="Exact">The share, 0 to 1; null where only bounds are stated.</param>
/// <param name="Minimum">Lower bound; null where none is stated.</param>
/// <param name="Maximum">Upper bound; null where none is stated.</param>
public readonly partial record struct StatedShare(decimal? Exact, decimal? Minimum, decimal? Maximum)
{
    /// <summary>Reads a share; null where the text is none or lies outside 0 to 100%.</summary>
    public static StatedShare? Parse(string text)
    {
        var match = Form().Match(text.Trim().Replace('％', '%').Replace('–', '-').Replace('—', '-'));
        if (!match.Success || Number(match.Groups["first"].Value) is not { } first) return null;
        if (match.Groups["second"] is { Success: true } upper)
            return Number(upper.Value) is { } second && first <= second ? new StatedShare(null, first, second) : null;
        if (match.Groups["above"].Success) return new StatedShare(null, first, null);
        return match.Groups["below"].Success ? new StatedShare(null, null, first) : new StatedShare(first, null, null);
    }

    private static decimal? Number(string text)
    {
        decimal? share = null;
        if (text.Split('/') is [var top, var bottom])
        {
            if (Read(top) is { } over && Read(bottom) is { } under and > 0) share = over / under;
        }
        else
        {
            share = Read(text.Replace(',', '.')) / 100;
        }

        return share is >= 0 and <= 1 ? share : null;
    }

    private static decimal? Read(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        @"^(?:(?<above>>=?|≥|over|above|more than|at least|не менее|более|свыше|超过|不低于)|(?<below><=?|≤|under|below|less than|up to|at most|менее|до|低于|不超过))?\s*"
        + @"(?<first>\d{1,9}(?:[.,]\d{1,20}|/\d{1,9})?)\s*%?(?:\s*-\s*(?<second>\d{1,3}(?:[.,]\d{1,20})?)\s*%?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

using System.Globalization;
using System.Text.RegularExpressions;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Intake.Import;

/// <summary>
/// A share as publishers write it in words: <c>49</c>, <c>49.5%</c>, <c>49,5 %</c>, <c>25-50%</c>, <c>&gt;50</c>, <c>more than 25</c>,
/// <c>1/3</c>. Numbers without a sign are percent. What is written is kept: shares that add to more than 100% are a finding, not
/// an error to mend.
/// </summary>
/// <param name="Exact">The share, 0 to 1; null where only bounds are stated.</param>
/// <param name="Minimum">Lower bound; null where none is stated.</param>
/// <param name="Maximum">Upper bound; null where none is stated.</param>
/// <param name="MinimumOpen">The share is more than the lower bound, not equal to it.</param>
/// <param name="MaximumOpen">The share is less than the upper bound, not equal to it.</param>
public readonly partial record struct StatedShare(
    decimal? Exact, decimal? Minimum, decimal? Maximum, bool MinimumOpen = false, bool MaximumOpen = false)
{
    /// <summary>Nothing is stated.</summary>
    public static StatedShare Unknown => default;

    /// <summary>
    /// What several statements on one share come to, whatever their order. Exact ones that agree are the share, and ranges beside
    /// them add nothing; exact ones that differ leave the range between them. Of ranges alone what all of them leave open, or,
    /// where they exclude each other, all that any of them allows.
    /// </summary>
    public static StatedShare Best(IReadOnlyCollection<StatedShare> stated)
    {
        var exact = stated.Where(share => share.Exact is not null).Select(share => share.Exact!.Value).Distinct().ToList();
        if (exact.Count == 1) return new StatedShare(exact[0], null, null);
        if (exact.Count > 1) return new StatedShare(null, exact.Min(), exact.Max());
        if (stated.Count == 0) return Unknown;
        var low = stated.Where(share => share.Minimum is not null).OrderByDescending(share => share.Minimum).ThenByDescending(share => share.MinimumOpen).FirstOrDefault();
        var high = stated.Where(share => share.Maximum is not null).OrderBy(share => share.Maximum).ThenByDescending(share => share.MaximumOpen).FirstOrDefault();
        if (low.Minimum > high.Maximum)
        {
            low = stated.Any(share => share.Minimum is null) ? default : stated.MinBy(share => (share.Minimum, share.MinimumOpen));
            high = stated.Any(share => share.Maximum is null) ? default : stated.OrderByDescending(share => share.Maximum).ThenBy(share => share.MaximumOpen).First();
        }

        return new StatedShare(null, low.Minimum, high.Maximum, low.MinimumOpen, high.MaximumOpen);
    }

    /// <summary>Adds what is stated as the fields of a name: <c>share</c>, <c>shareMin</c>, <c>shareMinOpen</c> and so on.</summary>
    internal void AddTo(List<Property> values, string field)
    {
        if (Exact is { } exact) values.Add(new Property(field, PropertyValue.Of(exact)));
        if (Minimum is > 0 and { } least) values.Add(new Property($"{field}Min", PropertyValue.Of(least)));
        if (Minimum is not null && MinimumOpen)
        {
            if (Minimum == 0) values.Add(new Property($"{field}Min", PropertyValue.Of(0m)));
            values.Add(new Property($"{field}MinOpen", PropertyValue.Of(true)));
        }

        if (Maximum is { } most && (most < 1 || MaximumOpen)) values.Add(new Property($"{field}Max", PropertyValue.Of(most)));
        if (Maximum is not null && MaximumOpen) values.Add(new Property($"{field}MaxOpen", PropertyValue.Of(true)));
    }

    /// <summary>Reads a share; null where the text is none or lies outside 0 to 100%.</summary>
    public static StatedShare? Parse(string text)
    {
        var match = Form().Match(text.Trim().Replace('％', '%').Replace('–', '-').Replace('—', '-'));
        if (!match.Success || Number(match.Groups["first"].Value) is not { } first) return null;
        if (match.Groups["second"] is { Success: true } upper)
            return Number(upper.Value) is { } second && first <= second
                ? new StatedShare(null, first, second, match.Groups["above"].Success && IsStrict(match.Groups["above"].Value)) : null;
        if (match.Groups["above"] is { Success: true } above) return new StatedShare(null, first, null, MinimumOpen: IsStrict(above.Value));
        return match.Groups["below"] is { Success: true } below
            ? new StatedShare(null, null, first, MaximumOpen: IsStrict(below.Value)) : new StatedShare(first, null, null);
    }

    /// <summary>Whether the words exclude the number itself.</summary>
    private static bool IsStrict(string words) => words.Trim().ToLowerInvariant() is ">" or "<" or "over" or "above" or "more than" or "under" or "below"
        or "less than" or "более" or "свыше" or "менее" or "超过" or "高于" or "低于" or "不足";

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
        @"^(?:(?<above>>=?|≥|over|above|more than|at least|не менее|более|свыше|超过|高于|不低于|不少于)|(?<below><=?|≤|under|below|less than|up to|at most|не более|менее|до|低于|不足|不超过|不高于))?\s*"
        + @"(?<first>\d{1,9}(?:[.,]\d{1,20}|/\d{1,9})?)\s*%?(?:\s*(?:-|to|up to|and up to|but not more than|至)\s*(?<second>\d{1,3}(?:[.,]\d{1,20})?)\s*%?)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

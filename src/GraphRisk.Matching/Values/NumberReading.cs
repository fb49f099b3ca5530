using System.Globalization;

namespace GraphRisk.Matching.Values;

/// <summary>Reads measures: thousands divided by commas, a currency or percent sign around them.</summary>
internal static class NumberReading
{
    private const int Longest = 30;

    /// <summary>The number without what does not count, such as noughts at its end; null where a text is none.</summary>
    public static string? Find(string written)
    {
        var text = written.AsSpan().Trim(" $€£¥￥%元\t");
        return text.Length is > 0 and <= Longest && decimal.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############", CultureInfo.InvariantCulture)
            : null;
    }
}

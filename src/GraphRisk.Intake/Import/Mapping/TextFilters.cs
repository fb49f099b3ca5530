using System.Collections.Frozen;
using GraphRisk.Intake.Text;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Turns a column's text into another, or into nothing where it is not of the expected form.</summary>
public delegate ReadOnlySpan<char> TextFilter(ReadOnlySpan<char> text);

/// <summary>The filters a mapping may name.</summary>
public static class TextFilters
{
    /// <summary>By name.</summary>
    public static FrozenDictionary<string, TextFilter> All { get; } = new Dictionary<string, TextFilter>(StringComparer.Ordinal)
    {
        ["upper"] = text => text.ToString().ToUpperInvariant(),
        ["case"] = text => CaseNumber.Parse(text)?.Text ?? "",
        ["compact"] = text => string.Concat(text.ToString().Where(c => !char.IsWhiteSpace(c))),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}

using System.Collections.Frozen;

namespace GraphRisk.Matching.Identifiers;

/// <summary>
/// The first two digits of GB/T 2260: the province-level divisions. The six-digit codes change by the year, and numbers
/// keep the code of the day they were issued, so only the province is held against the list.
/// </summary>
public static class RegionCode
{
    private static readonly FrozenSet<string> Provinces = new[]
    {
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the code starts with an assigned province; 83 stands for residents from Taiwan.</summary>
    public static bool IsAssigned(ReadOnlySpan<char> code) =>
        code.Length >= 2 && Provinces.GetAlternateLookup<ReadOnlySpan<char>>().Contains(code[..2]);
}

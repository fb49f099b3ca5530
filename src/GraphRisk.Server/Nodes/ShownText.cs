using System.Globalization;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Nodes;

/// <summary>Values of fields that only the answer names, as text.</summary>
internal static class ShownText
{
    /// <summary>A value as it is shown to the viewer: numbers and days as in facts, lists with a comma between.</summary>
    public static string? Of(object? value) => value switch
    {
        null => null,
        bool truth => truth ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset instant => PropertyText.Of(PropertyValue.Of(instant)),
        decimal number => PropertyText.Of(PropertyValue.Of(number)),
        IEnumerable<string> texts => string.Join(", ", texts),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

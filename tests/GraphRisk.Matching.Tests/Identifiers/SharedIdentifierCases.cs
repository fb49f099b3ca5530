using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Matching.Tests.Identifiers;

/// <summary>The shared case file on identifiers and surnames.</summary>
internal static class SharedIdentifierCases
{
    public static JsonElement Load(string section)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Require("cases/identifiers.json")));
        return document.RootElement.GetProperty(section).Clone();
    }

    public static IEnumerable<string> Texts(this JsonElement section, string name) =>
        section.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);
}

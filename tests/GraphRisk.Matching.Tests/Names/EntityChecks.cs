using System.Text.RegularExpressions;

namespace GraphRisk.Matching.Tests.Names;

/// <summary>A pair of entities that are one or not.</summary>
/// <param name="Schema">What they are.</param>
/// <param name="Query">Name of the one, put together where it is given in parts.</param>
/// <param name="Candidate">Name of the other.</param>
/// <param name="IsMatch">They are one.</param>
internal sealed record EntityCheck(string Schema, string Query, string Candidate, bool IsMatch);

/// <summary>Reads the shared file of checks, of whose YAML only blocks of plain and quoted scalars are used.</summary>
internal static partial class EntityChecks
{
    private static readonly string[] Parts = ["firstName", "middleName", "fatherName", "lastName"];

    public static List<EntityCheck> Read(string file)
    {
        var checks = new List<EntityCheck>();
        foreach (var block in Start().Split(File.ReadAllText(file)).Skip(1))
        {
            var text = Comment().Replace(block, "");
            checks.Add(new EntityCheck(Field(text, "schema"), NameIn(Side(text, "query")), NameIn(Side(text, "candidate")), text.TrimStart().StartsWith("true", StringComparison.Ordinal)));
        }

        return checks;
    }

    private static string Side(string text, string side) => Regex.Match(text, $@"\n    {side}:\n((?:      .*\n?)+)").Groups[1].Value;

    private static string NameIn(string side) => side.Contains("      name:", StringComparison.Ordinal) ? Field(side, "name")
        : string.Join(' ', Parts.Select(part => Field(side, part)).Where(part => part.Length > 0));

    private static string Field(string text, string field)
    {
        var value = Regex.Match(text, $@"(?:^|\n) +{field}: (.*(?:\n        .*)*)").Groups[1].Value;
        value = string.Join(' ', value.Split('\n').Select(line => line.Trim()));
        return value is ['"' or '\'', .., '"' or '\''] ? value[1..^1].Replace("''", "'", StringComparison.Ordinal) : value;
    }

    [GeneratedRegex(@"^  - match: ", RegexOptions.Multiline)]
    private static partial Regex Start();

    [GeneratedRegex(@"^ *#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();
}

using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Matching.Names;

namespace GraphRisk.Cli.Composition;

/// <summary>The names of a party as people type them who do not write them as they stand: in simplified characters, in pinyin in one word and in two, by first letters.</summary>
internal static class PartyReadings
{
    private static readonly string[] Names = ["name", "aliases", "formerNames"];

    /// <param name="believed">What is believed of the party.</param>
    public static ImmutableArray<string> Of(Properties believed)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var field in Names)
        {
            if (!believed.TryGet(field, out var value)) continue;
            foreach (var name in value.Kind == FieldKind.StringList ? value.AsStrings() : [value.AsString()]) Add(found, name);
        }

        return [.. found];
    }

    private static void Add(SortedSet<string> found, string name)
    {
        var simplified = HanScript.Simplify(name);
        if (simplified != name) found.Add(simplified);
        var han = string.Concat(simplified.Where(HanScript.IsHan));
        if (han.Length == 0) return;
        foreach (var reading in Pinyin.OfName(han))
        {
            found.Add(reading.Joined);
            found.Add($"{reading.Surname} {reading.Given}".TrimEnd());
        }

        found.Add(string.Concat(han.Select(character => Pinyin.Read([character])).Where(read => read.Length > 0).Select(read => read[0])));
    }
}

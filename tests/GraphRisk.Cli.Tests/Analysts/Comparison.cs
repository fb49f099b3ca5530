using System.Text.Json;

namespace GraphRisk.Cli.Tests.Analysts;

/// <summary>Rows of Cypher against answers of GraphQL.</summary>
internal static class Comparison
{
    public const double Exact = 1e-9;

    /// <summary>The same keys, and for each key the same values: of a column, and of the path in the answer that it is to equal.</summary>
    public static void AssertSame(
        IEnumerable<Dictionary<string, object?>> rows, Func<Dictionary<string, object?>, string> keyOfRow,
        IEnumerable<JsonElement> answers, Func<JsonElement, string> keyOfAnswer, params (string Column, string Path)[] values)
    {
        var stated = rows.ToDictionary(keyOfRow);
        var answered = answers.ToDictionary(keyOfAnswer);
        Assert.That(stated.Keys, Is.EquivalentTo(answered.Keys));
        foreach (var (key, row) in stated)
            foreach (var (column, path) in values)
                AssertSame(row[column], answered[key].At(path), $"{column} of {key}");
    }

    /// <summary>The same value: numbers within the tolerance, a list by how many it holds.</summary>
    public static void AssertSame(object? stated, JsonElement answered, string what)
    {
        if (answered.ValueKind == JsonValueKind.Array) Assert.That(answered.GetArrayLength(), Is.EqualTo(stated), what);
        else if (stated is long or double) AssertNear(Convert.ToDouble(stated, null), answered, what);
        else Assert.That(answered.ToString(), Is.EqualTo(stated is DateOnly day ? $"{day:yyyy-MM-dd}" : $"{stated}"), what);
    }

    /// <summary>
    /// As many chains as the row counts, up to the 20 that GraphQL shows of a stake, and where these are all, the shortest of as
    /// many holdings.
    /// </summary>
    public static void AssertChains(Dictionary<string, object?> row, JsonElement chains)
    {
        var count = (long)row["chains"]!;
        Assert.That(chains.GetArrayLength(), Is.EqualTo(Math.Min(count, 20)));
        if (count <= 20 && row.TryGetValue("shortest", out var shortest))
            Assert.That(chains.EnumerateArray().Min(chain => chain.At("shares").GetArrayLength()), Is.EqualTo(shortest));
    }

    /// <summary>Every circle of at most so many that visits none twice, each from its first member in order, with what is on its steps.</summary>
    public static IEnumerable<(List<string> Members, List<double> Steps)> Circles(Dictionary<string, Dictionary<string, double>> next, int longest)
    {
        IEnumerable<(List<string>, List<double>)> From(List<string> members, List<double> steps)
        {
            foreach (var (other, step) in next[members[^1]])
            {
                if (other == members[0] && members.Count > 1) yield return (members, [.. steps, step]);
                if (members.Count == longest || !next.ContainsKey(other) || members.Contains(other) || string.CompareOrdinal(other, members[0]) < 0) continue;
                foreach (var circle in From([.. members, other], [.. steps, step])) yield return circle;
            }
        }

        return next.Keys.SelectMany(first => From([first], []));
    }

    /// <summary>Who reaches a party and is reached by it, itself among them.</summary>
    public static IEnumerable<string> InOneCircle(Dictionary<string, Dictionary<string, double>> next, string party)
    {
        HashSet<string> Reached(string from)
        {
            var (found, open) = (new HashSet<string>(), new Stack<string>([from]));
            while (open.TryPop(out var at))
                foreach (var other in next.GetValueOrDefault(at)?.Keys ?? Enumerable.Empty<string>())
                    if (found.Add(other)) open.Push(other);
            return found;
        }

        return Reached(party).Where(other => Reached(other).Contains(party));
    }

    private static void AssertNear(double stated, JsonElement answered, string what)
    {
        Assert.That(answered.ValueKind, Is.EqualTo(JsonValueKind.Number), what);
        Assert.That(answered.GetDouble(), Is.EqualTo(stated).Within(Exact * Math.Max(1, Math.Abs(stated))), what);
    }
}

using System.Globalization;
using System.Text.Json;

namespace GraphRisk.TestKit;

/// <summary>Reads the shared cases.</summary>
public static class Cases
{
    /// <summary>A file of <c>cases/</c>, such as <c>ownership.json</c>; ends the test as skipped where it is absent.</summary>
    public static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedData.Require($"cases/{file}")));
        return document.RootElement.Clone();
    }

    /// <summary>A number, or a fraction written <c>"165/112"</c>.</summary>
    public static double Number(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
        var parts = value.GetString()!.Split('/');
        var number = double.Parse(parts[0], CultureInfo.InvariantCulture);
        return parts.Length == 1 ? number : number / double.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    /// <summary>A list of numbers or fractions.</summary>
    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    /// <summary>A list of whole numbers.</summary>
    public static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>A matrix by rows.</summary>
    public static double[][] Matrix(JsonElement rows) => [.. rows.EnumerateArray().Select(Numbers)];

    /// <summary>A list of texts.</summary>
    public static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>Nodes and edges of an ownership case: names are numbered in the order in which they are met.</summary>
    public static NamedEdges Edges(JsonElement edges, params IEnumerable<string> alsoNamed)
    {
        var names = new List<string>();
        int NumberOf(string name)
        {
            if (!names.Contains(name)) names.Add(name);
            return names.IndexOf(name);
        }

        List<ShareEdge> read = [.. edges.EnumerateArray().Select(edge => new ShareEdge(
            NumberOf(edge[0].GetString()!), NumberOf(edge[1].GetString()!), edge[2].GetDecimal()))];
        foreach (var name in alsoNamed) NumberOf(name);
        return new NamedEdges([.. names], [.. read]);
    }
}

/// <summary>The edges of a case with the names of its nodes.</summary>
public sealed record NamedEdges(string[] Names, ShareEdge[] Edges)
{
    /// <summary>Number of a name.</summary>
    public int this[string name] => Array.IndexOf(Names, name);
}

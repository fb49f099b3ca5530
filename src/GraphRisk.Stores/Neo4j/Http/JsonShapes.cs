using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>Lists and maps, which are alike in both forms of the API's JSON but for what they hold.</summary>
internal static class JsonShapes
{
    /// <summary>Names met lately: a whole graph has a few hundred and says them in every row. Races are harmless, each entry is a whole name.</summary>
    private static readonly string?[] Names = new string?[512];

    /// <summary>Reads one value at the reader's current token.</summary>
    public delegate object? ValueReader(ref Utf8JsonReader json);

    /// <summary>Reads the rest of an array whose start is the current token.</summary>
    public static object?[] ReadList(ref Utf8JsonReader json, ValueReader read)
    {
        var items = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(read(ref json));
        return [.. items];
    }

    /// <summary>Reads the rest of an object whose start is the current token.</summary>
    public static Dictionary<string, object?> ReadMap(ref Utf8JsonReader json, ValueReader read)
    {
        var map = new Dictionary<string, object?>(24, StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = ReadName(ref json);
            json.Read();
            map[name] = read(ref json);
        }

        return map;
    }

    private static string ReadName(ref Utf8JsonReader json)
    {
        if (json.HasValueSequence || json.ValueSpan.IsEmpty) return json.GetString()!;
        var text = json.ValueSpan;
        ref var met = ref Names[((text.Length * 67) + (text[0] * 31) + text[^1]) % Names.Length];
        return met is { } name && json.ValueTextEquals(name) ? name : met = json.GetString()!;
    }
}

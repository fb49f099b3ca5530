using System.Text.Json;

namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>Lists and maps, which are alike in both forms of the API's JSON but for what they hold.</summary>
internal static class JsonShapes
{
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
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            map[name] = read(ref json);
        }

        return map;
    }
}

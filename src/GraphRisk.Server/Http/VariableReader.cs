using System.Text.Json;
using GraphQL;

namespace GraphRisk.Server.Http;

/// <summary>
/// Builds the executor's inputs from a JSON object. Numbers keep what they say: an int or long where one fits, then a
/// decimal, then a double. A name stated twice in one object is refused. Nesting is bounded by the JSON reader (64).
/// </summary>
internal static class VariableReader
{
    /// <param name="map">A JSON object in UTF-8, known to be well-formed, or empty.</param>
    /// <exception cref="TypedError">A name is stated twice, or a number or text can't be represented.</exception>
    public static Inputs Read(ReadOnlySpan<byte> map)
    {
        if (map.IsEmpty) return Inputs.Empty;
        var json = new Utf8JsonReader(map);
        json.Read();
        try
        {
            return new Inputs(ReadObject(ref json));
        }
        catch (InvalidOperationException)
        {
            throw Invalid("A text in the variables is not Unicode.");
        }
    }

    private static Dictionary<string, object?> ReadObject(ref Utf8JsonReader json)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = json.GetString()!;
            json.Read();
            if (!members.TryAdd(name, ReadValue(ref json))) throw Invalid($"The variables state '{name}' twice.");
        }
        return members;
    }

    private static List<object?> ReadArray(ref Utf8JsonReader json)
    {
        var items = new List<object?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref json));
        return items;
    }

    private static object? ReadValue(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref json),
        JsonTokenType.StartArray => ReadArray(ref json),
        JsonTokenType.String => json.GetString(),
        JsonTokenType.Number => ReadNumber(ref json),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static object ReadNumber(ref Utf8JsonReader json)
    {
        if (json.TryGetInt32(out var int32)) return int32;
        if (json.TryGetInt64(out var int64)) return int64;
        if (json.TryGetDecimal(out var exact)) return exact;
        return json.TryGetDouble(out var rounded) && double.IsFinite(rounded)
            ? rounded
            : throw Invalid("A number in the variables is out of range.");
    }

    private static TypedError Invalid(string message) => new(ErrorCodes.ValidationFailed, message);
}

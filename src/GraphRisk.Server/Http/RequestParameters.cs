using System.Text.Json;

namespace GraphRisk.Server.Http;

/// <summary>
/// Reads the JSON object of a POST: <c>query</c>, <c>operationName</c>, <c>variables</c>, <c>extensions</c>, each of its
/// own type or null; members of other names are let be. A member stated twice is refused, since the guard and the
/// executor must never read different ones. Variables and extensions stay as bytes, so nothing is built before it is
/// measured.
/// </summary>
internal ref struct RequestParameters(ReadOnlyMemory<byte> body)
{
    private readonly ReadOnlyMemory<byte> body = body;
    private Utf8JsonReader json = new(body.Span);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private ReadOnlyMemory<byte>? query;
    private string? operationName;
    private ReadOnlyMemory<byte> variables;
    private ReadOnlyMemory<byte> extensions;

    public static (QueryRequest? Request, HttpRefusal? Refusal) Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0) return (null, HttpRefusal.BadRequest("The body is empty; it must be a JSON object."));
        try
        {
            return new RequestParameters(body).ReadObject();
        }
        catch (JsonException)
        {
            return (null, HttpRefusal.BadRequest("The body is not JSON."));
        }
        catch (InvalidOperationException)
        {
            return (null, HttpRefusal.BadRequest("A text in the body is not Unicode."));
        }
    }

    /// <summary>A request without a text: it names a persisted query, or is refused.</summary>
    public static (QueryRequest?, HttpRefusal?) WithoutText(string? operationName, ReadOnlyMemory<byte> variables, ReadOnlyMemory<byte> extensions) =>
        extensions.Span.IndexOf("\"persistedQuery\""u8) >= 0
            ? (new QueryRequest(default, operationName, variables, extensions), null)
            : (null, HttpRefusal.BadRequest("The parameter 'query' is missing."));

    private (QueryRequest?, HttpRefusal?) ReadObject()
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) return Refuse("The body is not a JSON object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            if (!seen.Add(name)) return Refuse($"The parameter '{name}' is stated twice.");
            json.Read();
            if (!ReadMember(name)) return Refuse($"The parameter '{name}' has the wrong type.");
        }
        json.Read(); // Throws when something follows the object.
        return query is { } text
            ? (new QueryRequest(text, operationName, variables, extensions), null)
            : WithoutText(operationName, variables, extensions);
    }

    private static (QueryRequest?, HttpRefusal?) Refuse(string message) => (null, HttpRefusal.BadRequest(message));

    private bool ReadMember(string name)
    {
        switch (name)
        {
            case "query":
                if (json.TokenType == JsonTokenType.Null) return true;
                if (json.TokenType != JsonTokenType.String) return false;
                query = Text();
                return true;
            case "operationName":
                operationName = json.TokenType == JsonTokenType.String ? json.GetString() : null;
                return json.TokenType is JsonTokenType.String or JsonTokenType.Null;
            case "variables":
                return ReadMap(ref variables);
            case "extensions":
                return ReadMap(ref extensions);
            default:
                json.Skip();
                return true;
        }
    }

    private bool ReadMap(ref ReadOnlyMemory<byte> map)
    {
        var start = (int)json.TokenStartIndex;
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null)) return false;
        var isNull = json.TokenType == JsonTokenType.Null;
        json.Skip();
        if (!isNull) map = body[start..(int)json.BytesConsumed];
        return true;
    }

    private ReadOnlyMemory<byte> Text()
    {
        if (!json.ValueIsEscaped) return body.Slice((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
        var text = new byte[json.ValueSpan.Length];
        return text.AsMemory(0, json.CopyString(text));
    }
}

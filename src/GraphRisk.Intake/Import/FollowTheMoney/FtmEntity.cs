using System.Text.Json;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>One FollowTheMoney entity: an id, a schema and properties, each a list of texts.</summary>
/// <param name="Id">Id, unique in the collection.</param>
/// <param name="Schema">Schema, such as Person or Ownership.</param>
/// <param name="Caption">The name to show.</param>
/// <param name="Datasets">Collections it stands in.</param>
/// <param name="Properties">Values by name of the property; absent properties have no entry.</param>
public sealed record FtmEntity(
    string Id, string Schema, string Caption, IReadOnlyList<string> Datasets, IReadOnlyDictionary<string, IReadOnlyList<string>> Properties)
{
    /// <summary>The values of a property, none where it is absent.</summary>
    public IReadOnlyList<string> All(string property) => Properties.TryGetValue(property, out var values) ? values : [];

    /// <summary>The values of several properties, in their order.</summary>
    public IEnumerable<string> AllOf(params IEnumerable<string> properties) => properties.SelectMany(All);

    /// <summary>
    /// One value of the first property that has any, or null. A list has no order: of several the longest says most, of equally
    /// long ones the first by its characters, so that the same values give the same answer however they stand.
    /// </summary>
    public string? One(params IEnumerable<string> properties)
    {
        foreach (var property in properties)
            if (All(property) is { Count: > 0 } values) return values.OrderByDescending(text => text.Length).ThenBy(text => text, StringComparer.Ordinal).First();
        return null;
    }

    /// <summary>What is believed of a date that several values state; null where there is none. What cannot be read or differs is noted.</summary>
    public PartialDay? DateOf(string property, bool latest, List<RecordFault> findings)
    {
        var dates = new List<PartialDay>();
        foreach (var text in All(property))
        {
            if (StatedDay.Parse(text) is not { } date) findings.Add(new RecordFault(property, $"is '{text}', which is not a date"));
            else if (NoEnd.Placeholder(date.First, text, latest) is { } placeholder) findings.Add(new RecordFault(property, placeholder));
            else dates.Add(date);
        }

        var best = PartialDay.Best(dates, latest, out var differ);
        if (differ) findings.Add(new RecordFault(property, $"has dates that differ: {string.Join(", ", All(property).Order(StringComparer.Ordinal))}"));
        return best;
    }

    /// <summary>Every date that several values of properties state, each once, in order; null where they say no more than one whole day does, or nothing.</summary>
    public IReadOnlyList<string>? DatesOf(params IEnumerable<string> properties)
    {
        var dates = AllOf(properties).Select(StatedDay.Parse).OfType<PartialDay>().Where(date => NoEnd.Placeholder(date.First, date.ToString(), false) is null).Distinct().OrderBy(date => date.ToString(), StringComparer.Ordinal).ToList();
        return dates is [] or [{ Whole: not null }] ? null : [.. dates.Select(date => date.ToString())];
    }

    /// <summary>Reads an entity; null, with what is wrong, where the bytes are none.</summary>
    public static FtmEntity? Parse(ReadOnlyMemory<byte> utf8, out RecordFault? fault)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement, out fault);
        }
        catch (JsonException error)
        {
            fault = new RecordFault(null, $"is not JSON at byte {error.BytePositionInLine}, or states a key twice");
            return null;
        }
        catch (InvalidOperationException)
        {
            fault = new RecordFault(null, "holds an escape that is half of a character");
            return null;
        }
    }

    private static FtmEntity? Read(JsonElement root, out RecordFault? fault)
    {
        fault = null;
        if (root.ValueKind != JsonValueKind.Object) fault = new RecordFault(null, "is not a JSON object");
        else if (Text(root, "id") is not { } id) fault = new RecordFault("id", "is missing or not text");
        else if (Text(root, "schema") is not { } schema) fault = new RecordFault("schema", "is missing or not text");
        else if (!root.TryGetProperty("properties", out var map) || map.ValueKind != JsonValueKind.Object)
            fault = new RecordFault("properties", "is missing or no object");
        else if (ReadProperties(map, out fault) is { } properties)
            return new FtmEntity(id, schema, Text(root, "caption") ?? "", ReadList(root, "datasets"), properties);
        return null;
    }

    private static Dictionary<string, IReadOnlyList<string>>? ReadProperties(JsonElement map, out RecordFault? fault)
    {
        fault = null;
        var properties = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var property in map.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Array || property.Value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            {
                fault = new RecordFault(property.Name, "is not a list of texts");
                return null;
            }

            var values = property.Value.EnumerateArray().Select(item => item.GetString()!.Trim()).Where(text => text.Length > 0).ToList();
            if (values.Find(text => Mapping.Controls.FindIn(text) >= 0) is not null)
            {
                fault = new RecordFault(property.Name, "holds a control character");
                return null;
            }

            if (values.Count > 0) properties.Add(property.Name, values);
        }

        return properties;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            && Mapping.Controls.FindIn(text) < 0 ? text : null;

    private static List<string> ReadList(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : [];
}

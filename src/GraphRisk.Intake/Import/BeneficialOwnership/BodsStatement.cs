using System.Text.Json;
using GraphRisk.Matching.Values;

namespace GraphRisk.Intake.Import.BeneficialOwnership;

/// <summary>One statement after the Beneficial Ownership Data Standard 0.4: about an entity, a person or a relationship.</summary>
/// <param name="Id">Id of the statement.</param>
/// <param name="RecordId">Id of the record it is a version of.</param>
/// <param name="Type">entity, person or relationship.</param>
/// <param name="Status">new, updated or closed; null where it is not said.</param>
/// <param name="Date">Day on which it was made; null where it is not said.</param>
/// <param name="Details">What it says.</param>
public sealed record BodsStatement(string Id, string RecordId, string Type, string? Status, DateOnly? Date, JsonElement Details)
{
    /// <summary>Reads a statement; null, with what is wrong, where the bytes are none.</summary>
    public static BodsStatement? Parse(ReadOnlyMemory<byte> utf8, out RecordFault? fault)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement.Clone(), out fault);
        }
        catch (JsonException error)
        {
            fault = new RecordFault(null, $"is not JSON at byte {error.BytePositionInLine}, or states a key twice");
        }
        catch (Exception error) when (error is InvalidOperationException or BodsFault)
        {
            fault = error is BodsFault { Fault: { } found } ? found : new RecordFault(null, "holds an escape that is half of a character");
        }

        return null;
    }

    private static BodsStatement? Read(JsonElement root, out RecordFault? fault)
    {
        fault = null;
        var type = root.NeedText("recordType");
        if (type is not ("entity" or "person" or "relationship"))
            fault = new RecordFault("recordType", $"is '{type}', which is none of entity, person, relationship");
        var status = root.Text("recordStatus");
        if (status is not (null or "new" or "updated" or "closed"))
            fault = new RecordFault("recordStatus", $"is '{status}', which is none of new, updated, closed");
        return fault is not null
            ? null
            : new BodsStatement(
                root.NeedText("statementId"), root.NeedText("recordId"), type, status, root.Date("statementDate")?.First, root.NeedObject("recordDetails"));
    }
}

/// <summary>A statement holds something of the wrong kind.</summary>
internal sealed class BodsFault(RecordFault fault) : Exception(fault.ToString())
{
    public BodsFault(string field, string reason)
        : this(new RecordFault(field, reason))
    {
    }

    public RecordFault Fault { get; } = fault;
}

/// <summary>Reads the fields of statements strictly: what is there must be of the kind the standard says.</summary>
internal static class BodsJson
{
    /// <summary>A text; null where it is absent or null.</summary>
    /// <exception cref="BodsFault">It is something else, or damaged.</exception>
    public static string? Text(this JsonElement parent, string name)
    {
        if (parent.Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) throw new BodsFault(name, $"is a {value.ValueKind}, text is expected");
        var text = value.GetString()!.Trim();
        if (Mapping.Controls.FindIn(text) >= 0) throw new BodsFault(name, "holds a control character");
        return text.Length > 0 ? text : null;
    }

    public static string NeedText(this JsonElement parent, string name) => parent.Text(name) ?? throw new BodsFault(name, "is missing");

    /// <summary>A truth value; null where it is absent.</summary>
    public static bool? Truth(this JsonElement parent, string name) => parent.Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new BodsFault(name, $"is a {value.ValueKind}, true or false is expected"),
    };

    /// <summary>A percentage as a fraction; null where it is absent, or, noted, where it is no such number.</summary>
    public static decimal? Percent(this JsonElement parent, string name, List<RecordFault> findings)
    {
        if (parent.Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is >= 0 and <= 100) return number / 100;
        findings.Add(new RecordFault(name, $"is {Shown(value)}, which is no number between 0 and 100"));
        return null;
    }

    private static string Shown(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? $"{text[..60]}..." : value.GetRawText();

    /// <summary>A date; null where it is absent.</summary>
    /// <exception cref="BodsFault">It is no date, and nobody notes findings.</exception>
    public static PartialDay? Date(this JsonElement parent, string name, List<RecordFault>? findings = null)
    {
        if (parent.Text(name) is not { } text) return null;
        var date = StatedDay.Parse(text);
        var reason = date is { } read ? NoEnd.Placeholder(read.First, text, NoEnd.MayBe(name)) : $"is '{text}', which is not a date";
        if (reason is null) return date;
        if (findings is null) throw new BodsFault(name, reason);
        findings.Add(new RecordFault(name, reason));
        return null;
    }

    public static JsonElement? Object(this JsonElement parent, string name) => parent.Find(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Object ? value : throw new BodsFault(name, $"is a {value.ValueKind}, an object is expected");

    public static JsonElement NeedObject(this JsonElement parent, string name) => parent.Object(name) ?? throw new BodsFault(name, "is missing");

    /// <summary>The objects of a list; none where it is absent.</summary>
    public static IReadOnlyList<JsonElement> Objects(this JsonElement parent, string name)
    {
        if (parent.Find(name) is not { } value) return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            throw new BodsFault(name, "is not a list of objects");
        return [.. value.EnumerateArray()];
    }

    private static JsonElement? Find(this JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object) throw new BodsFault(name, $"is asked of a {parent.ValueKind}");
        return parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GraphRisk.Market.Stress;

/// <summary>
/// Holds a text against the fields of <see cref="Scenario"/> before it is read: fields that are not known, stand twice, are
/// missing, or are null where something must stand. What it says is in terms of the scenario: names of fields, never of types.
/// </summary>
internal static class ScenarioShape
{
    /// <summary>Complains of the first thing that is wrong.</summary>
    /// <exception cref="ScenarioException">The message names field and reason.</exception>
    public static void Require(JsonElement root, JsonSerializerOptions options, string origin) =>
        Require(root, options.GetTypeInfo(typeof(Scenario)), "$", NameOf(root) ?? origin);

    private static string? NameOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static void Require(JsonElement element, JsonTypeInfo type, string path, string scenario)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        if (element.ValueKind != JsonValueKind.Object)
            throw new ScenarioException(scenario, path, $"is to hold {{ }} with fields; they are {NamesOf(type.Properties)}.");
        var stated = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in element.EnumerateObject())
        {
            var known = type.Properties.FirstOrDefault(property => property.Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase))
                ?? throw new ScenarioException(scenario, $"{path}.{field.Name}", $"there is no field '{field.Name}'; fields here are {NamesOf(type.Properties)}.");
            if (!stated.Add(field.Name)) throw new ScenarioException(scenario, $"{path}.{field.Name}", "stands twice; which of them counts is not known.");
            RequireValue(field.Value, known, type, $"{path}.{known.Name}", scenario);
        }

        if (type.Properties.FirstOrDefault(property => IsNeeded(property) && !stated.Contains(property.Name)) is { } missing)
            throw new ScenarioException(scenario, path, $"the field '{missing.Name}' is missing; needed are {NamesOf(type.Properties.Where(IsNeeded))}.");
    }

    private static void RequireValue(JsonElement value, JsonPropertyInfo field, JsonTypeInfo owner, string path, string scenario)
    {
        var type = Nullable.GetUnderlyingType(field.PropertyType) ?? field.PropertyType;
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!MayBeNull(field)) throw new ScenarioException(scenario, path, IsNeeded(field) ? "is null; it is needed." : "is null; leave it out instead.");
            return;
        }

        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(ImmutableArray<>))
        {
            Require(value, owner.Options.GetTypeInfo(type), path, scenario);
            return;
        }

        if (value.ValueKind != JsonValueKind.Array) throw new ScenarioException(scenario, path, "is to hold a list, [ ].");
        var item = owner.Options.GetTypeInfo(type.GetGenericArguments()[0]);
        foreach (var (i, one) in value.EnumerateArray().Index())
        {
            if (one.ValueKind == JsonValueKind.Null) throw new ScenarioException(scenario, $"{path}[{i}]", "is null; a list holds none.");
            Require(one, item, $"{path}[{i}]", scenario);
        }
    }

    private static bool MayBeNull(JsonPropertyInfo field) => field.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(field.PropertyType) is not null
        : field.AssociatedParameter?.IsNullable ?? field.IsSetNullable;

    private static bool IsNeeded(JsonPropertyInfo field) =>
        field.IsRequired || field.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false } && !MayBeNull(field);

    private static string NamesOf(IEnumerable<JsonPropertyInfo> fields) => string.Join(", ", fields.Select(field => field.Name));
}

namespace GraphRisk.Graph.Schema;

/// <summary>What fields of nodes and of relationships may be, as a table of what must not be.</summary>
internal static class FieldRules
{
    private static readonly (string Fault, Func<Field, bool> Applies)[] OfAll =
    [
        ("is named as what a graph store keeps the node's own key in", field => field.Name == "key"),
        ("has @range and is not a number",
            field => (field.Minimum ?? field.Maximum) is not null && field.Kind is not (FieldKind.Decimal or FieldKind.Integer)),
        ("has @range with its lower bound above the upper", field => field.Minimum > field.Maximum),
        ("has @identifier and is not text",
            field => field.IdentifierScheme is not null && field.Kind is not (FieldKind.String or FieldKind.StringList)),
        ("has @identifier with an empty scheme", field => field.IdentifierScheme is ""),
        ("has @searchable and is not text",
            field => field.Searchable && field.Kind is not (FieldKind.String or FieldKind.StringList)),
        ("has @codes and is not String", field => field.Codes is not null && field.Kind != FieldKind.String),
        ("has @caption and is a list", field => field.Caption && field.Kind == FieldKind.StringList),
        ("has @series and is not Decimal", field => field.Series && field.Kind != FieldKind.Decimal),
        ("has @unique and is not String", field => field.Unique && field.Kind != FieldKind.String),
    ];

    private static readonly (string Fault, Func<Field, bool> Applies)[] OfRelationships =
    [
        ("has @series, which only nodes' fields may have", field => field.Series),
        ("has @unique, which only nodes' fields may have", field => field.Unique),
        ("has @caption, which only nodes' fields may have", field => field.Caption),
        ("has @identifier, which only nodes' fields may have", field => field.IdentifierScheme is not null),
    ];

    /// <exception cref="SchemaException">A field breaks a rule.</exception>
    public static void Check(string type, IEnumerable<Field> fields, bool ofRelationship)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? unique = null;
        foreach (var field in fields)
        {
            if (!names.Add(field.Name)) throw new SchemaException(field.Location, $"'{type}.{field.Name}' is stated twice.");
            foreach (var (fault, applies) in ofRelationship ? [.. OfAll, .. OfRelationships] : OfAll)
                if (applies(field)) throw new SchemaException(field.Location, $"'{type}.{field.Name}' {fault}.");
            if (field.ComputedFrom is { } origin && (origin == field.Name || fields.All(other => other.Name != origin)))
                throw new SchemaException(field.Location, $"'{type}.{field.Name}' is computed from '{origin}', which is no other field of the type.");
            if (field.Unique && unique is not null)
                throw new SchemaException(field.Location, $"'{type}.{field.Name}' has @unique, and so has '{unique}'.");
            if (field.Unique) unique = field.Name;
        }
    }
}

using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Facts;

/// <summary>Something in a fact that the schema refuses.</summary>
/// <param name="Field">Field, or null where the fact as a whole is meant.</param>
/// <param name="Reason">What is wrong, in a sentence.</param>
public sealed record FactFault(string? Field, string Reason)
{
    public override string ToString() => Field is null ? Reason : $"{Field}: {Reason}";
}

/// <summary>Holds a fact against the schema: known type, known fields, right kinds, ranges, required fields, ends of relationships.</summary>
public static class FactCheck
{
    /// <summary>The first fault of a fact, or null where it is sound.</summary>
    public static FactFault? Find(SchemaCatalog catalog, Fact fact)
    {
        if (fact.Validity.From >= fact.Validity.To)
            return new FactFault(null, $"holds from {fact.Validity.From:O}, which is not before its end {fact.Validity.To:O}.");
        if (fact.Provenance.Reliability is < 0 or > 1)
            return new FactFault(null, $"has reliability {fact.Provenance.Reliability}, which is not between 0 and 1.");
        if (fact.Provenance.Span is { } span && (span.Start < 0 || span.End < span.Start))
            return new FactFault(null, $"was read from characters {span.Start} to {span.End}, which is no part of a text.");
        if (FactLimits.Exceeds(fact.Provenance.RecordKey, FactLimits.Key) || FactLimits.Exceeds(fact.Provenance.Source, FactLimits.Key))
            return new FactFault(null, $"has a source or record key of more than {FactLimits.Key} bytes.");
        if (!IsText(fact.Provenance.Source) || !IsText(fact.Provenance.RecordKey))
            return new FactFault(null, "has half a surrogate pair in its source or record key.");
        return fact switch
        {
            NodeFact node => CheckNode(catalog, node),
            RelationshipFact edge => CheckRelationship(catalog, edge),
            _ => new FactFault(null, "is neither a node nor a relationship."),
        };
    }

    private static FactFault? CheckNode(SchemaCatalog catalog, NodeFact fact)
    {
        if (catalog.FindNode(fact.Node.Type) is not { } type)
            return new FactFault(null, $"has the unknown node type '{fact.Node.Type}'.");
        return CheckKey(null, fact.Node.Key) ?? CheckProperties(type, fact.Properties, Tombstone.Is(fact) || Adds(type, fact.Properties));
    }

    /// <summary>
    /// A node fact that states fields but none of the required ones only adds to what other facts say of the node, as
    /// accounts published year by year add to a company's registration.
    /// </summary>
    private static bool Adds(ElementType type, Properties properties) =>
        properties.Count > 0 && !properties.Any(property => type.FindField(property.Name)?.Required == true);

    private static FactFault? CheckRelationship(SchemaCatalog catalog, RelationshipFact fact)
    {
        if (catalog.FindRelationship(fact.Relationship) is not { } type)
            return new FactFault(null, $"has the unknown relationship type '{fact.Relationship}'.");
        return CheckEnd(catalog, type, "from", fact.From, type.From)
            ?? CheckEnd(catalog, type, "to", fact.To, type.To)
            ?? (IsText(fact.Key) ? null : new FactFault("key", "holds half a surrogate pair."))
            ?? (FactLimits.Exceeds(fact.Key, FactLimits.Key) ? new FactFault("key", $"is longer than {FactLimits.Key} bytes.") : null)
            ?? CheckProperties(type, fact.Properties, adds: Tombstone.Is(fact));
    }

    private static FactFault? CheckEnd(SchemaCatalog catalog, RelationshipType type, string end, NodeId id, string expected)
    {
        if (catalog.FindNode(id.Type) is not { } node) return new FactFault(end, $"has the unknown node type '{id.Type}'.");
        if (!node.Is(expected)) return new FactFault(end, $"is a {id.Type}, but {type.GraphName} needs a {expected}.");
        return CheckKey(end, id.Key);
    }

    private static FactFault? CheckKey(string? field, string key)
    {
        if (string.IsNullOrEmpty(key)) return new FactFault(field, "has no key.");
        if (FactLimits.Exceeds(key, FactLimits.Key)) return new FactFault(field, $"has a key of more than {FactLimits.Key} bytes.");
        return IsText(key) ? null : new FactFault(field, "has half a surrogate pair in its key.");
    }

    private static FactFault? CheckProperties(ElementType type, Properties properties, bool adds)
    {
        foreach (var (name, value) in properties)
        {
            if (type.FindField(name) is not { } field) return new FactFault(name, $"is not a field of {type.GraphName}.");
            if (CheckValue(field, value) is { } reason) return new FactFault(name, reason);
        }

        if (adds) return null;
        foreach (var field in type.Fields)
            if (field.Required && !properties.TryGet(field.Name, out _))
                return new FactFault(field.Name, $"is required for {type.GraphName}.");
        return null;
    }

    private static string? CheckValue(Field field, PropertyValue value)
    {
        if (value.Kind != field.Kind) return $"is a {value.Kind}, the schema says {field.Kind}.";
        if (field.Enum is { } names && names.IndexOf(value.AsString()) < 0)
            return $"'{value.AsString()}' is none of {string.Join(", ", names.Values)}.";
        if (FactLimits.FindIn(field, value) is { } limit) return $"is longer than {limit} bytes.";
        if (!HoldsText(value)) return "holds half a surrogate pair, which is no text.";
        decimal? number = value.Kind switch
        {
            FieldKind.Decimal => value.AsDecimal(),
            FieldKind.Integer => value.AsInteger(),
            _ => null,
        };
        if (number < field.Minimum) return $"{number} is below {field.Minimum}.";
        return number > field.Maximum ? $"{number} is above {field.Maximum}." : null;
    }

    private static bool HoldsText(PropertyValue value) => value.Kind switch
    {
        FieldKind.String => IsText(value.AsString()),
        FieldKind.StringList => value.AsStrings().All(IsText),
        _ => true,
    };

    /// <summary>Whether a string can be written as UTF-8 and read back the same.</summary>
    private static bool IsText(string text)
    {
        var from = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        for (var i = Math.Max(from, 0); from >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}

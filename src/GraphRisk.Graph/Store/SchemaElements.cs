using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Store;

/// <summary>
/// Types, fields and values of enumerations by name, as a store notes what of the schema it has taken facts of: <c>Company</c>, <c>Company.name</c>,
/// <c>CreditEvent.kind=DEFAULT</c>. What is noted and not in a program's own schema was written by a later one.
/// </summary>
public static class SchemaElements
{
    /// <summary>What a fact makes use of.</summary>
    public static IEnumerable<string> Of(Fact fact)
    {
        yield return fact.Type;
        if (fact is RelationshipFact edge)
        {
            yield return edge.From.Type;
            yield return edge.To.Type;
        }

        foreach (var (name, value) in fact.Properties)
            yield return value.Kind == FieldKind.Enum ? ValueOf(fact.Type, name, value.AsString()) : FieldOf(fact.Type, name);
    }

    /// <summary>A field of a type.</summary>
    public static string FieldOf(string type, string field) => $"{type}.{field}";

    /// <summary>A value of an enumeration in a field of a type.</summary>
    public static string ValueOf(string type, string field, string value) => $"{type}.{field}={value}";

    /// <summary>Whether a schema has it.</summary>
    public static bool Has(SchemaCatalog catalog, string element)
    {
        var (dot, equals) = (element.IndexOf('.', StringComparison.Ordinal), element.IndexOf('=', StringComparison.Ordinal));
        var name = dot < 0 ? element : element[..dot];
        if (((ElementType?)catalog.FindNode(name) ?? catalog.FindRelationship(name)) is not { } type) return false;
        return dot < 0 || (type.FindField(equals < 0 ? element[(dot + 1)..] : element[(dot + 1)..equals]) is { } field
            && (equals < 0 || field.Enum is not { } names || names.IndexOf(element[(equals + 1)..]) >= 0));
    }

    /// <summary>What is unknown, in a sentence; null where nothing is.</summary>
    public static string? Told(ImmutableArray<string> unknown)
    {
        const int most = 5;
        if (unknown.IsEmpty) return null;
        var more = unknown.Length > most ? FormattableString.Invariant($" and {unknown.Length - most} more") : "";
        return $"The store holds what a later program recorded and the schema of this one does not have: {string.Join(", ", unknown.Take(most))}{more}. It is kept and not answered for.";
    }

    /// <summary>Refuses to carry a store elsewhere that is not known whole.</summary>
    /// <exception cref="StoreUnavailableException">The store holds what its schema does not have.</exception>
    public static void RequireWhole(IGraphStore store)
    {
        if (Told(store.Unknown) is { } told) throw new StoreUnavailableException($"{told} So this program cannot copy, export or hash the whole; use the later one.");
    }
}

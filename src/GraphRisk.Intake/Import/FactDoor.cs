using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Import;

/// <summary>
/// The door through which the facts of every record go. A value that the schema refuses (of the wrong kind, out of range, too
/// long for an index) costs itself and not its record, where the fact can do without it; what contradicts itself is noted.
/// </summary>
internal static class FactDoor
{
    /// <summary>Holds the facts of one record against the schema; returns why the record cannot land, or null.</summary>
    /// <param name="catalog">The schema.</param>
    /// <param name="facts">The facts; values that cannot be kept are taken out.</param>
    /// <param name="findings">Told what was taken out and what contradicts itself.</param>
    public static RecordFault? Admit(SchemaCatalog catalog, List<Fact> facts, List<RecordFault> findings)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (Contradictions.Find(facts[i], findings) is { } mended) facts[i] = mended;
            while (FactCheck.Find(catalog, facts[i]) is { } fault)
            {
                if (fault.Field is not { } field || !facts[i].Properties.TryGet(field, out _) || TypeOf(catalog, facts[i])?.FindField(field)?.Required == true)
                    return new RecordFault(fault.Field, $"{facts[i].Type}: {fault.Reason}");
                findings.Add(new RecordFault(field, $"{facts[i].Type}: {fault.Reason}"));
                var rest = Properties.Of(facts[i].Properties.Where(property => property.Name != field).Concat(KeptOf(TypeOf(catalog, facts[i])?.FindField(field), facts[i])));
                if (rest.Count == 0 && facts[i] is NodeFact)
                {
                    facts.RemoveAt(i--);
                    break;
                }

                facts[i] = facts[i] with { Properties = rest };
            }
        }

        return null;
    }

    /// <summary>Of a list in which one text is too long the others.</summary>
    private static IEnumerable<Property> KeptOf(Field? field, Fact fact) =>
        field?.Kind == FieldKind.StringList && fact.Properties.TryGet(field.Name, out var list) && FactLimits.FindIn(field, list) is not null
            && FactLimits.Within(field, list) is { Count: > 0 } kept ? [new Property(field.Name, PropertyValue.Of(kept))] : [];

    private static ElementType? TypeOf(SchemaCatalog catalog, Fact fact) =>
        fact is NodeFact ? catalog.FindNode(fact.Type) : catalog.FindRelationship(fact.Type);
}

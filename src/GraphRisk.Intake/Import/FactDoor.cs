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
            facts[i] = LegalForms.Told(facts[i]);
            while (FactCheck.Find(catalog, facts[i]) is { } fault)
            {
                if (fault.Field is not { } field || !facts[i].Properties.TryGet(field, out _) || TypeOf(catalog, facts[i])?.FindField(field)?.Required == true)
                    return new RecordFault(fault.Field, Told(facts[i], fault));
                findings.Add(new RecordFault(field, Told(facts[i], fault)));
                var rest = Properties.Of(facts[i].Properties.Where(property => property.Name != field).Concat(KeptOf(TypeOf(catalog, facts[i])?.FindField(field), facts[i])));
                if (rest.Count == 0 && facts[i] is NodeFact)
                {
                    facts.RemoveAt(i--);
                    break;
                }

                facts[i] = facts[i] with { Properties = rest };
            }
        }

        foreach (var fact in facts)
            if (fact is NodeFact && catalog.FindNode(fact.Type) is { IsParty: true } type) IdentifierCheck.Find(type, fact, findings);
        return null;
    }

    /// <summary>The fault in words that follow the field's name, with the type where they do not name it.</summary>
    private static string Told(Fact fact, FactFault fault)
    {
        var reason = fault.Reason.TrimEnd('.');
        return reason.Contains(fact.Type, StringComparison.Ordinal) ? reason : $"{reason} (of {fact.Type})";
    }

    /// <summary>Of a list in which one text is too long the others.</summary>
    private static IEnumerable<Property> KeptOf(Field? field, Fact fact) =>
        field?.Kind == FieldKind.StringList && fact.Properties.TryGet(field.Name, out var list) && FactLimits.FindIn(field, list) is not null
            && FactLimits.Within(field, list) is { Count: > 0 } kept ? [new Property(field.Name, PropertyValue.Of(kept))] : [];

    private static ElementType? TypeOf(SchemaCatalog catalog, Fact fact) =>
        fact is NodeFact ? catalog.FindNode(fact.Type) : catalog.FindRelationship(fact.Type);
}

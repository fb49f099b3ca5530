namespace GraphRisk.Stores.Neo4j.Publishing;

/// <summary>Constraints and indexes of what is derived; each is created only where it is missing.</summary>
internal static class DerivedSchema
{
    public static IEnumerable<SchemaItem> Items()
    {
        foreach (var label in DerivedNames.Labels.Append(DerivedNames.Publication)) yield return SchemaItem.UniqueNode($"{label}_id", label, "id");
        foreach (var type in DerivedNames.Types.Where(type => type != DerivedNames.RecordedAs))
            yield return SchemaItem.UniqueRelationship($"{type}_id", type, "id");
        yield return SchemaItem.IndexOfNodes("Party_name", DerivedNames.Party, "name");
        yield return SchemaItem.SearchOfNodes("Party_text", DerivedNames.Party, "name", "aliases", "formerNames");
        yield return SchemaItem.SearchOfNodes("Party_readings", DerivedNames.Party, "readings");
    }
}

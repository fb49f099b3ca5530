namespace GraphRisk.Stores.Neo4j.Publishing;

/// <summary>Constraints of what is derived; each is created only where it is missing.</summary>
internal static class DerivedSchema
{
    public static IEnumerable<string> Statements()
    {
        foreach (var label in DerivedNames.Labels.Append(DerivedNames.Publication))
            yield return $"CREATE CONSTRAINT `{label}_id` IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.id IS UNIQUE";
        foreach (var type in DerivedNames.Types.Where(type => type != DerivedNames.RecordedAs))
            yield return $"CREATE CONSTRAINT `{type}_id` IF NOT EXISTS FOR ()-[r:`{type}`]-() REQUIRE r.id IS UNIQUE";
        yield return $"CREATE INDEX Party_name IF NOT EXISTS FOR (n:`{DerivedNames.Party}`) ON (n.name)";
        yield return $"CREATE FULLTEXT INDEX Party_text IF NOT EXISTS FOR (n:`{DerivedNames.Party}`) ON EACH [n.name, n.aliases, n.formerNames] "
            + "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}";
    }
}

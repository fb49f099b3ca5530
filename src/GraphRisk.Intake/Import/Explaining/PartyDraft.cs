using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>The draft for a table whose rows are persons, organisations or both.</summary>
/// <param name="Columns">The columns used.</param>
/// <param name="Understood">How many are understood.</param>
/// <param name="Body">The nodes and facts of the mapping.</param>
internal sealed record PartyDraft(DraftColumns Columns, int Understood, IReadOnlyList<string> Body)
{
    private static readonly string[] OfPersons = ["residentId", "passport", "birthDate", "sex", "nationality"];
    private static readonly string[] OfCompanies = ["uscc", "lei", "organizationCode", "legalForm", "registeredCapital", "establishedOn", "industry", "totalAssets", "revenue"];

    /// <summary>The draft. Of a table without names, kinds and numbers of parties little is understood.</summary>
    public static PartyDraft Of(SchemaCatalog catalog, SampleTable table)
    {
        var columns = new DraftColumns(table);
        var hasKinds = table.Columns.Any(column => ColumnGuess.NotionOf(column) == "idType");
        foreach (var column in table.Columns)
        {
            var notion = ColumnGuess.NotionOf(column);
            // Numbers of several documents, of which the sample happens to have one.
            if (hasKinds && notion is "residentId" or "uscc" && HeadingWords.NotionOf(column.Heading) == "idNumber") notion = "idNumber";
            if (notion is not null && columns.Of(notion) is null) columns.Use(column, notion);
        }

        columns.SetKey();
        var understood = columns.Of("name") is null && columns.Of("kind") is null ? 0 : columns.Used.Count;
        return new PartyDraft(columns, understood, [.. Lines(catalog, table, columns)]);
    }

    private static IEnumerable<string> Lines(SchemaCatalog catalog, SampleTable table, DraftColumns columns)
    {
        var both = Tests(columns);
        var isCompany = OfCompanies.Count(notion => columns.Of(notion) is not null) > OfPersons.Count(notion => columns.Of(notion) is not null);
        string[] types = both is not null ? ["Person", "Company"] : isCompany ? ["Company"] : ["Person"];
        yield return "nodes:";
        yield return both is null
            ? $"  client: {{ key: \"{{source}}:{{{columns.Key}}}\", type: {types[0]} }}"
            : $"  client: {{ key: \"{{source}}:{{{columns.Key}}}\", type: {{ Person: {{ {both.Value.Person} }}, Company: {{ {both.Value.Company} }} }} }}";
        var broker = columns.Of("broker");
        yield return broker is not null
            ? $"  broker: {{ type: Broker, key: \"{{{columns.NameOf(broker)}}}\" }}   # the broker's code on the platform: where the column says something else, name it so"
            : "  # broker: { type: Broker, key: B001 }   # whose clients these are, by its code: take the # away here and before CLIENT_OF";
        yield return "facts:";
        foreach (var type in types.Select(name => catalog.FindNode(name)!))
        {
            yield return "  - node: client";
            if (types.Length > 1) yield return $"    as: {type.Name}";
            if (columns.Of("opened") is { } opened) yield return $"    since: {columns.NameOf(opened)}";
            if (columns.Of("closed") is { } closed) yield return $"    until: {columns.NameOf(closed)}";
            yield return "    set:";
            if (columns.Of("name") is null) yield return $"      name: {columns.NameOf(columns.Spare(table))}   # required: say which column";
            foreach (var (column, notion) in columns.Used)
                foreach (var (field, value) in ValuesOf(type, column, notion, columns)) yield return $"      {field}: {value}";
        }

        foreach (var line in TieLines(columns, broker)) yield return line;
    }

    /// <summary>The tie to the broker: without it nobody of the file is a client. Where no column names the broker it is a comment.</summary>
    private static IEnumerable<string> TieLines(DraftColumns columns, SampleColumn? broker)
    {
        string?[] parts =
        [
            "edge: CLIENT_OF, from: client, to: broker",
            columns.Of("opened") is { } opened ? $"since: {columns.NameOf(opened)}" : null,
            columns.Of("closed") is { } closed ? $"until: {columns.NameOf(closed)}" : null,
            columns.Of("number") is { } number ? $"set: {{ clientNumber: {columns.NameOf(number)} }}" : null,
        ];
        var tie = $"- {{ {string.Join(", ", parts.Where(part => part is not null))} }}";
        if (broker is null)
        {
            yield return "  # Nobody here is a client until a broker keeps it:";
            yield return $"  # {tie}";
            yield break;
        }

        // A broker is described once and for all; what a list of brokers says of it is more reliable.
        var name = columns.NameOf(broker);
        yield return $"  - {{ node: broker, optional: true, when: {{ {name}: \"*\" }}, set: {{ code: {name}{(broker.Part(IsCode) >= 0.5 ? "" : $", name: {name}")} }} }}";
        yield return tie.Replace("- { edge", $"  - {{ optional: true, when: {{ {name}: \"*\" }}, edge", StringComparison.Ordinal);
    }

    private static bool IsCode(string cell) => cell.Length <= 12 && cell.All(char.IsAsciiLetterOrDigit);

    private static IEnumerable<(string Field, string Value)> ValuesOf(NodeType type, SampleColumn column, string notion, DraftColumns columns)
    {
        var name = columns.NameOf(column);
        if (notion == "idNumber")
        {
            foreach (var value in DocumentsOf(type, name, columns)) yield return value;
            yield break;
        }

        if (notion is "kind" or "broker" || type.FindField(notion) is not { } field) yield break;
        yield return (field.Name, DraftColumns.ValueOf(field, column, name));
        if (field.Name == "registeredCapital") yield return ("currency", "{ value: CNY }");
    }

    /// <summary>Of a column with numbers of several documents those of the type, told apart by the document's kind where a column says it.</summary>
    private static IEnumerable<(string Field, string Value)> DocumentsOf(NodeType type, string name, DraftColumns columns)
    {
        var main = type.Name == "Person" ? "residentId" : "uscc";
        if (columns.Of("idType") is not { } kind)
        {
            if (columns.Of(main) is null) yield return (main, name);
            yield break;
        }

        var fields = kind.Values.Distinct(StringComparer.Ordinal).Select(word => (Word: word, Field: FieldOf(word)))
            .Where(pair => pair.Field is not null && type.FindField(pair.Field) is not null && columns.Of(pair.Field) is null).GroupBy(pair => pair.Field!).ToList();
        foreach (var group in fields)
            yield return (group.Key, $"{{ column: {name}, when: {{ {columns.NameOf(kind)}: [{string.Join(", ", group.Select(pair => YamlText.Quoted(pair.Word)))}] }} }}");
        // The sample may hold none of the type: then its usual document is taken.
        if (fields.Count == 0 && columns.Of(main) is null) yield return (main, name);
    }

    private static string? FieldOf(string document)
    {
        var word = document.ToLowerInvariant();
        if (word.Contains("身份证", StringComparison.Ordinal) || word.Contains("resident", StringComparison.Ordinal) || word is "id" or "idcard" or "id_card") return "residentId";
        if (word.Contains("护照", StringComparison.Ordinal) || word.Contains("passport", StringComparison.Ordinal)) return "passport";
        if (word.Contains("信用代码", StringComparison.Ordinal) || word.Contains("营业执照", StringComparison.Ordinal) || word is "uscc") return "uscc";
        return word.Contains("组织机构代码", StringComparison.Ordinal) ? "organizationCode" : null;
    }

    /// <summary>What tells persons from organisations: a column of kinds, one of kinds of documents, or two with numbers of either; null where nothing does.</summary>
    private static (string Person, string Company)? Tests(DraftColumns columns)
    {
        if (columns.Of("kind") is { } kind)
            return (Words(kind, columns, ColumnGuess.PersonWords), Words(kind, columns, ColumnGuess.CompanyWords));
        if (columns.Of("idNumber") is not null && columns.Of("idType") is { } document && document.Values.Any(word => FieldOf(word) is "uscc" or "organizationCode") && document.Values.Any(word => FieldOf(word) is "residentId" or "passport"))
        {
            var words = document.Values.Distinct(StringComparer.Ordinal).ToLookup(word => FieldOf(word) is "uscc" or "organizationCode", YamlText.Quoted);
            return ($"{columns.NameOf(document)}: [{string.Join(", ", words[false])}]", $"{columns.NameOf(document)}: [{string.Join(", ", words[true])}]");
        }

        if (columns.Of("residentId") is { } resident && columns.Of("uscc") is { } code)
            return ($"{columns.NameOf(code)}: \"\"", $"{columns.NameOf(code)}: \"*\"");
        return null;
    }

    /// <summary>The words of a column that are of a list; where the sample has none of it, those of the list that are written as the others are.</summary>
    internal static string Words(SampleColumn column, DraftColumns columns, string[] list)
    {
        var words = column.Values.Distinct(StringComparer.Ordinal).Where(word => ColumnGuess.IsWord(list, word)).ToList();
        if (words.Count == 0)
        {
            var other = column.Values[0];
            words = [.. list.Where(word => char.IsAscii(word[0]) == char.IsAscii(other[0])).Select(word => other.Any(char.IsAsciiLetterLower) ? word : word.ToUpperInvariant())];
        }

        return $"{columns.NameOf(column)}: [{string.Join(", ", words.Select(YamlText.Quoted))}]";
    }
}

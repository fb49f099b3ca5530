using System.Globalization;
using System.Text;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// What each role sees, written out from the access table, <c>graph-schema/</c> and the GraphQL schema: as a document for people
/// (Markdown) and as one line a cell (CSV). Nothing in it is stated a second time.
/// </summary>
public static class AccessMatrix
{
    /// <summary>The columns of the document: whom one asks about, in the words of a reader.</summary>
    private static readonly (string Title, Role Role, Standing Standing)[] Columns =
    [
        ("client: itself", Role.Client, Standing.Own),
        ("client: others", Role.Client, Standing.Visible),
        ("broker: its clients", Role.Broker, Standing.Own),
        ("broker: others it knows of", Role.Broker, Standing.Visible),
        ("analyst", Role.Analyst, Standing.Visible),
        ("regulator", Role.Regulator, Standing.Visible),
    ];

    private static readonly (string Title, Role Role, Standing Standing)[] SumColumns =
    [
        ("client", Role.Client, Standing.Aggregate),
        ("broker", Role.Broker, Standing.Aggregate),
        ("analyst", Role.Analyst, Standing.Aggregate),
        ("regulator", Role.Regulator, Standing.Aggregate),
    ];

    /// <summary>The document.</summary>
    /// <param name="catalog">What <c>graph-schema/</c> states.</param>
    /// <param name="schema">The GraphQL schema, for what is derived; initialised.</param>
    public static string Markdown(SchemaCatalog catalog, ISchema schema)
    {
        var text = new StringBuilder("""
            # Who sees what

            Written by `graphrisk access matrix` from `src/GraphRisk.Server/Security/access.csv`, this folder and the GraphQL schema; a test keeps it
            up to date. Levels: 1 public, 2 internal, 3 confidential, 4 restricted. From level 3 on every read needs a declared purpose and is
            filed. Nobody reads anything without a token.

            | word | means |
            |---|---|
            | clear | as it is |
            | masked | enough to recognise what one knows, too little to find what one does not |
            | masked, clear for a reason | the reason stands in the token and is filed |
            | pseudonym | keyed, stable for one project's purpose; a day as the first of its year, an address as its district |
            | two digits | numbers to two significant digits |
            | withheld | null, without an error |
            | no | refused, with what would open it; nothing says whether it is there |

            What a broker or client has no source for is not there: an id that exists elsewhere and one that exists nowhere answer alike.


            """.ReplaceLineEndings("\n"));
        Purposes(text);
        Table(text);
        foreach (var type in catalog.NodeTypes) Elements(text, type, $"{type.Name}");
        foreach (var type in catalog.RelationshipTypes) Elements(text, type, $"{type.GraphName}: {type.From} to {type.To}");
        foreach (var type in catalog.DerivedTypes) Elements(text, type, $"{type.Name} (read off provenance)");
        Derived(text, catalog, schema);
        return text.ToString();
    }

    /// <summary>One line a cell: type, field, level, kind, role, standing, purpose, authorisation, with a reason or not, access, code.</summary>
    /// <param name="catalog">What <c>graph-schema/</c> states.</param>
    /// <param name="schema">The GraphQL schema, for what is derived; initialised.</param>
    public static string Csv(SchemaCatalog catalog, ISchema schema)
    {
        var text = new StringBuilder("type,field,level,kind,role,standing,purpose,authorisation,reason,access,code\n");
        foreach (var line in Lines(catalog, schema))
            foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Anonymous))
                foreach (var standing in line.IsSum ? [Standing.Aggregate] : Enum.GetValues<Standing>().Where(one => one != Standing.Aggregate))
                    foreach (var purpose in PurposeCatalog.Default.For(role).Cast<Purpose?>().Prepend(null))
                        foreach (var grant in line.Grants)
                            foreach (var reason in (string?[])[null, "yes"])
                            {
                                var viewer = new Viewer(role, null, purpose, reason);
                                var decision = AccessPolicy.Decide(viewer, new AccessQuestion(standing, line.Level, line.Kind, grant));
                                text.Append(CultureInfo.InvariantCulture, $"{line.Type},{line.Field},{(int)line.Level},{AccessTable.Word(line.Kind)},")
                                    .Append(CultureInfo.InvariantCulture, $"{AccessTable.Word(role)},{AccessTable.Word(standing)},{purpose?.Id ?? "-"},{AccessTable.WordOf(grant)},")
                                    .Append(CultureInfo.InvariantCulture, $"{reason ?? "no"},{AccessTable.Word(decision.Access)},{decision.Code}\n");
                            }
        return text.ToString();
    }

    /// <summary>A field and what decides about it.</summary>
    private sealed record Line(string Type, string Field, Sensitivity Level, ValueKind Kind, bool IsSum, Grant[] Grants);

    private static IEnumerable<Line> Lines(SchemaCatalog catalog, ISchema schema) =>
    [
        .. from type in catalog.NodeTypes.Cast<ElementType>().Concat(catalog.RelationshipTypes).Concat(catalog.DerivedTypes)
           from field in type.Fields
           select new Line(type.GraphName, field.Name, field.Level, FieldAccess.KindOf(field), false, [Grant.NotNeeded]),
        .. from derived in DerivedFields(catalog, schema)
           select new Line(derived.Type, derived.Field.Name, derived.Access.Level!.Value, AccessEnforcement.KindOf(derived.Field, derived.Access), derived.Access.IsAggregate, Grants(derived.Access)),
    ];

    private static Grant[] Grants(FieldAccess access) => access.Scope switch
    {
        null => [Grant.NotNeeded],
        Workflow.Authorisations.AuthorisationScope.Score => [Grant.Score, Grant.NoScore],
        _ => [Grant.Facts, Grant.NoFacts],
    };

    private static void Purposes(StringBuilder text)
    {
        text.Append("## Purposes\n\n| purpose | who may declare it | basis |\n|---|---|---|\n");
        foreach (var purpose in PurposeCatalog.Default.Purposes)
            text.Append(CultureInfo.InvariantCulture, $"| {purpose.Id} | {Words(purpose.Roles)} | {purpose.Basis} |\n");
        text.Append('\n');
    }

    private static void Table(StringBuilder text)
    {
        text.Append("## The table\n\nRead top to bottom: the first row that fits counts; where none fits the answer is no.\n\n")
            .Append("| asked | role | standing | level | kind | purpose | authorisation | answer | opened by |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in AccessTable.Default.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| {AccessTable.Word(row.Act)} | {Words(row.Roles)} | {All(row.Standings)} | {Levels(row)} | {All(row.Kinds)} | ")
                .Append(CultureInfo.InvariantCulture, $"{PurposesOf(row.Purposes)} | {Grants(row)} | {Say(row.Access)} | {row.OpenedBy} |\n");
        text.Append('\n');
    }

    private static void Elements(StringBuilder text, ElementType type, string title)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {title}\n\nLevel {(int)type.Level}.\n\n");
        if (type.Fields.IsEmpty) return;
        Head(text, "field", Columns);
        foreach (var field in type.Fields) Row(text, field.Name, field.Level, FieldAccess.KindOf(field), Columns, null);
        text.Append('\n');
    }

    private static void Derived(StringBuilder text, SchemaCatalog catalog, ISchema schema)
    {
        foreach (var isSum in (bool[])[false, true])
        {
            var columns = isSum ? SumColumns : Columns;
            text.Append(isSum ? "## Sums over many\n\n" : "## Derived answers\n\nWhat is computed takes the highest level of what it rests on.\n\n");
            Head(text, "answer", columns);
            foreach (var (type, field, access) in DerivedFields(catalog, schema).Where(derived => derived.Access.IsAggregate == isSum))
                Row(text, $"{type}.{field.Name}", access.Level!.Value, AccessEnforcement.KindOf(field, access), columns, access);
            text.Append('\n');
        }
    }

    private static IEnumerable<(string Type, FieldType Field, FieldAccess Access)> DerivedFields(SchemaCatalog catalog, ISchema schema) =>
        from type in schema.AllTypes.OfType<IObjectGraphType>().OrderBy(type => type.Name, StringComparer.Ordinal)
        let stated = catalog.FindNode(type.Name) ?? (ElementType?)catalog.DerivedTypes.FirstOrDefault(derived => derived.Name == type.Name)
        where !catalog.RelationshipTypes.Any(edge => type.Name == $"{edge.Name}TargetEdge" || type.Name == $"{edge.Name}SourceEdge")
        from field in type.Fields.OrderBy(field => field.Name, StringComparer.Ordinal)
        let access = FieldAccess.Of(field)
        where access?.Level is not null && stated?.FindField(field.Name) is null && !IsHistory(stated, field.Name)
        where stated is null || (field.ResolvedType!.GetNamedType() is not IComplexGraphType && field.Name != "id")
        select (type.Name, field, access);

    private static bool IsHistory(ElementType? type, string field) =>
        field.EndsWith("History", StringComparison.Ordinal) && type?.FindField(field[..^"History".Length]) is { Series: true };

    private static void Head(StringBuilder text, string first, (string Title, Role Role, Standing Standing)[] columns) => text
        .Append(CultureInfo.InvariantCulture, $"| {first} | level | kind | {string.Join(" | ", columns.Select(column => column.Title))} |\n")
        .Append(CultureInfo.InvariantCulture, $"|{string.Concat(Enumerable.Repeat("---|", 3 + columns.Length))}\n");

    private static void Row(
        StringBuilder text, string name, Sensitivity level, ValueKind kind, (string Title, Role Role, Standing Standing)[] columns, FieldAccess? access)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {(int)level} | {AccessTable.Word(kind)} |");
        foreach (var (_, role, standing) in columns)
            text.Append(CultureInfo.InvariantCulture, $" {Cell(role, standing, level, kind, access)} |");
        text.Append('\n');
    }

    /// <summary>What a role sees: one word where all its purposes agree, else each with its purposes.</summary>
    private static string Cell(Role role, Standing standing, Sensitivity level, ValueKind kind, FieldAccess? access)
    {
        var grant = access?.Scope is { } scope && AccessPolicy.DependsOnAuthorisation(role, standing)
            ? scope == Workflow.Authorisations.AuthorisationScope.Score ? Grant.Score : Grant.Facts
            : Grant.NotNeeded;
        var byPurpose = PurposeCatalog.Default.For(role)
            .Select(purpose => (purpose.Id, Word: Say(new Viewer(role, null, purpose), new AccessQuestion(standing, level, kind, grant))))
            .GroupBy(one => one.Word).OrderByDescending(group => group.Count()).ToList();
        var said = string.Join("; ", byPurpose.Select((group, at) => at == 0 && byPurpose.Count <= 2 ? group.Key : $"{group.Key} for {string.Join(", ", group.Select(one => one.Id))}"));
        return grant == Grant.NotNeeded || said == Say(Access.Deny) ? said : $"{said}; needs {AccessTable.WordOf(grant)}";
    }

    private static string Say(Viewer viewer, AccessQuestion question)
    {
        var decision = AccessPolicy.Decide(viewer, question);
        return Say(decision.Row?.Access == Access.Reveal ? Access.Reveal : decision.Access);
    }

    private static string Say(Access access) => access switch
    {
        Access.Withhold => "withheld",
        Access.Mask => "masked",
        Access.Pseudonym => "pseudonym",
        Access.Round => "two digits",
        Access.Reveal => "masked, clear for a reason",
        Access.Allow => "clear",
        _ => "no",
    };

    private static string Words<T>(IEnumerable<T> values) where T : struct, Enum => string.Join(", ", values.Select(AccessTable.Word));

    private static string All<T>(System.Collections.Immutable.ImmutableArray<T> values) where T : struct, Enum =>
        values.Length == Enum.GetValues<T>().Length ? "any" : values.IsEmpty ? "-" : Words(values);

    private static string Levels(AccessRow row) =>
        row.Levels.Length == 4 ? "any" : row.Levels.IsEmpty ? "-" : string.Join(", ", row.Levels.Select(level => ((int)level).ToString(CultureInfo.InvariantCulture)));

    private static string PurposesOf(PurposeNeed need) => !need.IsNeeded ? "-" : need.Ids.IsEmpty ? "any of the role" : string.Join(", ", need.Ids);

    private static string Grants(AccessRow row) =>
        row.Grants.Length == 5 ? "any" : string.Join(", ", row.Grants.Select(AccessTable.WordOf));
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace GraphRisk.Graph.Schema;

/// <summary>
/// Reads SDL texts into a <see cref="SchemaCatalog"/>. Refuses, with file and line: unknown types, unknown directives and
/// arguments, fields of a wrong kind, a missing or unknown level, relationships between unknown types, names stated twice
/// or not of the form that files, query languages and ids rely on.
/// </summary>
internal sealed partial class SchemaLoader
{
    /// <summary>Positions of types and of enumeration names are kept in a byte, of which one value is taken.</summary>
    private const int MostNames = 255;

    private static readonly Dictionary<string, FieldKind> ScalarKinds = new(StringComparer.Ordinal)
    {
        ["String"] = FieldKind.String,
        ["ID"] = FieldKind.String,
        ["Int"] = FieldKind.Integer,
        ["Long"] = FieldKind.Integer,
        ["Decimal"] = FieldKind.Decimal,
        ["Boolean"] = FieldKind.Boolean,
        ["Date"] = FieldKind.Date,
        ["DateTime"] = FieldKind.DateTime,
    };

    private readonly List<(string File, string Text, GraphQLDocument Document)> documents = [];
    private readonly Dictionary<string, SourceLocation> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumType> enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GraphQLInterfaceTypeDefinition Definition, SourceLocation Location)> interfaces = new(StringComparer.Ordinal);
    private readonly List<NodeType> nodes = [];
    private readonly List<NodeType> derived = [];
    private readonly List<RelationshipType> relationships = [];

    private readonly Dictionary<string, CodeList> codes = new(StringComparer.Ordinal);

    public SchemaLoader(IEnumerable<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files)
            if (CodeList.NameOf(name) is { } list) codes[list] = CodeList.Parse(list, name, text);
            else documents.Add((name, text, Parse(name, text)));
    }

    public SchemaCatalog Load(string hash)
    {
        foreach (var (file, text, document) in documents)
            foreach (var definition in document.Definitions)
                Declare(definition, file, text);
        foreach (var (file, text, document) in documents)
            foreach (var definition in document.Definitions.OfType<GraphQLObjectTypeDefinition>())
                ReadType(definition, file, text);
        CheckInterfaces();
        CheckRelationships();
        return new SchemaCatalog(
            [.. nodes.OrderBy(type => type.Name, StringComparer.Ordinal)],
            [.. relationships.OrderBy(type => type.GraphName, StringComparer.Ordinal)],
            [.. enums.Values.OrderBy(type => type.Name, StringComparer.Ordinal)],
            [.. derived.OrderBy(type => type.Name, StringComparer.Ordinal)],
            hash);
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]*$")]
    private static partial Regex TypeName();

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex CapitalName();

    [GeneratedRegex("^[a-z][A-Za-z0-9]*$")]
    private static partial Regex FieldName();

    private static GraphQLDocument Parse(string file, string text)
    {
        try
        {
            return Parser.Parse(text);
        }
        catch (GraphQLSyntaxErrorException error)
        {
            throw new SchemaException(new SourceLocation(file, error.Location.Line), error.Description);
        }
    }

    private void Declare(ASTNode definition, string file, string text)
    {
        var location = Locate(definition, file, text);
        if (definition is GraphQLDirectiveDefinition) return;
        if (definition is not (GraphQLObjectTypeDefinition or GraphQLInterfaceTypeDefinition or GraphQLEnumTypeDefinition or GraphQLScalarTypeDefinition))
            throw new SchemaException(location, $"A {definition.Kind} is no part of a schema of this program.");
        var type = (GraphQLTypeDefinition)definition;
        var name = Named(TypeName(), type.Name.StringValue, location);
        if (!seen.TryAdd(name, location))
            throw new SchemaException(location, $"'{name}' is already stated at {seen[name]}.");
        if (type is GraphQLEnumTypeDefinition values) enums[name] = ReadEnum(values, location);
        else if (type is GraphQLInterfaceTypeDefinition contract) interfaces[name] = (contract, location);
        else if (type is GraphQLScalarTypeDefinition && !ScalarKinds.ContainsKey(name))
            throw new SchemaException(location, $"The scalar '{name}' is unknown.");
    }

    private static EnumType ReadEnum(GraphQLEnumTypeDefinition definition, SourceLocation location)
    {
        var name = definition.Name.StringValue;
        ImmutableArray<string> values =
            [.. definition.Values?.Select(value => Named(CapitalName(), value.Name.StringValue, location)) ?? []];
        if (values.IsEmpty) throw new SchemaException(location, $"'{name}' lists no names.");
        if (values.Distinct().Count() < values.Length) throw new SchemaException(location, $"'{name}' lists a name twice.");
        if (values.Length >= MostNames) throw new SchemaException(location, $"'{name}' lists more than {MostNames - 1} names.");
        return new EnumType(name, Describe(definition), values, location);
    }

    private void ReadType(GraphQLObjectTypeDefinition definition, string file, string text)
    {
        var location = Locate(definition, file, text);
        var directives = new SchemaDirectives(definition, DirectivePlaces.Type, location);
        var name = definition.Name.StringValue;
        var level = directives.Level() ?? throw new SchemaException(location, $"'{name}' has no @classified(level:).");
        var sorts = ((string[])["node", "relationship", "derived"]).Where(directives.Has).ToList();
        if (sorts.Count != 1)
            throw new SchemaException(location, sorts.Count == 0
                ? $"'{name}' is neither @node nor @relationship nor @derived."
                : $"'{name}' is @{sorts[0]} and @{sorts[1]} at once.");
        var fields = (definition.Fields?.Items ?? []).Select((field, i) => ReadField(field, i, level, file, text)).ToImmutableArray();
        FieldRules.Check(name, fields, sorts[0] == "relationship");
        var implemented = definition.Interfaces?.Select(type => type.Name.StringValue).ToImmutableArray() ?? [];
        if (sorts[0] == "relationship")
        {
            if (!implemented.IsEmpty) throw new SchemaException(location, $"'{name}' is a relationship and implements '{implemented[0]}'.");
            relationships.Add(ReadRelationship(name, directives, Describe(definition), level, fields, location));
            return;
        }

        (sorts[0] == "node" ? nodes : derived).Add(new NodeType(name, Describe(definition), level, fields, implemented, location));
        if (nodes.Count > MostNames) throw new SchemaException(location, $"There are more than {MostNames} types of nodes.");
    }

    private RelationshipType ReadRelationship(
        string name, SchemaDirectives directives, string description, Sensitivity level, ImmutableArray<Field> fields, SourceLocation location)
    {
        var graphName = Named(CapitalName(), directives.Text("relationship", "name")!, location);
        if (relationships.Find(type => type.GraphName == graphName) is { } other)
            throw new SchemaException(location, $"The relationship '{graphName}' is already stated at {other.Location}.");
        return new RelationshipType(
            name, graphName, description, level, fields, directives.Text("relationship", "from")!, directives.Text("relationship", "to")!,
            directives.Name<Parallels>("relationship", "parallel") ?? Parallels.Statements, location);
    }

    private Field ReadField(GraphQLFieldDefinition definition, int ordinal, Sensitivity typeLevel, string file, string text)
    {
        var location = Locate(definition, file, text);
        var directives = new SchemaDirectives(definition, DirectivePlaces.Field, location);
        var (kind, required, enumType) = ReadKind(definition, location);
        if (definition.Arguments?.Count > 0) throw new SchemaException(location, $"'{definition.Name}' has arguments.");
        return new Field(
            Named(FieldName(), definition.Name.StringValue, location), kind, Describe(definition), directives.Level() ?? typeLevel, location)
        {
            Ordinal = ordinal,
            Required = required,
            Enum = enumType,
            Unique = directives.Has("unique"),
            Series = directives.Has("series"),
            Period = directives.Text("series", "period"),
            ComputedFrom = directives.Text("computedFrom", "field"),
            Searchable = directives.Has("searchable"),
            Caption = directives.Has("caption"),
            Codes = directives.Text("codes", "list") is not { } list ? null
                : codes.GetValueOrDefault(list) ?? throw new SchemaException(location, $"'@codes(list:)' is '{list}', and there is no 'codes/{list}.csv'."),
            IdentifierScheme = directives.Text("identifier", "scheme"),
            Mask = directives.Name<MaskKind>("classified", "mask") ?? MaskKind.None,
            Minimum = directives.Number("range", "min"),
            Maximum = directives.Number("range", "max"),
        };
    }

    private (FieldKind Kind, bool Required, EnumType? Enum) ReadKind(GraphQLFieldDefinition definition, SourceLocation location)
    {
        var type = definition.Type;
        var required = type is GraphQLNonNullType;
        if (type is GraphQLNonNullType nonNull) type = nonNull.Type;
        if (type is GraphQLListType list)
        {
            var item = list.Type is GraphQLNonNullType inner ? inner.Type : list.Type;
            if (item is GraphQLNamedType { Name.StringValue: "String" }) return (FieldKind.StringList, required, null);
            throw new SchemaException(location, $"'{definition.Name}' is a list of something other than String.");
        }

        var name = ((GraphQLNamedType)type).Name.StringValue;
        if (ScalarKinds.TryGetValue(name, out var kind)) return (kind, required, null);
        if (enums.TryGetValue(name, out var enumType)) return (FieldKind.Enum, required, enumType);
        throw new SchemaException(location, $"'{definition.Name}' has the unknown type '{name}'.");
    }

    private void CheckInterfaces()
    {
        foreach (var node in nodes.Concat(derived))
        {
            foreach (var name in node.Interfaces)
            {
                if (!interfaces.TryGetValue(name, out var contract))
                    throw new SchemaException(node.Location, $"'{node.Name}' implements the unknown interface '{name}'.");
                foreach (var field in contract.Definition.Fields?.Items ?? [])
                {
                    var own = node.FindField(field.Name.StringValue)
                        ?? throw new SchemaException(node.Location, $"'{node.Name}' lacks '{field.Name}' of '{name}'.");
                    var (kind, _, _) = ReadKind(field, contract.Location);
                    if (own.Kind != kind)
                        throw new SchemaException(own.Location, $"'{node.Name}.{own.Name}' is {own.Kind}, '{name}' says {kind}.");
                }
            }
        }
    }

    private void CheckRelationships()
    {
        foreach (var relationship in relationships)
        {
            if (nodes.Exists(node => node.Name == relationship.GraphName))
                throw new SchemaException(relationship.Location, $"'{relationship.GraphName}' is a relationship and a type of node.");
            foreach (var end in (string[])[relationship.From, relationship.To])
                if (!nodes.Exists(node => node.Is(end)))
                    throw new SchemaException(relationship.Location, $"'{relationship.GraphName}' ends at the unknown type '{end}'.");
        }
    }

    private static string Named(Regex form, string name, SourceLocation location) =>
        form.IsMatch(name) ? name : throw new SchemaException(location, $"'{name}' is not of the form {form}.");

    private static string Describe(IHasDescriptionNode node) => node.Description?.Value.ToString() ?? "";

    private static SourceLocation Locate(ASTNode node, string file, string text) =>
        new(file, 1 + text.AsSpan(0, Math.Min(NameStart(node), text.Length)).Count('\n'));

    private static int NameStart(ASTNode node) => node is INamedNode named ? named.Name.Location.Start : node.Location.Start;
}

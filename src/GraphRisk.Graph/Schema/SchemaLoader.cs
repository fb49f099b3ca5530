using System.Collections.Immutable;
using System.Globalization;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace GraphRisk.Graph.Schema;

/// <summary>
/// Reads SDL texts into a <see cref="SchemaCatalog"/>. Refuses, with file and line: unknown types, unknown directives,
/// fields of a wrong kind, a missing level, relationships between unknown types, names stated twice.
/// </summary>
internal sealed class SchemaLoader
{
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

    private static readonly HashSet<string> KnownDirectives = new(StringComparer.Ordinal)
    {
        "node", "relationship", "derived", "unique", "identifier", "classified", "series", "searchable", "range",
    };

    private readonly List<(string File, string Text, GraphQLDocument Document)> documents = [];
    private readonly Dictionary<string, SourceLocation> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnumType> enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GraphQLInterfaceTypeDefinition Definition, SourceLocation Location)> interfaces = new(StringComparer.Ordinal);
    private readonly List<NodeType> nodes = [];
    private readonly List<NodeType> derived = [];
    private readonly List<RelationshipType> relationships = [];

    public SchemaLoader(IEnumerable<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files) documents.Add((name, text, Parse(name, text)));
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
        CheckEndpoints();
        return new SchemaCatalog(
            [.. nodes.OrderBy(type => type.Name, StringComparer.Ordinal)],
            [.. relationships.OrderBy(type => type.GraphName, StringComparer.Ordinal)],
            [.. enums.Values.OrderBy(type => type.Name, StringComparer.Ordinal)],
            [.. derived.OrderBy(type => type.Name, StringComparer.Ordinal)],
            hash);
    }

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
        if (definition is not GraphQLTypeDefinition type) return;
        var location = Locate(type, file, text);
        var name = type.Name.StringValue;
        if (!seen.TryAdd(name, location))
            throw new SchemaException(location, $"'{name}' is already stated at {seen[name]}.");
        if (type is GraphQLEnumTypeDefinition values)
            enums[name] = new EnumType(name, Describe(type), [.. values.Values?.Select(value => value.Name.StringValue) ?? []], location);
        else if (type is GraphQLInterfaceTypeDefinition contract)
            interfaces[name] = (contract, location);
    }

    private void ReadType(GraphQLObjectTypeDefinition definition, string file, string text)
    {
        var location = Locate(definition, file, text);
        var directives = Directives(definition, location);
        var level = Level(directives) ?? throw new SchemaException(location, $"'{definition.Name}' has no @classified(level:).");
        var fields = (definition.Fields?.Items ?? []).Select((field, i) => ReadField(field, i, level, file, text)).ToImmutableArray();
        var twice = fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new SchemaException(twice.Last().Location, $"'{definition.Name}.{twice.Key}' is stated twice.");
        var name = definition.Name.StringValue;
        var implemented = definition.Interfaces?.Select(type => type.Name.StringValue).ToImmutableArray() ?? [];
        if (directives.TryGetValue("relationship", out var relationship))
            relationships.Add(ReadRelationship(name, relationship, Describe(definition), level, fields, location));
        else if (directives.ContainsKey("node"))
            nodes.Add(new NodeType(name, Describe(definition), level, fields, implemented, location));
        else if (directives.ContainsKey("derived"))
            derived.Add(new NodeType(name, Describe(definition), level, fields, implemented, location));
        else
            throw new SchemaException(location, $"'{name}' is neither @node nor @relationship nor @derived.");
    }

    private RelationshipType ReadRelationship(
        string name, GraphQLDirective directive, string description, Sensitivity level, ImmutableArray<Field> fields, SourceLocation location)
    {
        var graphName = Text(directive, "name") ?? throw new SchemaException(location, $"'{name}' has no relationship name.");
        var from = Text(directive, "from") ?? throw new SchemaException(location, $"'{name}' has no from.");
        var to = Text(directive, "to") ?? throw new SchemaException(location, $"'{name}' has no to.");
        if (relationships.Any(other => other.GraphName == graphName))
            throw new SchemaException(location, $"Relationship '{graphName}' is stated twice.");
        var parallel = Text(directive, "parallel") == "EVENTS" ? Parallels.Events : Parallels.Statements;
        return new RelationshipType(name, graphName, description, level, fields, from, to, parallel, location);
    }

    private Field ReadField(GraphQLFieldDefinition definition, int ordinal, Sensitivity typeLevel, string file, string text)
    {
        var location = Locate(definition, file, text);
        var directives = Directives(definition, location);
        var (kind, required, enumType) = ReadKind(definition, location);
        directives.TryGetValue("range", out var range);
        if (range is not null && kind is not (FieldKind.Decimal or FieldKind.Integer))
            throw new SchemaException(location, $"@range on '{definition.Name}', which is not a number.");
        directives.TryGetValue("identifier", out var identifier);
        if (identifier is not null && kind is not (FieldKind.String or FieldKind.StringList))
            throw new SchemaException(location, $"@identifier on '{definition.Name}', which is not text.");
        return new Field(definition.Name.StringValue, kind, Describe(definition), Level(directives) ?? typeLevel, location)
        {
            Ordinal = ordinal,
            Required = required,
            Enum = enumType,
            Unique = directives.ContainsKey("unique"),
            Series = directives.ContainsKey("series"),
            Searchable = directives.ContainsKey("searchable"),
            IdentifierScheme = identifier is null ? null : Text(identifier, "scheme"),
            Mask = directives.TryGetValue("classified", out var classified) && Text(classified, "mask") is { } mask
                ? Enum.Parse<MaskKind>(mask, ignoreCase: true) : MaskKind.None,
            Minimum = Number(range, "min", location),
            Maximum = Number(range, "max", location),
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
        foreach (var node in nodes)
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

    private void CheckEndpoints()
    {
        foreach (var relationship in relationships)
            foreach (var end in (string[])[relationship.From, relationship.To])
                if (!nodes.Exists(node => node.Is(end)))
                    throw new SchemaException(relationship.Location, $"'{relationship.GraphName}' ends at the unknown type '{end}'.");
    }

    private static Dictionary<string, GraphQLDirective> Directives(IHasDirectivesNode node, SourceLocation location)
    {
        var result = new Dictionary<string, GraphQLDirective>(StringComparer.Ordinal);
        foreach (var directive in node.Directives?.Items ?? [])
        {
            var name = directive.Name.StringValue;
            if (!KnownDirectives.Contains(name)) throw new SchemaException(location, $"Unknown directive '@{name}'.");
            if (!result.TryAdd(name, directive)) throw new SchemaException(location, $"'@{name}' is stated twice.");
        }

        return result;
    }

    private static Sensitivity? Level(Dictionary<string, GraphQLDirective> directives) =>
        directives.TryGetValue("classified", out var directive)
            ? (Sensitivity)int.Parse(Text(directive, "level")!, CultureInfo.InvariantCulture)
            : null;

    private static decimal? Number(GraphQLDirective? directive, string argument, SourceLocation location)
    {
        if (directive is null || Text(directive, argument) is not { } text) return null;
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number : throw new SchemaException(location, $"'{text}' is not a number.");
    }

    private static string? Text(GraphQLDirective directive, string argument) =>
        directive.Arguments?.Items.Find(item => item.Name.StringValue == argument)?.Value switch
        {
            GraphQLStringValue text => text.Value.ToString(),
            GraphQLIntValue number => number.Value.ToString(),
            GraphQLEnumValue value => value.Name.StringValue,
            _ => null,
        };

    private static string Describe(IHasDescriptionNode node) => node.Description?.Value.ToString() ?? "";

    private static SourceLocation Locate(ASTNode node, string file, string text) =>
        new(file, 1 + text.AsSpan(0, Math.Min(NameStart(node), text.Length)).Count('\n'));

    private static int NameStart(ASTNode node) => node is INamedNode named ? named.Name.Location.Start : node.Location.Start;
}

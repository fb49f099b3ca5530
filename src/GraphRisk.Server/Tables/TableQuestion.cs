using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Paging;

namespace GraphRisk.Server.Tables;

/// <summary>
/// A question whose answer is one table: a query that leads by single fields to one connection, of which it asks <c>nodes</c> or
/// <c>edges</c>. It is asked page by page, each as a question of its own, with the instants of the first: so rights, filing and budget
/// are those of the same question in JSON.
/// </summary>
internal sealed class TableQuestion
{
    private const string Page = "tablePage";
    private const string Stamp = "tableStamp";

    private static readonly string Grafts = $$"""
        query ($tableFirst: Int, $tableAfter: String, $tableAsOf: AsOf, $tableKnownAt: DateTime) {
          x(first: $tableFirst, after: $tableAfter, asOf: $tableAsOf, knownAt: $tableKnownAt) {
            {{Page}}: pageInfo { hasNextPage endCursor }
            {{Stamp}}: stamp { asOf knownAt }
          }
        }
        """;

    private readonly byte[] text;
    private readonly JsonObject variables;
    private readonly QueryRequest request;
    private readonly List<string> path;
    private readonly string rows;

    private TableQuestion(QueryRequest request, string text, JsonObject variables, List<string> path, string rows, List<TableColumn> columns, int? limit) =>
        (this.request, this.text, this.variables, this.path, this.rows, Columns, Limit) = (request, Encoding.UTF8.GetBytes(text), variables, path, rows, columns, limit);

    /// <summary>The columns, in the order of the fields.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>At most so many rows: the page size the query asks for; null for all.</summary>
    public int? Limit { get; }

    /// <summary>Reads a question that passed the guard.</summary>
    /// <exception cref="TypedError">Its answer is not one table, or it is not valid.</exception>
    public static TableQuestion Read(QueryRequest request, ISchema schema)
    {
        GraphQLDocument document;
        try
        {
            document = Parser.Parse(Encoding.UTF8.GetString(request.Query.Span));
        }
        catch (GraphQLParser.Exceptions.GraphQLSyntaxErrorException error)
        {
            throw new TypedError("SYNTAX_ERROR", error.Message);
        }

        var given = request.Variables.IsEmpty ? [] : JsonNode.Parse(request.Variables.Span) as JsonObject ?? [];
        var operation = document.Definitions.OfType<GraphQLOperationDefinition>()
            .FirstOrDefault(one => request.OperationName is null or "" || one.Name?.StringValue == request.OperationName);
        if (operation is not { Operation: OperationType.Query }) throw NoTable("is no query");
        var fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(one => one.FragmentName.Name.StringValue, StringComparer.Ordinal);
        var graft = (GraphQLOperationDefinition)Parser.Parse(Grafts).Definitions[0];
        var source = (GraphQLField)graft.SelectionSet.Selections[0];
        var (field, type, path) = ConnectionOf(operation, schema, source);
        var limit = LimitOf(field, given);
        var size = field.Arguments?.Items.Find(argument => argument.Name.StringValue == "first");
        if (size is not null) field.Arguments!.Items.Remove(size);
        Put(field, source, "first", "after");
        field.SelectionSet!.Selections.AddRange(source.SelectionSet!.Selections);
        Declare(operation, document, graft, size?.Value as GraphQLVariable);
        var lists = field.SelectionSet.Selections.OfType<GraphQLField>().Where(one => one.Name.StringValue is "nodes" or "edges").ToList();
        if (lists is not [{ SelectionSet: { } selected } list]) throw NoTable("asks its connection for both 'nodes' and 'edges', or for neither");
        var columns = new List<TableColumn>();
        AddColumns(selected, type.GetField(list.Name.StringValue)!.ResolvedType!.GetNamedType(), [], columns, schema, fragments);
        return new TableQuestion(request, Print(document), given, path, KeyOf(list), columns, limit);
    }

    /// <summary>The question for one page.</summary>
    /// <param name="size">Most rows of it.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public QueryRequest For(int size, TablePage? after)
    {
        var with = (JsonObject)variables.DeepClone();
        with["tableFirst"] = size;
        with["tableAfter"] = after?.EndCursor;
        with["tableAsOf"] = after?.AsOf;
        with["tableKnownAt"] = after?.KnownAt;
        return request with { Query = text, Variables = Encoding.UTF8.GetBytes(with.ToJsonString()) };
    }

    /// <summary>The rows of a page; null where the answer has none.</summary>
    public TablePage? Read(ExecutionResult result)
    {
        object? at = (result.Data as GraphQL.Execution.RootExecutionNode)?.ToValue();
        foreach (var step in path) at = (at as IDictionary<string, object?>)?[step];
        if (at is not IDictionary<string, object?> connection || connection[rows] is not System.Collections.IEnumerable items) return null;
        var page = (IDictionary<string, object?>)connection[Page]!;
        var stamp = (IDictionary<string, object?>)connection[Stamp]!;
        var read = new List<object?[]>();
        foreach (var item in items) read.Add([.. Columns.Select(column => Cell(item, column))]);
        return new TablePage(read, (bool)page["hasNextPage"]!, (string?)page["endCursor"], $"{stamp["asOf"]}", $"{stamp["knownAt"]}");
    }

    private static object? Cell(object? item, TableColumn column)
    {
        foreach (var step in column.Path)
        {
            if (item is not IDictionary<string, object?> map || !map.TryGetValue(step, out item)) return null;
        }

        return (column.Kind, item) switch
        {
            (_, null) => null,
            (CellKind.Decimal, _) => Convert.ToDecimal(item, System.Globalization.CultureInfo.InvariantCulture),
            (CellKind.Integer, _) => Convert.ToInt64(item, System.Globalization.CultureInfo.InvariantCulture),
            (CellKind.Number, _) => Convert.ToDouble(item, System.Globalization.CultureInfo.InvariantCulture),
            (CellKind.Boolean, bool truth) => truth,
            (CellKind.Day, string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            (CellKind.Instant, string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
            (_, string word) => word,
            _ => JsonSerializer.Serialize(item, Plain),
        };
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Follows single fields to the connection, fixing the instants of each that takes them.</summary>
    private static (GraphQLField Field, IComplexGraphType Type, List<string> Path) ConnectionOf(GraphQLOperationDefinition from, ISchema schema, GraphQLField source)
    {
        var path = new List<string>();
        IComplexGraphType type = schema.Query;
        var selected = from.SelectionSet;
        while (selected is { Selections: [GraphQLField field] } && type.GetField(field.Name.StringValue) is { } definition)
        {
            path.Add(KeyOf(field));
            foreach (var instant in (string[])["asOf", "knownAt"])
                if (definition.Arguments?.Find(instant) is not null && field.Arguments?.Items.Exists(argument => argument.Name.StringValue == instant) != true)
                    Put(field, source, instant);
            if (definition.ResolvedType!.GetNamedType() is not IComplexGraphType next) break;
            if (next.Name.EndsWith("Connection", StringComparison.Ordinal) && next.HasField("stamp")) return (field, next, path);
            (type, selected) = (next, field.SelectionSet);
        }

        throw NoTable("does not lead by single fields to one connection");
    }

    /// <summary>Declares the variables that were put in, and no longer the one that gave the page size, where nothing else uses it.</summary>
    private static void Declare(GraphQLOperationDefinition operation, GraphQLDocument document, GraphQLOperationDefinition graft, GraphQLVariable? size)
    {
        var declared = operation.Variables?.Items ?? [];
        operation.Variables = null;
        var used = Print(document);
        operation.Variables = new GraphQLVariablesDefinition(
        [
            .. declared.Where(variable => variable.Variable.Name.StringValue != size?.Name.StringValue || IsUsed(variable)),
            .. graft.Variables!.Items.Where(IsUsed),
        ]);

        bool IsUsed(GraphQLVariableDefinition variable) => Regex.IsMatch(used, $"\\${variable.Variable.Name.StringValue}\\b");
    }

    private static int? LimitOf(GraphQLField field, JsonObject given)
    {
        foreach (var argument in field.Arguments?.Items ?? [])
        {
            if (argument.Name.StringValue is "last" or "before" or "after") throw Problem.BadInput(argument.Name.StringValue, "is not for tables, which are read from the front: leave it out.");
            if (argument.Name.StringValue != "first") continue;
            return argument.Value switch
            {
                GraphQLIntValue number when int.TryParse(number.Value.Span, System.Globalization.CultureInfo.InvariantCulture, out var first) => first,
                GraphQLVariable variable when given[variable.Name.StringValue] is JsonValue value && value.TryGetValue<int>(out var first) => first,
                _ => null,
            };
        }

        return null;
    }

    private static void Put(GraphQLField field, GraphQLField source, params string[] names)
    {
        field.Arguments ??= new GraphQLArguments([]);
        field.Arguments.Items.AddRange(source.Arguments!.Items.Where(argument => names.Contains(argument.Name.StringValue)));
    }

    /// <summary>A column for each value below a selection; what is in several forms under one name is one column.</summary>
    private static void AddColumns(
        GraphQLSelectionSet selected, IGraphType type, List<string> path, List<TableColumn> columns, ISchema schema, Dictionary<string, GraphQLFragmentDefinition> fragments)
    {
        foreach (var selection in selected.Selections)
            switch (selection)
            {
                case GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out var fragment):
                    AddColumns(fragment.SelectionSet, schema.AllTypes[fragment.TypeCondition.Type.Name] ?? type, path, columns, schema, fragments);
                    break;
                case GraphQLInlineFragment inline:
                    AddColumns(inline.SelectionSet, inline.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name] ?? type : type, path, columns, schema, fragments);
                    break;
                case GraphQLField field:
                    var definition = (type as IComplexGraphType)?.GetField(field.Name.StringValue);
                    List<string> at = [.. path, KeyOf(field)];
                    var made = definition?.ResolvedType;
                    var inner = made is NonNullGraphType required ? required.ResolvedType : made;
                    if (field.SelectionSet is { } below && inner is not ListGraphType and not null)
                        AddColumns(below, inner.GetNamedType(), at, columns, schema, fragments);
                    else if (!columns.Exists(column => column.Path.SequenceEqual(at)))
                        columns.Add(new TableColumn(string.Join('.', at), inner is ScalarGraphType scalar ? KindOf(scalar) : CellKind.Text, at));
                    break;
            }
    }

    private static CellKind KindOf(ScalarGraphType type) => type.Name switch
    {
        "Decimal" => CellKind.Decimal,
        "Int" or "Long" => CellKind.Integer,
        "Float" => CellKind.Number,
        "Boolean" => CellKind.Boolean,
        "Date" => CellKind.Day,
        "DateTime" => CellKind.Instant,
        _ => CellKind.Text,
    };

    private static string KeyOf(GraphQLField field) => (field.Alias?.Name ?? field.Name).StringValue;

    private static string Print(ASTNode node)
    {
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        new SDLPrinter().PrintAsync(node, writer).AsTask().GetAwaiter().GetResult();
        return writer.ToString();
    }

    private static TypedError NoTable(string why) => new(
        Problem.BadInputCode, $"The answer is no table: the query {why}. Ask for one connection, as in {{ companies {{ nodes {{ name industry }} }} }}.");
}

/// <summary>Rows of a table as one page gives them.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="HasNext">There are more.</param>
/// <param name="EndCursor">Where they end.</param>
/// <param name="AsOf">The instant in the world they are about.</param>
/// <param name="KnownAt">Up to when knowledge counts.</param>
internal sealed record TablePage(IReadOnlyList<object?[]> Rows, bool HasNext, string? EndCursor, string AsOf, string KnownAt);

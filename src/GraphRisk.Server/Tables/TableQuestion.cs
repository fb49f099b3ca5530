using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Visitors;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tables;

/// <summary>A question names a field that is not there.</summary>
internal sealed class UnknownField : Exception;

/// <summary>
/// A question whose answer is one table: a query that leads by single fields to one connection, of which it asks <c>nodes</c> or
/// <c>edges</c>, or to one list. A connection is asked page by page, each page a question of its own with the instants of the first: so
/// rights, filing and budget are those of the same question in JSON. A list is one page.
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
    private readonly int? mostOfList;
    private readonly PageReader reader;

    private TableQuestion(QueryRequest request, GraphQLDocument document, JsonObject variables, Target target, TableColumns columns, IReadOnlyList<TableColumn> read)
    {
        (this.request, this.variables, mostOfList) = (request, variables, target.MostOfList);
        text = Encoding.UTF8.GetBytes(Print(document));
        Columns = read;
        Limit = target.Limit;
        MayMiss = columns.HasPages || read.Any(column => column.Access.MayMiss);
        reader = new PageReader(read, target.Path, target.Rows, target.IsList ? null : Page, target.StampPath is null ? null : [.. target.StampPath, Stamp], Page)
        {
            Bound = target is { IsList: true, Limit: null } ? target.MostOfList : null,
        };
    }

    /// <summary>The columns, in the order of the fields.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>At most so many rows: the page size the query asks for; null for all.</summary>
    public int? Limit { get; }

    /// <summary>Rows may lack what others have: a cell may be refused, or a list go on.</summary>
    public bool MayMiss { get; }

    /// <summary>Reads a question that passed the guard.</summary>
    /// <exception cref="TypedError">Its answer is not one table, or it is not valid.</exception>
    public static TableQuestion Read(QueryRequest request, ISchema schema, Viewer viewer)
    {
        var (document, operation) = QueryOf(request, NoTable);
        var given = request.Variables.IsEmpty ? [] : JsonNode.Parse(request.Variables.Span) as JsonObject ?? [];
        var fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(one => one.FragmentName.Name.StringValue, StringComparer.Ordinal);
        var unset = Unset(operation, request);
        var graft = (GraphQLOperationDefinition)Parser.Parse(Grafts).Definitions[0];
        var source = (GraphQLField)graft.SelectionSet.Selections[0];
        var grafts = source.SelectionSet!.Selections.Cast<GraphQLField>().ToList();
        var target = Target.Of(operation, schema, source, given);
        var size = target.Field.Arguments?.Items.Find(argument => argument.Name.StringValue == "first");
        var list = target.Field;
        if (!target.IsList)
        {
            if (size is not null) target.Field.Arguments!.Items.Remove(size);
            Put(target.Field, source, "first", "after");
            var lists = target.Field.SelectionSet!.Selections.OfType<GraphQLField>().Where(one => one.Name.StringValue is "nodes" or "edges").ToList();
            if (lists is not [{ SelectionSet: not null } only]) throw NoTable("asks its connection for both 'nodes' and 'edges', or for neither");
            list = only;
            target = target with { Rows = KeyOf(list) };
            target.Field.SelectionSet.Selections.Add(grafts[0]);
        }
        else if (target.MostOfList is not null && size is null)
        {
            Put(target.Field, source, "first");
        }

        target.Stamped?.SelectionSet!.Selections.Add(grafts[1]);
        Declare(operation, document, graft, size?.Value as GraphQLVariable);
        var columns = new TableColumns(viewer, schema, fragments, grafts[0], unset);
        var read = columns.Read(list.SelectionSet!, target.IsList ? target.Type : target.Type.GetField(list.Name.StringValue)!.ResolvedType!.GetNamedType());
        if (read.Any(column => column.Name == TableFormat.Missing)) throw Problem.BadInput(TableFormat.Missing, "is the name of the column that says what is missing in a row: take another alias.");
        return new TableQuestion(request, document, given, target, columns, read);
    }

    /// <summary>The one query of a request, of those it holds the one it names.</summary>
    /// <param name="request">The request.</param>
    /// <param name="refusal">The error where it is no query, made of what it is instead.</param>
    public static (GraphQLDocument Document, GraphQLOperationDefinition Operation) QueryOf(QueryRequest request, Func<string, TypedError> refusal)
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

        var operation = document.Definitions.OfType<GraphQLOperationDefinition>()
            .FirstOrDefault(one => request.OperationName is null or "" || one.Name?.StringValue == request.OperationName);
        return operation is { Operation: OperationType.Query } ? (document, operation) : throw refusal("is no query");
    }

    /// <summary>The variables of a question that have no value: what is asked for by one is as if it were not there.</summary>
    public static IReadOnlySet<string> Unset(GraphQLOperationDefinition operation, QueryRequest request)
    {
        var given = request.Variables.IsEmpty ? [] : JsonNode.Parse(request.Variables.Span) as JsonObject ?? [];
        return (operation.Variables?.Items ?? [])
            .Where(one => given[one.Variable.Name.StringValue] is null && (given.ContainsKey(one.Variable.Name.StringValue) || one.DefaultValue is null or GraphQLNullValue))
            .Select(one => one.Variable.Name.StringValue).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a query says how much of a list in pages it wants.</summary>
    public static bool SaysSize(GraphQLField list, IReadOnlySet<string> unset) => list.Arguments?.Items.Exists(argument => argument.Name.StringValue is "first" or "last" && argument.Value switch
    {
        GraphQLNullValue => false,
        GraphQLVariable variable => !unset.Contains(variable.Name.StringValue),
        _ => true,
    }) == true;

    /// <summary>The question for one page.</summary>
    /// <param name="left">Rows still wanted.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public QueryRequest For(int left, TablePage? after)
    {
        var with = (JsonObject)variables.DeepClone();
        with["tableFirst"] = mostOfList ?? Math.Clamp(left, 0, PageRequest.Most);
        with["tableAfter"] = after?.EndCursor;
        with["tableAsOf"] = after?.AsOf;
        with["tableKnownAt"] = after?.KnownAt;
        return request with { Query = text, Variables = Encoding.UTF8.GetBytes(with.ToJsonString()) };
    }

    /// <summary>The rows of a page; null where the answer has none.</summary>
    public TablePage? Read(ExecutionResult result) => reader.Read(result);

    /// <summary>The name a field has in the answer.</summary>
    public static string KeyOf(GraphQLField field) => (field.Alias?.Name ?? field.Name).StringValue;

    /// <summary>Whether a type is a list in pages.</summary>
    public static bool IsConnection(IGraphType type) =>
        type is IComplexGraphType made && made.Name.EndsWith("Connection", StringComparison.Ordinal) && made.HasField("pageInfo");

    /// <summary>A document as text.</summary>
    public static string Print(ASTNode node)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        new SDLPrinter().PrintAsync(node, writer).AsTask().GetAwaiter().GetResult();
        return writer.ToString();
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
        if (operation.Variables.Items.Count == 0) operation.Variables = null;

        bool IsUsed(GraphQLVariableDefinition variable) => Regex.IsMatch(used, $"\\${variable.Variable.Name.StringValue}\\b");
    }

    private static void Put(GraphQLField field, GraphQLField source, params string[] names)
    {
        field.Arguments ??= new GraphQLArguments([]);
        field.Arguments.Items.AddRange(source.Arguments!.Items.Where(argument => names.Contains(argument.Name.StringValue)));
    }

    private static TypedError NoTable(string why) => new(
        Problem.BadInputCode, $"The answer is no table: the query {why}. Ask for one connection or list, as in {{ companies {{ nodes {{ name industry }} }} }}.");

    /// <summary>What a query leads to by single fields.</summary>
    /// <param name="Field">The connection or list.</param>
    /// <param name="Type">Type of the connection, or of an item of the list.</param>
    /// <param name="Path">Keys of the answer down to the connection, or to what holds the list.</param>
    /// <param name="IsList">It is a list and no connection.</param>
    private sealed record Target(GraphQLField Field, IComplexGraphType Type, List<string> Path, bool IsList)
    {
        /// <summary>Key of the rows.</summary>
        public string Rows { get; init; } = "";

        /// <summary>The innermost field that has a stamp, and its path; null where none has.</summary>
        public GraphQLField? Stamped { get; init; }

        public List<string>? StampPath { get; init; }

        /// <summary>Most items of a list that takes <c>first</c> and is no connection; as many are not known to be all.</summary>
        public int? MostOfList { get; init; }

        /// <summary>The size the query asks for; null where it asks for none.</summary>
        public int? Limit { get; init; }

        /// <summary>Follows single fields to the connection or list, fixing the instants of each that takes them.</summary>
        public static Target Of(GraphQLOperationDefinition from, ISchema schema, GraphQLField source, JsonObject given)
        {
            var path = new List<string>();
            IComplexGraphType type = schema.Query;
            var selected = from.SelectionSet;
            (GraphQLField Field, List<string> Path)? stamped = null;
            while (selected is { Selections: [GraphQLField field] } && DefinitionOf(field, type) is { } definition)
            {
                foreach (var instant in (string[])["asOf", "knownAt"])
                    if (definition.Arguments?.Find(instant) is not null && field.Arguments?.Items.Exists(argument => argument.Name.StringValue == instant) != true)
                        Put(field, source, instant);
                if (definition.ResolvedType!.GetNamedType() is not IComplexGraphType next || field.SelectionSet is null) break;
                var isList = (definition.ResolvedType is NonNullGraphType required ? required.ResolvedType : definition.ResolvedType) is ListGraphType;
                var isConnection = IsConnection(next);
                if (!isList) path = [.. path, KeyOf(field)];
                if (!isList && next.HasField("stamp")) stamped = (field, path);
                if (isList || isConnection)
                    return new Target(field, next, path, isList)
                    {
                        Rows = KeyOf(field),
                        Stamped = isConnection ? stamped?.Field : null,
                        StampPath = isConnection ? stamped?.Path : null,
                        MostOfList = isList ? TypeExpression.MostOf(definition) : null,
                        Limit = LimitOf(field, given),
                    };
                (type, selected) = (next, field.SelectionSet);
            }

            throw NoTable("does not lead by single fields to one connection or list");
        }

        /// <summary>The field of a type; null for a name that every type has.</summary>
        /// <exception cref="UnknownField">There is none of that name.</exception>
        private static FieldType? DefinitionOf(GraphQLField field, IComplexGraphType type) =>
            type.GetField(field.Name.StringValue) ?? (field.Name.StringValue.StartsWith("__", StringComparison.Ordinal) ? null : throw new UnknownField());

        private static int? LimitOf(GraphQLField field, JsonObject given)
        {
            foreach (var argument in field.Arguments?.Items ?? [])
            {
                if (argument.Name.StringValue is "last" or "before" or "after") throw Problem.BadInput(argument.Name.StringValue, "is not for tables, which are read from the front: leave it out.");
                if (argument.Name.StringValue != "first") continue;
                return argument.Value switch
                {
                    GraphQLIntValue number when int.TryParse(number.Value.Span, CultureInfo.InvariantCulture, out var first) => first,
                    GraphQLVariable variable when given[variable.Name.StringValue] is JsonValue value && value.TryGetValue<int>(out var first) => first,
                    _ => null,
                };
            }

            return null;
        }
    }
}

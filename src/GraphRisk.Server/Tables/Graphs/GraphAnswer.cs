using System.Globalization;
using System.Text;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>
/// Answers with the nodes and edges of what was asked, in one question: its rights, filing and budget are those of the same question in JSON.
/// What is refused, and lists that go on, are counted in headers and in the graph itself; any other error is the answer.
/// </summary>
internal sealed class GraphAnswer(QueryExecution execution, ResponseWriter responses, AuditDesk desk, ISchema schema)
{
    public async Task AnswerAsync(HttpContext context, TableFormat format, RequestContext shared, QueryRequest request)
    {
        ExecutionResult result;
        AnsweredGraph? graph = null;
        using var drawn = new BoundedStream(shared.Budget.Limits.Bytes);
        try
        {
            var (grafted, head) = Graft(request, shared.Viewer, format);
            result = await execution.Execute(grafted, shared, context.RequestServices, context.RequestAborted).ConfigureAwait(false);
            if (result.Data is RootExecutionNode root && result.Errors?.All(error => PageReader.IsRefusal(error.Code)) != false)
            {
                graph = GraphReader.Read(root.ToValue());
                graph.Denied = result.Errors?.Count ?? 0;
                graph.Head = head;
                format.Draw!(graph, drawn);
            }
        }
        catch (TypedError error)
        {
            result = new ExecutionResult { Errors = [error] };
        }
        catch (BudgetSpentException why)
        {
            (graph, result) = (null, new ExecutionResult { Errors = [shared.Budget.Error(why)] });
        }

        if (graph is null || (graph.Nodes.Count == 0 && graph.Denied > 0))
        {
            await responses.Write(context, MediaTypes.GraphQLResponse, result.Errors is { Count: > 0 } errors ? new ExecutionResult { Errors = errors } : result, shared).ConfigureAwait(false);
            return;
        }

        var bytes = drawn.GetBuffer().AsMemory(0, (int)drawn.Length);
        if (shared.Ledger.Close() is { } read) await desk.FileAnswer(read, shared.Viewer, bytes, context.RequestAborted).ConfigureAwait(false);
        TableEndpoint.Begin(context.Response, format, "graph");
        context.Response.ContentLength = bytes.Length;
        if (graph.Head.Refused is { } refused) context.Response.Headers[TableFormat.RefusedColumns] = refused;
        if (graph.Head.Altered is { } altered) context.Response.Headers[TableFormat.AlteredColumns] = altered;
        context.Response.Headers[TableFormat.DeniedCells] = graph.Denied.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers[TableFormat.CutLists] = graph.Cut.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The question whose answer is a graph, and how its viewer sees what it asks for.</summary>
    /// <exception cref="TypedError">It is no query, or nothing of its answer is a node.</exception>
    private (QueryRequest Request, TableHead Head) Graft(QueryRequest request, Viewer viewer, TableFormat format)
    {
        var (document, operation) = TableQuestion.QueryOf(request, NoGraph);
        var fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(one => one.FragmentName.Name.StringValue, StringComparer.Ordinal);
        var head = new TableHead(GraphColumns.Of(viewer, schema, fragments, operation.SelectionSet), null, null);
        var grafts = new GraphGrafts(schema, fragments, TableQuestion.Unset(operation, request), format.StatesParties);
        grafts.Put(operation.SelectionSet, schema.Query);
        if (grafts.IsGraph) return (request with { Query = Encoding.UTF8.GetBytes(TableQuestion.Print(document)) }, head);
        // A field that is not there is told as such: asked as it is, the question is refused with its name.
        var isUnknown = operation.SelectionSet.Selections.OfType<GraphQLField>().Any(field => schema.Query.GetField(field.Name.StringValue) is null && !field.Name.StringValue.StartsWith("__", StringComparison.Ordinal));
        return isUnknown ? (request, head) : throw NoGraph("answers no nodes");
    }

    private static TypedError NoGraph(string why) => new(
        Problem.BadInputCode, $"The answer is no graph: the query {why}. Ask for nodes, as in {{ companies {{ nodes {{ name holders {{ edges {{ share node {{ name }} }} }} }} }} }}.");
}

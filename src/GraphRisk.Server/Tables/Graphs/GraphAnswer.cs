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
            result = await execution.Execute(Graft(request), shared, context.RequestServices, context.RequestAborted).ConfigureAwait(false);
            if (result.Data is RootExecutionNode root && result.Errors?.All(error => PageReader.IsRefusal(error.Code)) != false)
            {
                graph = GraphReader.Read(root.ToValue());
                graph.Denied = result.Errors?.Count ?? 0;
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
        context.Response.Headers[TableFormat.DeniedCells] = graph.Denied.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers[TableFormat.CutLists] = graph.Cut.ToString(CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    /// <exception cref="TypedError">It is no query, or nothing of its answer is a node.</exception>
    private QueryRequest Graft(QueryRequest request)
    {
        var (document, operation) = TableQuestion.QueryOf(request, NoGraph);
        var fragments = document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(one => one.FragmentName.Name.StringValue, StringComparer.Ordinal);
        var grafts = new GraphGrafts(schema, fragments);
        grafts.Put(operation.SelectionSet, schema.Query);
        return grafts.IsGraph ? request with { Query = Encoding.UTF8.GetBytes(TableQuestion.Print(document)) } : throw NoGraph("answers no nodes");
    }

    private static TypedError NoGraph(string why) => new(
        Problem.BadInputCode, $"The answer is no graph: the query {why}. Ask for nodes, as in {{ companies {{ nodes {{ name holders {{ edges {{ share node {{ name }} }} }} }} }} }}.");
}

using System.Text;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Http;

/// <summary>
/// Hands a query that passed the guard to the executor. Faults of resolvers are logged under the request's
/// correlation id and leave as <see cref="ErrorCodes.Internal"/> with that id and nothing else.
/// </summary>
internal sealed partial class QueryExecution(
    IDocumentExecuter executer, ISchema schema, IEnumerable<IDocumentExecutionListener> listeners, ServerOptions options, ILogger<QueryExecution> log)
{
    public async Task<ExecutionResult> Execute(
        QueryRequest request, RequestContext shared, IServiceProvider services, CancellationToken cancellation)
    {
        Inputs variables, extensions;
        try
        {
            variables = VariableReader.Read(request.Variables.Span);
            extensions = VariableReader.Read(request.Extensions.Span);
        }
        catch (TypedError error)
        {
            return new ExecutionResult { Errors = [error] };
        }
        var execution = new ExecutionOptions
        {
            Schema = schema,
            Query = Encoding.UTF8.GetString(request.Query.Span),
            OperationName = request.OperationName,
            Variables = variables,
            Extensions = extensions,
            UserContext = shared,
            RequestServices = services,
            CancellationToken = cancellation,
            Timeout = options.Timeout,
            UnhandledExceptionDelegate = fault => Conceal(fault, shared.CorrelationId),
        };
        execution.Listeners.AddRange(listeners);
        return await executer.ExecuteAsync(execution).ConfigureAwait(false);
    }

    private Task Conceal(UnhandledExceptionContext fault, string correlationId)
    {
        if (fault.OriginalException is StoreUnavailableException away)
        {
            LogAway(correlationId, away.Message);
            fault.Exception = Problem.StoreUnavailable();
            return Task.CompletedTask;
        }

        LogFault(fault.OriginalException, correlationId, fault.FieldContext?.FieldDefinition.Name);
        fault.Exception = new TypedError(ErrorCodes.Internal, ErrorShape.Internal, ("correlationId", correlationId));
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {CorrelationId} needs the store: {Reason}")]
    private partial void LogAway(string correlationId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {CorrelationId} failed at field {Field}")]
    private partial void LogFault(Exception fault, string correlationId, string? field);
}

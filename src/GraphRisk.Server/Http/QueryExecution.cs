using System.Text;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Http;

/// <summary>
/// Hands a query that passed the guard to the executor. Faults of resolvers are logged under the request's
/// correlation id and leave as <see cref="ErrorCodes.Internal"/> with that id and nothing else.
/// </summary>
internal sealed partial class QueryExecution(
    IDocumentExecuter executer, ISchema schema, IEnumerable<IDocumentExecutionListener> listeners, ILogger<QueryExecution> log)
{
    /// <param name="request">The query.</param>
    /// <param name="shared">Its viewer and budget, whose end ends it.</param>
    /// <param name="services">Of the request.</param>
    /// <param name="cancellation">Cancelled when the asker has gone.</param>
    /// <exception cref="OperationCanceledException">The asker has gone.</exception>
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
            CancellationToken = shared.Budget.Cancellation,
            UnhandledExceptionDelegate = fault => Conceal(fault, shared.CorrelationId),
        };
        execution.Listeners.AddRange(listeners);
        var result = await Run(execution, shared.Budget, cancellation).ConfigureAwait(false);
        if (shared.Budget.Report() is { } cost) (result.Extensions ??= [])["cost"] = cost;
        return result;
    }

    /// <summary>The answer whole, or one error: what was computed of a question that was ended is not given.</summary>
    private async Task<ExecutionResult> Run(ExecutionOptions execution, QuestionBudget budget, CancellationToken cancellation)
    {
        try
        {
            var result = await executer.ExecuteAsync(execution).ConfigureAwait(false);
            if (!budget.Cancellation.IsCancellationRequested) return result;
        }
        catch (OperationCanceledException) when (budget.Cancellation.IsCancellationRequested)
        {
            // Which of the three ends it was is seen below.
        }

        cancellation.ThrowIfCancellationRequested();
        return new ExecutionResult
        {
            Errors = [budget.Exhausted is { } why ? budget.Error(why) : new TypedError(ErrorCodes.Timeout, "The query took too long.")],
        };
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

using System.Text;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Plans;
using GraphRisk.Server.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Http;

/// <summary>
/// Hands a query that passed the guard to the executors. Faults of resolvers are logged under the request's
/// correlation id and leave as <see cref="ErrorCodes.Internal"/> with that id and nothing else.
/// </summary>
internal sealed partial class QueryExecution(
    PlannedExecuter plans, IDocumentExecuter executer, ISchema schema, IEnumerable<IDocumentExecutionListener> listeners, BudgetOptions options, ILogger<QueryExecution> log)
{
    /// <summary>The answer by a plan, or by the library's executor where plans do not cover the query.</summary>
    /// <param name="verdict">What the guard found of it.</param>
    /// <param name="request">The query.</param>
    /// <param name="shared">Its viewer and budget, whose end ends it.</param>
    /// <param name="services">Of the request.</param>
    /// <param name="cancellation">Cancelled when the asker has gone.</param>
    /// <exception cref="OperationCanceledException">The asker has gone.</exception>
    public Task<ExecutionResult> Answer(
        QueryVerdict verdict, QueryRequest request, RequestContext shared, IServiceProvider services, CancellationToken cancellation) =>
        Execute(request, shared, services, async execution =>
            await plans.TryAnswerAsync(verdict, execution, request.Query, (fault, field) => Conceal(fault, field, shared.CorrelationId)).ConfigureAwait(false)
            ?? await executer.ExecuteAsync(execution).ConfigureAwait(false), cancellation);

    /// <summary>The answer as nodes of the library's executor.</summary>
    /// <param name="request">The query.</param>
    /// <param name="shared">Its viewer and budget, whose end ends it.</param>
    /// <param name="services">Of the request.</param>
    /// <param name="cancellation">Cancelled when the asker has gone.</param>
    /// <exception cref="OperationCanceledException">The asker has gone.</exception>
    public Task<ExecutionResult> Execute(QueryRequest request, RequestContext shared, IServiceProvider services, CancellationToken cancellation) =>
        Execute(request, shared, services, executer.ExecuteAsync, cancellation);

    private async Task<ExecutionResult> Execute(
        QueryRequest request, RequestContext shared, IServiceProvider services, Func<ExecutionOptions, Task<ExecutionResult>> answer, CancellationToken cancellation)
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
            UnhandledExceptionDelegate = fault =>
            {
                fault.Exception = Conceal(fault.OriginalException, fault.FieldContext?.FieldDefinition.Name, shared.CorrelationId);
                return Task.CompletedTask;
            },
        };
        var statistics = extensions.TryGetValue("explain", out var explains) && explains is true ? services.GetService<GraphStatistics>() : null;
        execution.Listeners.AddRange(listeners.Where(listener => statistics is null || listener is not EstimateListener));
        var result = statistics is not null
            ? await Explain(statistics, execution, shared.Budget, cancellation).ConfigureAwait(false)
            : await Run(answer, execution, shared.Budget, cancellation).ConfigureAwait(false);
        if (shared.Budget.Report() is { } cost) (result.Extensions ??= [])["cost"] = cost;
        return result;
    }

    /// <summary>What the question would touch, in the place of its answer; what is not valid is refused as it always is.</summary>
    private async Task<ExecutionResult> Explain(GraphStatistics statistics, ExecutionOptions execution, QuestionBudget budget, CancellationToken cancellation)
    {
        var explainer = new ExplainListener(statistics, options);
        execution.Listeners.Add(explainer);
        var result = await Run(executer.ExecuteAsync, execution, budget, cancellation).ConfigureAwait(false);
        return explainer.Explanation is not { } explanation || budget.Cancellation.IsCancellationRequested ? result
            : new ExecutionResult { Executed = true, Extensions = new Dictionary<string, object?> { ["explain"] = explanation.ToExtension() } };
    }

    /// <summary>The answer whole, or one error: what was computed of a question that was ended is not given.</summary>
    private static async Task<ExecutionResult> Run(
        Func<ExecutionOptions, Task<ExecutionResult>> answer, ExecutionOptions execution, QuestionBudget budget, CancellationToken cancellation)
    {
        try
        {
            var result = await answer(execution).ConfigureAwait(false);
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

    private TypedError Conceal(Exception fault, string? field, string correlationId)
    {
        if (fault is StoreUnavailableException away)
        {
            LogAway(correlationId, away.Message);
            return Problem.StoreUnavailable();
        }

        LogFault(fault, correlationId, field);
        if (fault is IOException) return Problem.DiskFault(correlationId);
        return new TypedError(ErrorCodes.Internal, ErrorShape.Internal, ("correlationId", correlationId));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {CorrelationId} needs the store: {Reason}")]
    private partial void LogAway(string correlationId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {CorrelationId} failed at field {Field}")]
    private partial void LogFault(Exception fault, string correlationId, string? field);
}

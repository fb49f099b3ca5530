using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphRisk.Graph.Observability;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Plans;

/// <summary>
/// Answers questions by plans. A document is parsed and validated at its first question and kept; a question after it has its variables read and is
/// answered. What plans do not cover, and what is not valid, is left to the library's executor, which also words what is wrong with it. Thread-safe.
/// </summary>
internal sealed class PlannedExecuter(ISchema schema, IDocumentBuilder builder, IDocumentValidator validator, AccessGrounds grounds, BudgetOptions options)
{
    private readonly PreparedDocuments documents = new();

    /// <summary>The document of a text, where it was prepared before; a text that is kept has passed the guard.</summary>
    public PreparedDocument? Find(ReadOnlySpan<byte> text, string? operation) => documents.Find(text, operation);

    /// <summary>Answers a question; null where the library's executor has to.</summary>
    /// <param name="verdict">What the guard found.</param>
    /// <param name="execution">The question as the library would be asked it.</param>
    /// <param name="text">Its text in UTF-8.</param>
    /// <param name="conceal">Makes the error of a fault of a field.</param>
    /// <exception cref="OperationCanceledException">The question was ended.</exception>
    public async Task<ExecutionResult?> TryAnswerAsync(
        QueryVerdict verdict, ExecutionOptions execution, ReadOnlyMemory<byte> text, Func<Exception, string?, ExecutionError> conceal)
    {
        var request = (RequestContext)execution.UserContext!;
        var prepared = documents.Find(text.Span, execution.OperationName);
        Signals.LookedUp("plans", isHit: prepared is not null);
        var arguments = prepared?.Arguments;
        Variables? variables = null;
        if (prepared is null || (prepared.HasVariables && prepared.Given?.TryRead(execution.Variables, out variables, out arguments) != true))
        {
            var (document, operation) = prepared is null ? Parse(execution) : (prepared.Document, prepared.Operation);
            if (document is null || operation is null) return null;
            var read = await ReadAsync(execution, document, operation, isNew: prepared is null).ConfigureAwait(false);
            if (!read.IsValid) return null;
            (variables, arguments) = (read.Variables, read.ArgumentValues);
            if (prepared is null)
            {
                if ((prepared = PreparedDocument.Of(schema, verdict, document, operation, arguments, variables)) is null) return null;
                documents.Keep(text.Span, execution.OperationName, prepared);
            }
        }

        if (prepared.PlanFor(variables) is not { } plan) return null;
        if (Refusal(prepared, arguments, request.Budget.Limits) is { } refusal) return refusal;
        var run = new PlanRun(new PlannedQuestion(schema, prepared, plan, variables, arguments, request, grounds, execution.RequestServices!, conceal));
        var result = await run.AnswerAsync().ConfigureAwait(false);
        OrderedExecuter.Order(result);
        return result;
    }

    /// <summary>The answer to a question that is hopeless; decided once where its variables have no part in it.</summary>
    private ExecutionResult? Refusal(
        PreparedDocument prepared, IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments, QuestionLimits limits)
    {
        if (prepared.IsWithin(limits)) return null;
        try
        {
            QuestionEstimate.Check(schema, prepared.Document, prepared.Operation, arguments, limits, options.Leeway);
            prepared.NoteWithin(limits);
            return null;
        }
        catch (TypedError error)
        {
            return new ExecutionResult { Executed = true, Errors = [error] };
        }
    }

    private (GraphQLDocument? Document, GraphQLOperationDefinition? Operation) Parse(ExecutionOptions execution)
    {
        try
        {
            var document = builder.Build(execution.Query!);
            var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
            return (document, string.IsNullOrWhiteSpace(execution.OperationName)
                ? operations.Count == 1 ? operations[0] : null
                : operations.Find(one => one.Name?.StringValue == execution.OperationName));
        }
        catch (ExecutionError)
        {
            // The library's executor says what is wrong.
            return default;
        }
    }

    /// <summary>Reads the variables of a question, and validates its document where that is new.</summary>
    private async Task<IValidationResult> ReadAsync(ExecutionOptions execution, GraphQLDocument document, GraphQLOperationDefinition operation, bool isNew)
    {
        var reading = new ValidationOptions
        {
            Schema = schema,
            Document = document,
            Operation = operation,
            Rules = isNew ? DocumentValidator.CoreRules : [],
            UserContext = execution.UserContext!,
            Variables = execution.Variables ?? Inputs.Empty,
            Extensions = execution.Extensions ?? Inputs.Empty,
            RequestServices = execution.RequestServices,
            CancellationToken = execution.CancellationToken,
        };
        return await validator.ValidateAsync(reading).ConfigureAwait(false);
    }
}

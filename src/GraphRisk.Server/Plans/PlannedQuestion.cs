using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Plans;

/// <summary>A question with a plan.</summary>
/// <param name="Schema">The guarded schema.</param>
/// <param name="Prepared">The document.</param>
/// <param name="Plan">Its plan for the variables given.</param>
/// <param name="Variables">The variables; null where the operation has none.</param>
/// <param name="Arguments">What the document's fields are given this time.</param>
/// <param name="Request">Who asks, and what it may cost.</param>
/// <param name="Grounds">What decisions on access rest on.</param>
/// <param name="Services">Of the request.</param>
/// <param name="Conceal">Makes the error of a fault of a field, which it logs.</param>
internal sealed record PlannedQuestion(
    ISchema Schema, PreparedDocument Prepared, QuestionPlan Plan, Variables? Variables, IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? Arguments,
    RequestContext Request, AccessGrounds Grounds, IServiceProvider Services, Func<Exception, string?, ExecutionError> Conceal)
{
    public GraphQLDocument Document => Prepared.Document;

    public GraphQLOperationDefinition Operation => Prepared.Operation;

    public CancellationToken Cancellation => Request.Budget.Cancellation;
}

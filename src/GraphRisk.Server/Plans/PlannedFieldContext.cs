using System.Security.Claims;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace GraphRisk.Server.Plans;

/// <summary>What a resolver sees of the question: all but the surroundings of its field, which none of ours looks at.</summary>
internal sealed class PlannedFieldContext(PlanRun run, AnswerObject parent, PlannedField planned) : IResolveFieldContext
{
    public GraphQLField FieldAst => planned.Ast;

    public FieldType FieldDefinition => planned.Definition;

    public IObjectGraphType ParentType => parent.Plan.Type;

    public IDictionary<string, ArgumentValue>? Arguments => run.ArgumentsOf(planned);

    public object? Source => parent.Source;

    public ISchema Schema => run.Question.Schema;

    public GraphQLDocument Document => run.Question.Document;

    public GraphQLOperationDefinition Operation => run.Question.Operation;

    public Variables Variables => run.Question.Variables ?? Variables.None;

    public CancellationToken CancellationToken => run.Question.Cancellation;

    public IDictionary<string, object?> UserContext => run.Question.Request;

    public IServiceProvider? RequestServices => run.Question.Services;

    public IEnumerable<object> Path => parent.PathTo(planned.Name);

    public IEnumerable<object> ResponsePath => parent.PathTo(planned.Name);

    public ExecutionErrors Errors => throw Unseen();

    public IResolveFieldContext? Parent => null;

    public IDictionary<string, DirectiveInfo>? Directives => null;

    public object? RootValue => null;

    public Metrics Metrics => Metrics.None;

    public Dictionary<string, (GraphQLField Field, FieldType FieldType)>? SubFields => throw Unseen();

    public IReadOnlyDictionary<string, object?> InputExtensions => throw Unseen();

    public IDictionary<string, object?> OutputExtensions => throw Unseen();

    public IExecutionArrayPool ArrayPool => throw Unseen();

    public ClaimsPrincipal? User => null;

    public IExecutionContext ExecutionContext => throw Unseen();

    private static NotSupportedException Unseen() => new("A planned question does not show this to its resolvers.");
}

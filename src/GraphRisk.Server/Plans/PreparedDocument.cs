using System.Collections.Concurrent;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;

namespace GraphRisk.Server.Plans;

/// <summary>
/// A document that passed the guard, was parsed and found valid, with one of its operations to run. It depends on its text and the schema alone: who asks,
/// and with which variables, comes to it with each question. Plans are made as they are needed, one for each way in which the conditions of
/// <c>@skip</c> and <c>@include</c> come out. Thread-safe.
/// </summary>
internal sealed class PreparedDocument
{
    /// <summary>Variables of conditions; a document with more is left to the library.</summary>
    private const int MostConditions = 6;

    /// <summary>Plans that are kept; others are made anew each time, or conditions would multiply what the documents take.</summary>
    private const int MostPlans = 4;

    /// <summary>Limits it is remembered to be within.</summary>
    private const int MostLimits = 8;

    private readonly ISchema schema;
    private readonly string[] conditions;
    private readonly ConcurrentDictionary<int, QuestionPlan> plans = new();

    private QuestionLimits[] within = [];

    private PreparedDocument(ISchema schema, QueryVerdict verdict, GraphQLDocument document, GraphQLOperationDefinition operation, string[] conditions) =>
        (this.schema, Verdict, Document, Operation, this.conditions) = (schema, verdict, document, operation, conditions);

    /// <summary>What the guard found.</summary>
    public QueryVerdict Verdict { get; }

    public GraphQLDocument Document { get; }

    public GraphQLOperationDefinition Operation { get; }

    /// <summary>Whether the operation has variables, so that what its fields are given must be read for each question.</summary>
    public bool HasVariables => Operation.Variables is { Count: > 0 };

    /// <summary>What its fields are given, where no variable is among it.</summary>
    public IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? Arguments { get; private init; }

    /// <summary>How its variables are read without walking it; null where the library has to.</summary>
    public GivenVariables? Given { get; private init; }

    /// <summary>Whether its worst case is the same whatever its variables are: none of them is an instant or the size of a page.</summary>
    private bool HasOneWorstCase { get; init; }

    /// <summary>The valid document of a query; null where plans don't cover it: what is no query, asks for the schema itself, or has directives of its own.</summary>
    public static PreparedDocument? Of(
        ISchema schema, QueryVerdict verdict, GraphQLDocument document, GraphQLOperationDefinition operation,
        IReadOnlyDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments, Variables? variables)
    {
        if (operation.Operation != OperationType.Query || operation.Directives is { Count: > 0 }) return null;
        var found = new Coverage();
        foreach (var definition in document.Definitions) found.Look(definition);
        return found.IsCovered && found.Conditions.Count <= MostConditions
            ? new PreparedDocument(schema, verdict, document, operation, [.. found.Conditions])
            {
                Arguments = operation.Variables is { Count: > 0 } ? null : arguments,
                Given = GivenVariables.Of(schema, operation, arguments, variables, found.HasNestedVariables || found.Conditions.Count > 0),
                HasOneWorstCase = !found.HasVariablesInEstimate,
            }
            : null;
    }

    /// <summary>Whether its worst case is known to be within some limits.</summary>
    public bool IsWithin(QuestionLimits limits) => Array.IndexOf(within, limits) >= 0;

    /// <summary>Notes that its worst case is within some limits; of roles there are few.</summary>
    public void NoteWithin(QuestionLimits limits)
    {
        if (HasOneWorstCase && within.Length < MostLimits) within = [.. within, limits];
    }

    /// <summary>The plan for the variables of a question; null where a condition has no value.</summary>
    public QuestionPlan? PlanFor(Variables? variables)
    {
        var chosen = 0;
        for (var at = 0; at < conditions.Length; at++)
        {
            if (variables is null || !variables.ValueFor(conditions[at], out var given) || given.Value is not bool isOn) return null;
            if (isOn) chosen |= 1 << at;
        }

        if (plans.TryGetValue(chosen, out var known)) return known;
        var made = Make(chosen);
        if (plans.Count < MostPlans) plans.TryAdd(chosen, made);
        return made;
    }

    private QuestionPlan Make(int chosen)
    {
        var isOn = conditions.Select((name, at) => (name, isOn: (chosen & (1 << at)) != 0)).ToDictionary(one => one.name, one => one.isOn, StringComparer.Ordinal);
        var maker = new PlanMaker(schema, Document, isOn);
        return new QuestionPlan(maker, maker.ObjectOf(schema.Query, [Operation.SelectionSet]));
    }

    /// <summary>Looks whether plans cover a document, and by which variables its parts are skipped.</summary>
    private sealed class Coverage
    {
        public bool IsCovered { get; private set; } = true;

        public SortedSet<string> Conditions { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether a variable is a part of an argument's value.</summary>
        public bool HasNestedVariables { get; private set; }

        /// <summary>Whether a variable is among what a question's worst case is estimated from.</summary>
        public bool HasVariablesInEstimate { get; private set; }

        public void Look(ASTNode node)
        {
            if (node is GraphQLField { Arguments: { } arguments })
                foreach (var argument in arguments)
                {
                    var isNested = argument.Value is not GraphQLVariable && HoldsVariable(argument.Value);
                    HasNestedVariables |= isNested;
                    HasVariablesInEstimate |= (isNested || argument.Value is GraphQLVariable) && QuestionEstimate.DependsOn(argument.Name.StringValue);
                }

            if (node is IHasDirectivesNode { Directives: { } directives }) Look(directives, node);
            var below = node switch
            {
                GraphQLField field => field.SelectionSet,
                GraphQLInlineFragment inline => inline.SelectionSet,
                GraphQLFragmentDefinition fragment => fragment.SelectionSet,
                GraphQLOperationDefinition operation => operation.SelectionSet,
                _ => null,
            };
            if (node is GraphQLField { Name.StringValue: "__schema" or "__type" }) IsCovered = false;
            foreach (var selection in below?.Selections ?? []) Look(selection);
        }

        private static bool HoldsVariable(ASTNode value) => value switch
        {
            GraphQLVariable => true,
            GraphQLListValue list => list.Values?.Exists(HoldsVariable) == true,
            GraphQLObjectValue map => map.Fields?.Exists(field => HoldsVariable(field.Value)) == true,
            _ => false,
        };

        private void Look(GraphQLDirectives directives, ASTNode node)
        {
            foreach (var directive in directives)
            {
                IsCovered &= node is GraphQLField or GraphQLInlineFragment or GraphQLFragmentSpread
                    && directive.Name.StringValue is "skip" or "include" && directive.Arguments is { Count: 1 };
                if (directive.Arguments?[0].Value is GraphQLVariable variable) Conditions.Add(variable.Name.StringValue);
                else IsCovered &= directive.Arguments?[0].Value is GraphQLBooleanValue;
            }
        }
    }
}

/// <summary>What is asked, from the root on, and what plans the rest where the type of an object is known only when it is there.</summary>
internal sealed record QuestionPlan(PlanMaker Maker, PlannedObject Root);

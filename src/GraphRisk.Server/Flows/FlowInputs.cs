using GraphQL;
using GraphQL.Types;
using GraphRisk.Market.Flows;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;

namespace GraphRisk.Server.Flows;

/// <summary>The arguments of questions on flows of money: one for each parameter of a question, under one name in all of them.</summary>
internal static class FlowInputs
{
    private const string Later = "laterThan";
    private const string Earlier = "earlierThan";
    private const string Limit = "truncateAt";
    private const string Order = "truncateBy";
    private const string Exceeding = "exceeding";
    private const string ExceedingPart = "exceedingPart";
    private const string WithdrawalsExceeding = "withdrawalsExceeding";

    /// <summary>The second node of a question that has one.</summary>
    public const string Other = "other";

    /// <summary>The argument that names what a question is about: after its type.</summary>
    public static string SubjectOf(FlowQuestion question) => question.Subject.ToLowerInvariant();

    /// <summary>The arguments of a question.</summary>
    public static IEnumerable<QueryArgument> Of(FlowQuestion question) => question.Parameters.Select(parameter => parameter switch
    {
        FlowParameter.Subject => TypeExpression.Argument(SubjectOf(question), "ID!", $"The {SubjectOf(question)} it is about."),
        FlowParameter.Other => TypeExpression.Argument(Other, "ID!", $"The other {SubjectOf(question)}."),
        FlowParameter.Threshold => TypeExpression.Argument(Exceeding, "Decimal", "Only transfers, payouts and repayments of more than this count; 0 where not given."),
        FlowParameter.Part => TypeExpression.Argument(ExceedingPart, "Decimal", "Only flows of more than this part of all that was transferred into where they come from count, such as 0.1; 0 where not given."),
        FlowParameter.WithdrawalThreshold => TypeExpression.Argument(WithdrawalsExceeding, "Decimal", "Only withdrawals of more than this count; 0 where not given."),
        FlowParameter.Start => TypeExpression.Argument(Later, "DateTime", "Only what happened after this instant counts, itself excluded; where not given all that has a date."),
        FlowParameter.End => TypeExpression.Argument(Earlier, "DateTime", "Only what happened before this instant counts, itself excluded; where not given all that has a date."),
        FlowParameter.Limit => TypeExpression.Argument(Limit, "Int", "Follow at most so many flows of a node, 1 or more, cut before window and amount are looked at; all where not given."),
        FlowParameter.Order => TypeExpression.Argument(Order, "TruncationOrder", "Which come first where not all are followed; TIMESTAMP_DESCENDING where not given."),
        _ => throw new InvalidOperationException($"Unknown parameter {parameter}."),
    });

    /// <summary>The type of an order of truncation.</summary>
    public static EnumerationGraphType Orders() => Fields.Enum(
        "TruncationOrder", "Which flows of a node come first where not all are followed; ties go to the far end with the smaller id.",
        ("TIMESTAMP_DESCENDING", TruncationOrder.TimestampDescending, "The latest."),
        ("TIMESTAMP_ASCENDING", TruncationOrder.TimestampAscending, "The earliest."),
        ("AMOUNT_DESCENDING", TruncationOrder.AmountDescending, "The largest."),
        ("AMOUNT_ASCENDING", TruncationOrder.AmountAscending, "The smallest."));

    /// <summary>What is asked but for the nodes.</summary>
    /// <exception cref="Http.TypedError">An argument says something that cannot be.</exception>
    public static FlowArguments Read(IResolveFieldContext context)
    {
        var (later, earlier) = (context.GetArgument<DateTimeOffset?>(Later), context.GetArgument<DateTimeOffset?>(Earlier));
        if (later >= earlier) throw Problem.BadInput(Later, $"must be before '{Earlier}'.");
        var limit = context.GetArgument<int?>(Limit) ?? int.MaxValue;
        if (limit < 1) throw Problem.BadInput(Limit, "must be 1 or more.");
        return new FlowArguments(-1, new FlowWindow(later?.ToUnixTimeMilliseconds() ?? Flow.Undated, earlier is { } end ? CeilingOf(end) : long.MaxValue))
        {
            Threshold = Least(context, Exceeding) + Least(context, ExceedingPart),
            WithdrawalThreshold = Least(context, WithdrawalsExceeding),
            Cut = new Truncation(limit, context.GetArgument<TruncationOrder?>(Order) ?? TruncationOrder.TimestampDescending),
        };
    }

    private static decimal Least(IResolveFieldContext context, string argument) =>
        context.GetArgument<decimal?>(argument) is not { } least ? 0 : least >= 0 ? least : throw Problem.BadInput(argument, "must be 0 or more.");

    // Flows have whole milliseconds: one before a part of one happened before it.
    private static long CeilingOf(DateTimeOffset end) => end.ToUnixTimeMilliseconds() + (end.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
}

using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Sessions;

/// <summary>The two instants a reader names.</summary>
/// <param name="AsOf">When the answer is to hold in the world; null for the server's day.</param>
/// <param name="KnownAt">Up to when knowledge counts; null for all there is.</param>
public readonly record struct BitemporalPoint(DateTimeOffset? AsOf, DateTimeOffset? KnownAt);

/// <summary>The arguments by which every question names its two instants, and the stamp by which every answer names them back.</summary>
internal static class BitemporalArguments
{
    /// <summary>The arguments, followed by others.</summary>
    public static QueryArgument[] And(params QueryArgument[] others) =>
    [
        .. others,
        TypeExpression.Argument("asOf", "AsOf", "When the answer is to hold in the world; where not given the last day that the sources have reached in full (dataUntil of the stamp), never after today."),
        TypeExpression.Argument("knownAt", "DateTime", "Up to when knowledge counts; where not given all there is."),
    ];

    /// <summary>Reads the arguments.</summary>
    public static BitemporalPoint Of(IResolveFieldContext context) =>
        new(context.GetArgument<DateTimeOffset?>("asOf"), context.GetArgument<DateTimeOffset?>("knownAt"));

    /// <summary>What the viewer may know at the instants a question is about.</summary>
    public static ValueTask<GraphView> ViewAsync(this GraphSession session, IResolveFieldContext context)
    {
        var point = Of(context);
        RequestContext.Of(context).Budget.ChargeInstant(point.AsOf, point.KnownAt);
        return session.ViewAsync(context.Viewer(), point, context.CancellationToken);
    }

    /// <summary>The GraphQL type of a stamp.</summary>
    public static ObjectGraphType StampType() => Fields.Object(
        "Stamp", "What an answer stands on: asking with the same asOf and knownAt gives the same answer again.",
        Fields.Of<Stamp>("asOf", "DateTime!", FieldAccess.Structure, "Instant in the world at which the facts hold.", stamp => stamp.AsOf),
        Fields.Of<Stamp>("knownAt", "DateTime!", FieldAccess.Structure, "Up to when knowledge counts: when the version of the store was recorded; for brokers and clients when it was asked for.", stamp => stamp.KnownAt),
        Fields.Of<Stamp>("version", "Long", FieldAccess.Structure, "Version of the store whose knowledge was read; null for brokers and clients, to whom it would tell how often others write.", stamp => stamp.Version),
        Fields.Of<Stamp>("dataUntil", "Date!", FieldAccess.Structure, "Last day the sources have reached in full: what a question without asOf is about.", stamp => stamp.DataUntil),
        Fields.Of<Stamp>("isBeyondData", "Boolean!", FieldAccess.Structure, "True where the answer speaks of a later day than that: what happened since may be missing.", stamp => stamp.IsBeyondData));
}

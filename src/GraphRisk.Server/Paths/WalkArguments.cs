using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;

namespace GraphRisk.Server.Paths;

/// <summary>How many steps a question may take.</summary>
/// <param name="Default">Where the question says nothing.</param>
/// <param name="Most">The most it may say.</param>
internal readonly record struct HopRange(int Default, int Most);

/// <summary>The arguments by which questions about paths say what is walked, and how far.</summary>
internal sealed class WalkArguments
{
    private const int DefaultLimit = 1000;
    private const int MostLimit = 10_000;

    private readonly HashSet<string> named;
    private readonly ImmutableArray<string> sought;
    private readonly bool isTimed;

    private WalkArguments(IResolveFieldContext context, HopRange hops, WalkDirection direction, string? weight, bool isTimed)
    {
        named = [.. context.GetArgument<List<string>?>("kinds") ?? []];
        IsNamed = context.GetArgument<List<string>?>("kinds") is not null;
        var bounds = new[] { BoundOf(context, "amount", "minAmount", "maxAmount"), BoundOf(context, "share", "minShare", "maxShare") }.OfType<EdgeBound>().ToImmutableArray();
        Parameters = new WalkParameters
        {
            Kinds = [],
            Direction = context.GetArgument<WalkDirection?>("direction") ?? direction,
            Bounds = bounds,
            Since = context.GetArgument<DateTimeOffset?>("since"),
            Until = context.GetArgument<DateTimeOffset?>("until"),
        };
        this.isTimed = isTimed || Parameters.Since is not null || Parameters.Until is not null;
        sought = weight is null ? [.. bounds.Select(bound => bound.Field)] : [.. bounds.Select(bound => bound.Field), weight];
        Limits = new PathLimits(Number(context, "maxHops", hops.Default, hops.Most), Number(context, "limit", DefaultLimit, MostLimit));
    }

    /// <summary>Whether the question names types.</summary>
    public bool IsNamed { get; }

    /// <summary>What is walked, but for the types.</summary>
    public WalkParameters Parameters { get; }

    /// <summary>How far.</summary>
    public PathLimits Limits { get; }

    /// <summary>The arguments, with those of both times, after others.</summary>
    /// <param name="hops">Steps a question may take.</param>
    /// <param name="direction">Which way where the question says nothing.</param>
    /// <param name="what">What is limited, in the plural.</param>
    /// <param name="others">Arguments of its own.</param>
    public static QueryArgument[] And(HopRange hops, WalkDirection direction, string what, params QueryArgument[] others) => Sessions.BitemporalArguments.And(
    [
        .. others,
        TypeExpression.Argument("maxHops", "Int", $"Most steps, 1 to {hops.Most}; {hops.Default} where not given."),
        TypeExpression.Argument("kinds", "[RelationshipKind!]", "Relationships to walk; where not given all that are open to you."),
        TypeExpression.Argument("direction", "WalkDirection", $"Which way to walk them; {direction.ToString().ToUpperInvariant()} where not given."),
        TypeExpression.Argument("minAmount", "Decimal", "Of relationships of kinds that have an amount, only those with this or more."),
        TypeExpression.Argument("maxAmount", "Decimal", "Of relationships of kinds that have an amount, only those with this or less."),
        TypeExpression.Argument("minShare", "Decimal", "Of relationships of kinds that have a share, only those with this or more; 0 to 1."),
        TypeExpression.Argument("maxShare", "Decimal", "Of relationships of kinds that have a share, only those with this or less; 0 to 1."),
        TypeExpression.Argument("since", "DateTime", "Of relationships of kinds that have a time, only those from this instant on."),
        TypeExpression.Argument("until", "DateTime", "Of relationships of kinds that have a time, only those before this instant."),
        TypeExpression.Argument("limit", "Int", $"Most {what} to look for, 1 to {MostLimit}; {DefaultLimit} where not given."),
    ]);

    /// <summary>Reads the arguments.</summary>
    /// <param name="context">The question.</param>
    /// <param name="hops">Steps it may take.</param>
    /// <param name="direction">Which way where it says nothing.</param>
    /// <param name="weight">A field by which the question ranks; null where it does not.</param>
    /// <param name="isTimed">The question is about times.</param>
    public static WalkArguments Of(IResolveFieldContext context, HopRange hops, WalkDirection direction, string? weight = null, bool isTimed = false) =>
        new(context, hops, direction, weight, isTimed);

    /// <summary>The types that are to be walked, in the order of the schema. Judgements are no relationships of a snapshot.</summary>
    public IEnumerable<RelationshipType> Types(SchemaCatalog catalog) => catalog.RelationshipTypes.Where(type =>
        type.GraphName != SchemaCatalog.SameAs && (!IsNamed || named.Contains(type.GraphName)));

    /// <summary>The fields of a type by which its relationships are chosen or ranked.</summary>
    public IEnumerable<Field> SoughtBy(RelationshipType type)
    {
        foreach (var name in sought)
            if (type.FindField(name) is { } field) yield return field;
        if (isTimed && EdgeTimes.FieldOf(type) is { } time) yield return time;
    }

    private static EdgeBound? BoundOf(IResolveFieldContext context, string field, string least, string most)
    {
        var (from, to) = (context.GetArgument<decimal?>(least), context.GetArgument<decimal?>(most));
        if (from > to) throw Problem.BadInput(least, $"must not be above '{most}'.");
        return from is null && to is null ? null : new EdgeBound(field, from, to);
    }

    private static int Number(IResolveFieldContext context, string argument, int unnamed, int most)
    {
        var number = context.GetArgument<int?>(argument) ?? unnamed;
        return number >= 1 && number <= most ? number : throw Problem.BadInput(argument, $"must be between 1 and {most}.");
    }
}

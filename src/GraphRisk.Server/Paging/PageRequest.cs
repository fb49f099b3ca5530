using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Paging;

/// <summary>Which part of a connection is asked for, after Relay's cursor connections.</summary>
/// <param name="First">At most so many from the front; null when <paramref name="Last"/> is given.</param>
/// <param name="After">Only what comes after this cursor.</param>
/// <param name="Last">At most so many from the end.</param>
/// <param name="Before">Only what comes before this cursor.</param>
internal readonly record struct PageRequest(int? First, string? After, int? Last, string? Before)
{
    /// <summary>The project of a viewer that reads pseudonyms, whose cursors are its own; null of others.</summary>
    public string? Project { get; init; }

    /// <summary>The question whose pages are turned.</summary>
    public CursorBinding Question { get; init; }

    /// <summary>Items of a page when the query names no number.</summary>
    public const int Default = 20;

    /// <summary>Most items of a page.</summary>
    public const int Most = 200;

    /// <summary>The arguments of a connection.</summary>
    public static QueryArgument[] Arguments =>
    [
        TypeExpression.Argument("first", "Int", $"At most so many from the front, up to {Most}; {Default} where neither first nor last is given."),
        TypeExpression.Argument("after", "String", "Only what comes after this cursor."),
        TypeExpression.Argument("last", "Int", $"At most so many from the end, up to {Most}; not together with first."),
        TypeExpression.Argument("before", "String", "Only what comes before this cursor."),
    ];

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="Http.TypedError">A number is out of range, or both are given.</exception>
    public static PageRequest Of(IResolveFieldContext context)
    {
        var first = context.GetArgument<int?>("first");
        var last = context.GetArgument<int?>("last");
        if (first is not null && last is not null) throw Problem.BadInput("last", "cannot be given together with 'first'.");
        Check("first", first);
        Check("last", last);
        return new PageRequest(
            first ?? (last is null ? Default : null), context.GetArgument<string?>("after"), last, context.GetArgument<string?>("before"))
        {
            Project = Pseudonyms.ProjectOf(context.Viewer()),
            Question = CursorBinding.Of(context),
        };
    }

    private static void Check(string argument, int? number)
    {
        if (number is < 0 or > Most) throw Problem.BadInput(argument, $"must be between 0 and {Most}.");
    }
}

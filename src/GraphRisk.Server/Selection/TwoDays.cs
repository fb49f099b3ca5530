using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Selection;

/// <summary>How a node or relationship differs between two days.</summary>
internal enum ChangeKind
{
    Came,
    Went,
    Changed,
}

/// <summary>Two days seen with one knowledge: from a day up to the day of the question.</summary>
internal static class TwoDays
{
    /// <summary>The argument that names the first day.</summary>
    public static QueryArgument From => TypeExpression.Argument("from", "Date!", "The first day; the second is asOf.");

    /// <summary>The GraphQL type of how something differs.</summary>
    public static EnumerationGraphType Kinds() => Fields.Enum(
        "ChangeKind", "How a node or relationship differs between two days.",
        ("CAME", ChangeKind.Came, "It was not there."), ("WENT", ChangeKind.Went, "It is there no more."),
        ("CHANGED", ChangeKind.Changed, "Fields of it have other values."));

    /// <summary>What the viewer knows of both days.</summary>
    /// <exception cref="Http.TypedError">The first day is after the second.</exception>
    public static async ValueTask<(SelectionScope Before, SelectionScope After)> ScopesAsync(GraphSession session, IResolveFieldContext context)
    {
        var after = await SelectionScope.OfAsync(session, await session.ViewAsync(context), context);
        var from = Validity.CloseOf(context.GetArgument<DateOnly>("from"));
        if (from > after.View.Stamp.AsOf) throw Problem.BadInput("from", "must not be after 'asOf'.");
        RequestContext.Of(context).Budget.ChargeInstant(from, after.View.Stamp.KnownAt);
        return (await SelectionScope.OfAsync(session, await session.ViewAsync(after.View, from, context.CancellationToken), context), after);
    }

    /// <summary>The values on both days of those fields that the viewer reads on both.</summary>
    public static async ValueTask<List<(string Name, Values Before, Values After)>> ReadAsync(IEnumerable<SelectableField> fields, SelectionScope before, SelectionScope after)
    {
        var read = new List<(string, Values, Values)>();
        foreach (var field in fields)
            if (before.Sight.Reads(field) && after.Sight.Reads(field)) read.Add((field.Name, await before.ReadAsync(field), await after.ReadAsync(field)));
        return read;
    }

    /// <summary>Names of the fields whose values differ.</summary>
    public static List<string> Differing(List<(string Name, Values Before, Values After)> fields, Row before, Row after)
    {
        var differing = new List<string>();
        foreach (var field in fields)
            if (field.Before.Get(before) != field.After.Get(after)) differing.Add(field.Name);
        return differing;
    }
}

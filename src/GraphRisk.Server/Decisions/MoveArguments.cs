using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Server.Decisions;

/// <summary>
/// The arguments of a move, made of its rows in the table and of the fields of the node type <c>CaseMove</c>: what every row carries must be given, what some do may be.
/// </summary>
internal static class MoveArguments
{
    private const int LongestText = 4_000;
    private const decimal MostAmount = 1_000_000_000_000_000m;

    public static QueryArgument Key => TypeExpression.Argument(
        "key", "String!", $"What you call this command, 1 to {CaseEngine.LongestKey} characters: sent again under the same key it is done once.");

    public static QueryArgument Seen => TypeExpression.Argument(
        "seen", "Int", "How many moves the case had when you looked at it: where it has others since, nothing is done and the code is CONFLICT.");

    /// <summary>The arguments for what a move carries.</summary>
    public static IEnumerable<QueryArgument> Of(SchemaCatalog catalog, CaseKind kind, string move)
    {
        var rows = kind.Table.OfPersons(move).ToList();
        foreach (var name in rows.SelectMany(row => row.Carries.Concat(row.May)).Distinct().Where(name => !kind.Computed.Contains(name)))
        {
            var field = catalog.Node(CaseFacts.MoveType).GetField(name);
            var isNeeded = rows.TrueForAll(row => row.Carries.Contains(name));
            yield return TypeExpression.Argument(name, ElementFields.TypeOf(field).TrimEnd('!') + (isNeeded ? "!" : ""), field.Description!);
        }
    }

    /// <summary>What a move was given to carry.</summary>
    /// <exception cref="Http.TypedError">An argument cannot be.</exception>
    public static Properties Read(IResolveFieldContext context, SchemaCatalog catalog, CaseKind kind, string move)
    {
        var carried = new List<Property>();
        foreach (var argument in Of(catalog, kind, move))
            if (context.GetArgument<object?>(argument.Name) is { } given)
                carried.Add(new Property(argument.Name, ValueOf(argument.Name, catalog.Node(CaseFacts.MoveType).GetField(argument.Name), given)));
        return Properties.Of(carried);
    }

    /// <summary>A text in the form in which it is kept.</summary>
    public static string Text(string argument, string given)
    {
        var text = given.Trim();
        return text.Length is 0 or > LongestText || text.Any(letter => char.IsControl(letter) && letter is not '\n')
            ? throw Problem.BadInput(argument, $"must have 1 to {LongestText} characters.")
            : text;
    }

    private static PropertyValue ValueOf(string argument, Field field, object given) => given switch
    {
        string name when field.Kind == FieldKind.Enum => PropertyValue.OfEnum(name),
        string text => PropertyValue.Of(Text(argument, text)),
        decimal number when field.Minimum is { } least && number < least || number > (field.Maximum ?? MostAmount) =>
            throw Problem.BadInput(argument, FormattableString.Invariant($"must be {field.Minimum} to {field.Maximum ?? MostAmount}.")),
        decimal number => PropertyValue.Of(number),
        DateOnly day => PropertyValue.Of(day),
        bool truth => PropertyValue.Of(truth),
        _ => throw new InvalidOperationException($"'{argument}' is a {given.GetType()}."),
    };
}

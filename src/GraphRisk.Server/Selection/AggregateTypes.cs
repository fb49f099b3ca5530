using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Selection;

/// <summary>Selected rows, or a group of them, of which figures are asked.</summary>
/// <param name="Scope">Where and for whom.</param>
/// <param name="Rows">The rows.</param>
internal record Figured(SelectionScope Scope, ReadOnlyMemory<Row> Rows)
{
    /// <summary>The nodes at one end of relationships, each once: where they are met from, or where they lead to.</summary>
    public Figured Nodes(bool near) => new(Scope, Rows.ToArray().Select(row => new Row(near ? row.Near : row.Node)).Distinct().ToArray());

    public async ValueTask<NumberFigures> NumbersAsync(SelectableField field) => NumberFigures.Of(await Scope.ReadAsync(field), Rows.Span, Scope.Meter);

    public async ValueTask<ValueFigures> ValuesAsync(SelectableField field) => ValueFigures.Of(await Scope.ReadAsync(field), Rows.Span, Scope.Meter);
}

/// <summary>The GraphQL types of figures over selected rows: counts, sums, means, percentiles, histograms.</summary>
internal sealed class AggregateTypes(SelectableTypes types, DerivedFields derived, GroupTypes groups, RelationshipGroups relationshipGroups)
{
    private const int MostRanges = 100;
    private const string OneField = "One field, and by which of its figures.";

    /// <summary>The figures of numbers by which groups can be ordered.</summary>
    public static readonly (string Name, string Description, Func<NumberFigures, decimal?> Read)[] Numbers =
    [
        ("sum", "Their sum; null where there are none.", figures => figures.Sum),
        ("average", "Their mean.", figures => figures.Average),
        ("min", "The smallest.", figures => figures.Min),
        ("max", "The largest.", figures => figures.Max),
    ];

    /// <summary>Name of the figures of a node type, interface or group.</summary>
    public static string NameOf(string type) => $"{type}Aggregate";

    public IEnumerable<IGraphType> All()
    {
        yield return Fields.Object("HistogramRange", "A range of a histogram.",
            Fields.Of<(decimal From, decimal To, int Count)>("from", "Decimal!", FieldAccess.Structure, "Where it begins, included.", range => range.From),
            Fields.Of<(decimal From, decimal To, int Count)>("to", "Decimal!", FieldAccess.Structure, "Where it ends; included in the last range only.", range => range.To),
            Fields.Of<(decimal From, decimal To, int Count)>("count", "Int!", FieldAccess.Structure, "How many lie in it.", range => range.Count));
        yield return Fields.Object("NumberAggregate", "Figures over the numbers of a field, as you read them one by one; rows without one are left out.",
        [
            Fields.Of<NumberFigures>("count", "Int!", FieldAccess.Structure, "Rows with a number.", figures => figures.Count),
            .. Numbers.Select(one => Fields.Of<NumberFigures>(one.Name, "Decimal", FieldAccess.Structure, one.Description, figures => one.Read(figures))),
            Fields.Of<NumberFigures>("standardDeviation", "Float", FieldAccess.Structure, "Standard deviation of a sample; null for fewer than two.", figures => figures.StandardDeviation),
            Fields.Of<NumberFigures>("percentile", "Decimal", FieldAccess.Structure, "The number below which this part of them lies; between two of them as percentile_cont of SQL has it.",
                (figures, context) => context.GetArgument<double>("part") is >= 0 and <= 1 and var part ? figures.Percentile(part) : throw Problem.BadInput("part", "must be between 0 and 1."),
                TypeExpression.Argument("part", "Float!", "0 to 1: 0.5 is the median.")),
            Fields.Of<NumberFigures>("histogram", "[HistogramRange!]!", FieldAccess.Structure, "How many lie in ranges of equal width from the smallest to the largest.",
                (figures, context) => (context.GetArgument<int?>("ranges") ?? 10) is >= 1 and <= MostRanges and var ranges
                    ? figures.Histogram(ranges).Cast<object>().ToArray() : throw Problem.BadInput("ranges", $"must be between 1 and {MostRanges}."),
                TypeExpression.Argument("ranges", "Int", $"How many ranges, up to {MostRanges}; 10 where not given.")),
        ]);
        foreach (var (name, type) in new[] { ("DateAggregate", "Date"), ("DateTimeAggregate", "DateTime") })
            yield return Fields.Object(name, "Figures over the days of a field.",
            [
                .. Counts(),
                Fields.Of<ValueFigures>("min", type, FieldAccess.Structure, "The first.", figures => figures.Min?.AsObject()),
                Fields.Of<ValueFigures>("max", type, FieldAccess.Structure, "The last.", figures => figures.Max?.AsObject()),
            ]);
        yield return Fields.Object("ValueAggregate", "Figures over the values of a field.", Counts());
        yield return Fields.Input(GroupTypes.NumberOrder, "One figure, and which way.",
            Numbers.Select(one => Fields.Declared(one.Name, WhereTypes.Direction, one.Description)));
        foreach (var group in derived.Groups)
        {
            yield return Fields.Object(NameOf(group.TypeName), group.Description, group.Fields.Select(FigureOf));
            yield return Fields.Input($"{NameOf(group.TypeName)}Order", OneField, group.Fields.Where(field => field.IsNumber).Select(GroupTypes.OrderOf));
        }

        foreach (var made in types.All.SelectMany(OfType).Concat(OrdersOfEnds()).Concat(types.Relationships.SelectMany(OfRelationship))) yield return made;
    }

    /// <summary>Figures over relationships, of a node or as rows of their own: over their own fields, and over the nodes at their ends.</summary>
    private IEnumerable<IGraphType> OfRelationship(RelationshipType type)
    {
        var fields = types.FieldsOf(type);
        if (!fields.IsEmpty) yield return Fields.Object(NameOf(type.Name), $"Figures over relationships {type.GraphName}.", fields.Select(FigureOf));
        if (fields.Any(field => field.IsNumber)) yield return Fields.Input($"{NameOf(type.Name)}Order", OneField, fields.Where(field => field.IsNumber).Select(GroupTypes.OrderOf));
        if (KeyNames.Of(fields.Select(field => (field.Name, field))).ToList() is { Count: > 0 } keys)
            foreach (var made in GroupTypes.KeysOf(type.Name, keys, areRelationships: true)) yield return made;
        foreach (var fromStart in (bool[])[true, false])
            foreach (var made in OfParts(ElementNames.TypeOf(type, fromStart), $"Figures over relationships {type.GraphName} of a node.", type, RowParts.OfNode(types, type, fromStart), areRows: false))
                yield return made;
        foreach (var made in OfParts(RelationshipRows.TypeOf(type), $"Figures over selected relationships {type.GraphName}.", type, RowParts.OfRows(types, type), areRows: true))
            yield return made;
    }

    private IEnumerable<IGraphType> OfParts(string name, string description, RelationshipType type, ImmutableArray<RowPart> parts, bool areRows) =>
    [
        Fields.Object(NameOf(name), description,
        [
            .. FiguresOf(parts),
            .. relationshipGroups.FieldsOf(name, parts, inPages: areRows),
            .. areRows ? [Fields.Of<Figured>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Scope.View.Stamp)] : Array.Empty<FieldType>(),
        ]),
        .. RelationshipGroups.TypesOf(name, type.GraphName, parts, FiguresOf(parts), inPages: areRows),
    ];

    private static IEnumerable<FieldType> FiguresOf(ImmutableArray<RowPart> parts) =>
    [
        Fields.Of<Figured>("count", "Int!", FieldAccess.Structure, "How many relationships.", one => one.Rows.Length),
        .. parts.Select(part => Fields.Of<Figured>(part.Name, NameOf(part.TypeName), FieldAccess.Structure, part.Description, part.Of)),
    ];

    /// <summary>The orders of groups by the figures of nodes at an end.</summary>
    private IEnumerable<IGraphType> OrdersOfEnds() =>
        types.Relationships.SelectMany(type => (string[])[type.From, type.To]).Distinct(StringComparer.Ordinal).Select(name => types[name]).Select(type => Fields.Input(
            $"{NameOf(type.Name)}Order", OneField,
            [
                Fields.Declared("count", WhereTypes.Direction, "How many nodes, each once."),
                .. type.Fields.Where(field => field.IsNumber).Select(GroupTypes.OrderOf),
                .. type.Groups.Select(group => Fields.Declared(group.Name, $"{NameOf(group.TypeName)}Order", group.Description)),
            ]));

    private IEnumerable<IGraphType> OfType(SelectableType type) =>
    [
        Fields.Object(NameOf(type.Name), $"Figures over selected {type.Name} nodes.",
        [
            .. FiguresOf(type),
            .. groups.FieldsOf(type),
            Fields.Of<Figured>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Scope.View.Stamp),
        ]),
        .. groups.TypesOf(type, FiguresOf(type)),
    ];

    private static IEnumerable<FieldType> FiguresOf(SelectableType type) =>
    [
        Fields.Of<Figured>("count", "Int!", FieldAccess.Structure, "How many rows.", one => one.Rows.Length),
        .. type.Fields.Select(FigureOf),
        .. type.Groups.Select(group => Fields.Of<Figured>(group.Name, NameOf(group.TypeName), FieldAccess.Structure, group.Description, one => one)),
    ];

    private static IEnumerable<FieldType> Counts() =>
    [
        Fields.Of<ValueFigures>("count", "Int!", FieldAccess.Structure, "Rows with a value.", figures => figures.Count),
        Fields.Of<ValueFigures>("distinct", "Int!", FieldAccess.Structure, "Different values.", figures => figures.Distinct),
    ];

    private static FieldType FigureOf(SelectableField field)
    {
        var type = field.Field.Kind switch
        {
            FieldKind.Decimal or FieldKind.Integer => "NumberAggregate",
            FieldKind.Date => "DateAggregate",
            FieldKind.DateTime => "DateTimeAggregate",
            _ => "ValueAggregate",
        };
        var figures = Fields.Resolved(field.Name, type, FieldAccess.Structure, ElementFields.Describe(field.Field), async context => context.Source is not Figured source ? null
            : field.IsNumber ? await source.NumbersAsync(field) : await source.ValuesAsync(field));
        return FieldAccess.WithFigures(figures, field.Access.As(field.Access.Kind ?? FieldAccess.KindOf(field.Field)));
    }
}

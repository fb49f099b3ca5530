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
/// <param name="Keys">What they have in common, by name; null for all.</param>
internal sealed record Figured(SelectionScope Scope, ReadOnlyMemory<Row> Rows, IReadOnlyDictionary<string, object?>? Keys = null)
{
    /// <summary>The nodes that relationships lead to, each once.</summary>
    public Figured Nodes() => this with { Rows = Rows.ToArray().Select(row => new Row(row.Node)).Distinct().ToArray() };

    public async ValueTask<NumberFigures> NumbersAsync(SelectableField field) => NumberFigures.Of(await Scope.ReadAsync(field), Rows.Span, Scope.Meter);

    public async ValueTask<ValueFigures> ValuesAsync(SelectableField field) => ValueFigures.Of(await Scope.ReadAsync(field), Rows.Span, Scope.Meter);
}

/// <summary>The GraphQL types of figures over selected rows: counts, sums, means, groups.</summary>
internal sealed class AggregateTypes(SelectableTypes types, DerivedFields derived)
{
    private const int MostGroups = 1000;
    private const int MostKeys = 3;
    private const int MostRanges = 100;

    private static readonly (string Name, string Description, Func<NumberFigures, decimal?> Read)[] Numbers =
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
        yield return Fields.Input("NumberAggregateOrder", "One figure, and which way.",
            Numbers.Select(one => Fields.Declared(one.Name, WhereTypes.Direction, one.Description)));
        foreach (var group in derived.Groups)
        {
            yield return Fields.Object(NameOf(group.TypeName), group.Description, group.Fields.Select(FigureOf));
            yield return Fields.Input($"{NameOf(group.TypeName)}Order", "One field, and by which of its figures.", group.Fields.Where(field => field.IsNumber).Select(OrderOf));
        }

        foreach (var made in types.All.SelectMany(OfType).Concat(types.Relationships.SelectMany(OfRelationship))) yield return made;
    }

    /// <summary>Figures over relationships of a node: their own fields, and those of the nodes they lead to.</summary>
    private IEnumerable<IGraphType> OfRelationship(RelationshipType type)
    {
        var fields = types.FieldsOf(type);
        if (!fields.IsEmpty) yield return Fields.Object(NameOf(type.Name), $"Figures over relationships {type.GraphName}.", fields.Select(FigureOf));
        foreach (var fromStart in (bool[])[true, false])
            yield return Fields.Object(NameOf(ElementNames.TypeOf(type, fromStart)), $"Figures over relationships {type.GraphName} of a node.",
            [
                Fields.Of<Figured>("count", "Int!", FieldAccess.Structure, "How many relationships.", one => one.Rows.Length),
                .. fields.IsEmpty ? Array.Empty<FieldType>()
                    : [Fields.Of<Figured>("edge", NameOf(type.Name), FieldAccess.Structure, "Over the relationships themselves.", one => one)],
                Fields.Of<Figured>("node", NameOf(fromStart ? type.To : type.From), FieldAccess.Structure, "Over the nodes they lead to, each once.", one => one.Nodes()),
            ]);
    }

    private static IEnumerable<IGraphType> OfType(SelectableType type)
    {
        var keys = KeysOf(type).ToList();
        yield return Fields.Object(NameOf(type.Name), $"Figures over selected {type.Name} nodes.",
        [
            .. FiguresOf(type),
            .. keys.Count == 0 ? Array.Empty<FieldType>() : [GroupsOf(type, keys)],
            Fields.Of<Figured>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.Scope.View.Stamp),
        ]);
        if (keys.Count == 0) yield break;
        yield return Fields.Enum($"{type.Name}GroupBy", $"By what {type.Name} nodes are put together.", keys.Select(key => (key.Name, key.Name, key.Description)));
        yield return Fields.Object($"{type.Name}GroupKey", "What the rows of a group have in common; null what was not asked by, is not known or not yours to read.",
            keys.Select(key => Fields.Of<Figured>(key.Name, key.GraphType, FieldAccess.Structure, key.Description, one => one.Keys!.GetValueOrDefault(key.Name))));
        yield return Fields.Object($"{type.Name}Group", $"{type.Name} nodes that have something in common.",
        [
            Fields.Of<Figured>("key", $"{type.Name}GroupKey!", FieldAccess.Structure, "What they have in common.", one => one),
            .. FiguresOf(type),
        ]);
        yield return Fields.Input($"{type.Name}GroupOrder", "One figure, and which way; further ones in objects after it.",
        [
            Fields.Declared("count", WhereTypes.Direction, "How many rows."),
            .. type.Fields.Where(field => field.IsNumber).Select(OrderOf),
            .. type.Groups.Select(group => Fields.Declared(group.Name, $"{NameOf(group.TypeName)}Order", group.Description)),
        ]);
    }

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
        return Fields.Resolved(field.Name, type, FieldAccess.Structure, ElementFields.Describe(field.Field), async context => context.Source is not Figured source ? null
            : field.IsNumber ? await source.NumbersAsync(field) : await source.ValuesAsync(field));
    }

    private static FieldType OrderOf(SelectableField field) => Fields.Declared(field.Name, "NumberAggregateOrder", ElementFields.Describe(field.Field));

    private static FieldType GroupsOf(SelectableType type, List<KeyName> keys) => Fields.Resolved(
        "groups", $"[{type.Name}Group!]!", FieldAccess.Structure,
        $"The rows put together by up to {MostKeys} fields, ascending by them or in the order asked for.",
        async context =>
        {
            var source = (Figured)context.Source!;
            var by = context.GetArgument<List<string>>("by");
            if (by.Count is 0 or > MostKeys || by.Distinct(StringComparer.Ordinal).Count() != by.Count) throw Problem.BadInput("by", $"takes one to {MostKeys} different fields.");
            var first = context.GetArgument<int?>("first") ?? 100;
            if (first is < 0 or > MostGroups) throw Problem.BadInput("first", $"must be between 0 and {MostGroups}.");
            var asked = by.ConvertAll(name => keys.Find(key => key.Name == name)!);
            var groupKeys = ImmutableArray.CreateBuilder<GroupKey>(asked.Count);
            foreach (var key in asked) groupKeys.Add(new GroupKey(await source.Scope.ReadAsync(key.Field), key.Step));
            var groups = Grouping.Of(source.Rows.ToArray(), groupKeys.MoveToImmutable(), source.Scope.Meter)
                .Select(group => new Figured(source.Scope, group.Rows, by.Zip(group.Keys).ToDictionary(one => one.First, one => one.Second))).ToList();
            foreach (var (read, isDescending) in (await OrdersAsync(type, context)).Reverse())
                groups = await SortedAsync(groups, read, isDescending);
            return groups.Take(first).ToArray();
        },
        TypeExpression.Argument("by", $"[{type.Name}GroupBy!]!", $"One to {MostKeys} fields."),
        TypeExpression.Argument("orderBy", $"[{type.Name}GroupOrder!]", "By which figures, the one that counts most first."),
        TypeExpression.Argument("first", "Int", $"At most so many groups, up to {MostGroups}; 100 where not given."));

    /// <summary>A stable sort; what has no figure comes last.</summary>
    private static async ValueTask<List<Figured>> SortedAsync(List<Figured> groups, Func<Figured, ValueTask<decimal?>> read, bool isDescending)
    {
        var figures = new List<(Figured Group, decimal? Figure)>();
        foreach (var group in groups) figures.Add((group, await read(group)));
        var unknownLast = figures.OrderBy(one => one.Figure is null);
        return [.. (isDescending ? unknownLast.ThenByDescending(one => one.Figure) : unknownLast.ThenBy(one => one.Figure)).Select(one => one.Group)];
    }

    private static ValueTask<ImmutableArray<(Func<Figured, ValueTask<decimal?>> Read, bool IsDescending)>> OrdersAsync(SelectableType type, IResolveFieldContext context)
    {
        var orders = ImmutableArray.CreateBuilder<(Func<Figured, ValueTask<decimal?>>, bool)>();
        if (context.Arguments!.TryGetValue("orderBy", out var given) && given.Value is System.Collections.IEnumerable list)
            foreach (var one in list)
            {
                var (name, value) = One(one);
                orders.Add(name == "count" ? (figured => new(figured.Rows.Length), (bool)value)
                    : type.Groups.FirstOrDefault(group => group.Name == name) is { } group ? OrderOf(group.Fields, value)
                    : OrderOf(type.Fields, one!));
            }

        return new(orders.ToImmutable());
    }

    private static (Func<Figured, ValueTask<decimal?>> Read, bool IsDescending) OrderOf(ImmutableArray<SelectableField> fields, object given)
    {
        var (name, figures) = One(given);
        var (figure, isDescending) = One(figures);
        var field = fields.First(one => one.Name == name);
        var read = Numbers.First(one => one.Name == figure).Read;
        return (async figured => read(await figured.NumbersAsync(field)), (bool)isDescending);
    }

    private static (string Name, object Value) One(object? given) => given is IDictionary<string, object?> { Count: 1 } map && map.Single() is { Value: { } value } one
        ? (one.Key, value) : throw Problem.BadInput("orderBy", "takes one figure in each object: [{ debt: { sum: DESC } }, { count: DESC }].");

    /// <summary>By what a type's nodes can be put together: days also by month, quarter and year.</summary>
    private static IEnumerable<KeyName> KeysOf(SelectableType type)
    {
        foreach (var field in type.AllFields.Where(field => field.Groups).DistinctBy(field => field.Name))
        {
            var description = ElementFields.Describe(field.Field);
            var isDay = field.Field.Kind is FieldKind.Date or FieldKind.DateTime;
            yield return new KeyName(field.Name, field, CalendarStep.Day, isDay ? "String" : ElementFields.TypeOf(field.Field), description);
            if (!isDay) continue;
            foreach (var step in (CalendarStep[])[CalendarStep.Month, CalendarStep.Quarter, CalendarStep.Year])
                yield return new KeyName($"{field.Name}{step}", field, step, "String", $"{description} By {step.ToString().ToLowerInvariant()}.");
        }
    }

    private sealed record KeyName(string Name, SelectableField Field, CalendarStep Step, string GraphType, string Description);
}

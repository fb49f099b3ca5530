using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Selection;

/// <summary>
/// The GraphQL types of rows put together: <c>groups</c> as a list of stated length and <c>groupsConnection</c> in pages, by fields of the rows
/// themselves and by fields of the nodes that a relationship leads to.
/// </summary>
internal sealed class GroupTypes(SelectableTypes types, Pager pager)
{
    /// <summary>Name of the order by a figure.</summary>
    public const string NumberOrder = "NumberAggregateOrder";

    private const int Usual = 100;
    private const int Most = 1000;

    /// <summary>What an order by keys is.</summary>
    public const string ByKey = "What they are put together by: numbers, days and texts by size, enumerations as they are stated.";

    /// <summary>How many groups a list holds.</summary>
    public static QueryArgument First => TypeExpression.First(Most, $"At most so many groups, up to {Most}; where not given all, which must not be more than {Usual}.");

    /// <summary>What a list of groups is.</summary>
    public static string AllOrFirst(string together) => $"{together} Where there are more than {Usual} and 'first' is not given it is refused, never cut.";

    /// <summary>What keys are by.</summary>
    public static string ByWhat(string type, bool areRelationships) => areRelationships ? $"By what relationships {type} are put together." : $"By what {type} nodes are put together.";

    /// <summary>The order of groups by a field's figures.</summary>
    public static FieldType OrderOf(SelectableField field) => Fields.Declared(field.Name, NumberOrder, ElementFields.Describe(field.Field));

    /// <summary>The fields of a type's figures that put its rows together; none where they have nothing in common.</summary>
    public IEnumerable<FieldType> FieldsOf(SelectableType type)
    {
        if (!KeyNames.Of(type).Any()) yield break;
        var together = $"The rows put together by one to {GroupReader.MostKeys} fields of their own or of what relationships lead to, ascending by them or in the order asked for.";
        yield return Fields.Resolved(
            "groups", $"[{type.Name}Group!]!", FieldAccess.Structure, AllOrFirst(together),
            async context => FirstOf(await GroupReader.ReadAsync(types, type, context), context.GetArgument<int?>("first")),
            [.. By(type), First]);
        yield return Fields.Resolved(
            "groupsConnection", $"{type.Name}GroupConnection", FieldAccess.Structure, $"{together} In pages, with how many there are.",
            async context =>
            {
                var groups = await GroupReader.ReadAsync(types, type, context);
                return pager.Cut(PageRequest.Of(context), ((Figured)context.Source!).Scope.View.Stamp, groups, group => group.Text);
            },
            [.. By(type), .. PageRequest.Arguments]);
    }

    /// <summary>The types of a type's groups.</summary>
    /// <param name="type">The type.</param>
    /// <param name="figures">The figures of a group.</param>
    public IEnumerable<IGraphType> TypesOf(SelectableType type, IEnumerable<FieldType> figures)
    {
        var keys = KeyNames.Of(type).ToList();
        if (keys.Count == 0) yield break;
        var across = Across(type).ToList();
        foreach (var made in KeysOf(type.Name, keys, areRelationships: false)) yield return made;
        if (across.Count > 0)
        {
            yield return Fields.Input(
                $"{type.Name}GroupByAcross", "One relationship, and by which field of the nodes it leads to: a row stands once in the group of each value met there, so groups may have more rows than there are.",
                across.Select(relation => Fields.Declared(relation.Name, $"{relation.Far}GroupBy", relation.Type.Description)));
            yield return Fields.Object(
                $"{type.Name}GroupAcross", "What the nodes have in common that relationships lead to; null what was not asked by.",
                across.Select(relation => Fields.Of<CrossedGroup>(relation.Name, $"{relation.Far}GroupKey", FieldAccess.Structure, relation.Type.Description, group => group.Across(relation.Name))));
        }

        yield return Fields.Object($"{type.Name}Group", $"{type.Name} nodes that have something in common.",
        [
            Fields.Of<CrossedGroup>("key", $"{type.Name}GroupKey!", FieldAccess.Structure, "What they have in common.", group => group.Own),
            .. across.Count == 0 ? Array.Empty<FieldType>()
                : [Fields.Of<CrossedGroup>("across", $"{type.Name}GroupAcross!", FieldAccess.Structure, "What the nodes have in common that relationships lead to.", group => group)],
            .. figures,
        ]);
        yield return Fields.Input($"{type.Name}GroupOrder", "One figure, and which way; further ones in objects after it.",
        [
            Fields.Declared("key", WhereTypes.Direction, ByKey),
            Fields.Declared("count", WhereTypes.Direction, "How many rows."),
            .. type.Fields.Where(field => field.IsNumber).Select(OrderOf),
            .. type.Groups.Select(group => Fields.Declared(group.Name, $"{AggregateTypes.NameOf(group.TypeName)}Order", group.Description)),
        ]);
        foreach (var made in Connections.Of($"{type.Name}Group", $"Groups of {type.Name} nodes", $"{type.Name}Group", (item, _) => item)) yield return made;
    }

    /// <summary>The names of keys and what rows have in common by them.</summary>
    public static IEnumerable<IGraphType> KeysOf(string type, IReadOnlyCollection<KeyName> keys, bool areRelationships)
    {
        yield return Fields.Enum($"{type}GroupBy", ByWhat(type, areRelationships), keys.Select(key => (key.Name, key.Name, key.Description)));
        yield return Fields.Object(
            $"{type}GroupKey", "What the rows of a group have in common; null what was not asked by and, unless it is named as withheld, what is not known.",
            [
                .. keys.Select(key => Fields.Of<GroupKeys>(key.Name, key.GraphType, FieldAccess.Structure, key.Description, one => one.Shown(key.Name))),
                Fields.Of<GroupKeys>("withheld", $"[{type}GroupBy!]!", FieldAccess.Structure,
                    "Keys by which the rows are together because you may not read them; whether they are known is not told.", one => one.Withheld().ToArray()),
            ]);
    }

    private IEnumerable<SelectableRelation> Across(SelectableType type) => type.Relations.Where(relation => KeyNames.Of(types[relation.Far]).Any());

    private IEnumerable<QueryArgument> By(SelectableType type)
    {
        yield return TypeExpression.Argument("by", $"[{type.Name}GroupBy!]", $"Fields of the rows themselves; together with those of 'across' one to {GroupReader.MostKeys}.");
        if (Across(type).Any()) yield return TypeExpression.Argument("across", $"[{type.Name}GroupByAcross!]", "Fields of what relationships lead to, each in an object: [{ grantedBy: name }].");
        yield return TypeExpression.Argument("orderBy", $"[{type.Name}GroupOrder!]", "By key or by which figures, the one that counts most first.");
    }

    /// <summary>The groups of a list.</summary>
    /// <exception cref="Http.TypedError">There are more than a list holds unasked.</exception>
    public static CrossedGroup[] FirstOf(List<CrossedGroup> groups, int? first) => first switch
    {
        < 0 or > Most => throw Problem.BadInput("first", $"must be between 0 and {Most}."),
        { } most => [.. groups.Take(most)],
        null when groups.Count > Usual => throw Problem.BadInput(
            "first", $"is not given, and there are {groups.Count} groups: say how many you want, up to {Most}, or turn pages of 'groupsConnection'."),
        _ => [.. groups],
    };
}

/// <summary>By what rows can be put together, under its own name: of days also months, quarters and years.</summary>
/// <param name="Name">Name.</param>
/// <param name="Field">The field.</param>
/// <param name="Step">Of days the step.</param>
/// <param name="GraphType">GraphQL type of the key.</param>
/// <param name="Description">What it is.</param>
internal sealed record KeyName(string Name, SelectableField Field, CalendarStep Step, string GraphType, string Description);

/// <summary>The keys of types.</summary>
internal static class KeyNames
{
    private static readonly CalendarStep[] Steps = [CalendarStep.Month, CalendarStep.Quarter, CalendarStep.Year];

    /// <summary>By what the nodes of a type can be put together.</summary>
    public static IEnumerable<KeyName> Of(SelectableType type) => Of(type.NamedFields.Concat(type.SomeFields.Select(field => (field.Name, field))));

    /// <summary>By what rows with some fields can be put together.</summary>
    public static IEnumerable<KeyName> Of(IEnumerable<(string Name, SelectableField Field)> fields)
    {
        foreach (var (name, field) in fields.Where(one => one.Field.Groups))
        {
            var description = ElementFields.Describe(field.Field);
            var isDay = field.Field.Kind is FieldKind.Date or FieldKind.DateTime;
            yield return new KeyName(name, field, CalendarStep.Day, isDay ? "String" : ElementFields.TypeOf(field.Field), description);
            if (!isDay) continue;
            foreach (var step in Steps) yield return new KeyName($"{name}{step}", field, step, "String", $"{description} By {step.ToString().ToLowerInvariant()}.");
        }
    }
}

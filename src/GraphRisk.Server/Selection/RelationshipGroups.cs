using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Selection;

/// <summary>
/// The GraphQL types of relationships put together by fields of their own and of the nodes at their ends. A relationship stands in one group,
/// whatever it is put together by: it has one start and one end.
/// </summary>
internal sealed class RelationshipGroups(Pager pager)
{
    /// <summary>The fields of figures that put their rows together; none where there is nothing to put them together by.</summary>
    /// <param name="name">Name of the rows' type.</param>
    /// <param name="parts">Their parts.</param>
    /// <param name="inPages">They can be asked for in pages, too.</param>
    public IEnumerable<FieldType> FieldsOf(string name, ImmutableArray<RowPart> parts, bool inPages)
    {
        if (!parts.Any(part => part.Keys.Length > 0)) yield break;
        var together = $"The relationships put together by one to {GroupReader.MostKeys} fields, ascending by them or in the order asked for.";
        QueryArgument[] by =
        [
            TypeExpression.Argument("by", $"[{name}GroupBy!]!", $"One to {GroupReader.MostKeys} fields, each in an object with the part of the relationship it belongs to."),
            TypeExpression.Argument("orderBy", $"[{name}GroupOrder!]", "By key or by which figures, the one that counts most first."),
        ];
        yield return Fields.Resolved(
            "groups", $"[{name}Group!]!", FieldAccess.Structure, GroupTypes.AllOrFirst(together),
            async context => GroupTypes.FirstOf(await GroupReader.ReadAsync(parts, context), context.GetArgument<int?>("first")),
            [.. by, GroupTypes.First]);
        if (!inPages) yield break;
        yield return Fields.Resolved(
            "groupsConnection", $"{name}GroupConnection", FieldAccess.Structure, $"{together} In pages, with how many there are.",
            async context =>
            {
                var groups = await GroupReader.ReadAsync(parts, context);
                return pager.Cut(PageRequest.Of(context), ((Figured)context.Source!).Scope.View.Stamp, groups, group => group.Text);
            },
            [.. by, .. PageRequest.Arguments]);
    }

    /// <summary>The types of groups of rows.</summary>
    /// <param name="name">Name of the rows' type.</param>
    /// <param name="graphName">The relationship, for descriptions.</param>
    /// <param name="parts">Their parts.</param>
    /// <param name="figures">The figures of a group.</param>
    /// <param name="inPages">They can be asked for in pages, too.</param>
    public static IEnumerable<IGraphType> TypesOf(string name, string graphName, ImmutableArray<RowPart> parts, IEnumerable<FieldType> figures, bool inPages)
    {
        var keyed = parts.Where(part => part.Keys.Length > 0).ToList();
        if (keyed.Count == 0) yield break;
        yield return Fields.Input(
            $"{name}GroupBy", "One part of the relationship, and by which of its fields: { from: jurisdiction }.",
            keyed.Select(part => Fields.Declared(part.Name, $"{part.TypeName}GroupBy", GroupTypes.ByWhat(part.TypeName, part.Near is null))));
        yield return Fields.Object(
            $"{name}GroupKey", "What the relationships of a group have in common, by the parts of them that were asked by; null what was not asked by.",
            keyed.Select(part => Fields.Of<CrossedGroup>(part.Name, $"{part.TypeName}GroupKey", FieldAccess.Structure, KeyOf(part), group => group.Across(part.Name))));
        yield return Fields.Object($"{name}Group", $"Relationships {graphName} that have something in common.",
        [
            Fields.Of<CrossedGroup>("key", $"{name}GroupKey!", FieldAccess.Structure, "What they have in common.", group => group),
            .. figures,
        ]);
        yield return Fields.Input($"{name}GroupOrder", "One figure, and which way; further ones in objects after it.",
        [
            Fields.Declared("key", WhereTypes.Direction, GroupTypes.ByKey),
            Fields.Declared("count", WhereTypes.Direction, "How many relationships."),
            .. parts.Where(part => part.Near is not null || part.Fields.Any(field => field.IsNumber))
                .Select(part => Fields.Declared(part.Name, $"{AggregateTypes.NameOf(part.TypeName)}Order", part.Description)),
        ]);
        if (!inPages) yield break;
        foreach (var made in Connections.Of($"{name}Group", $"Groups of relationships {graphName}", $"{name}Group", (item, _) => item)) yield return made;
    }

    private static string KeyOf(RowPart part) => part.Near is null ? "Of the relationships themselves." : part.Name switch
    {
        "from" => "Of the nodes where they start.",
        "to" => "Of the nodes where they end.",
        _ => "Of the nodes they lead to.",
    };
}

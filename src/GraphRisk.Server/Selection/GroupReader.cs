using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Errors;

namespace GraphRisk.Server.Selection;

/// <summary>What the rows of a group have in common, by name.</summary>
internal sealed record GroupKeys(IReadOnlyDictionary<string, object?> Keys)
{
    /// <summary>A key as people read it; null for what was not asked by, is not known or withheld.</summary>
    public object? Shown(string name) => Keys.TryGetValue(name, out var key) && key != GroupKey.Withheld ? GroupKey.Shown(key) : null;

    /// <summary>The keys that are withheld.</summary>
    public IEnumerable<string> Withheld() => Keys.Where(key => key.Value == GroupKey.Withheld).Select(key => key.Key);
}

/// <summary>A key that was asked for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Relation">The relationship to whose nodes it belongs, or of a relationship the part; null for the rows' own.</param>
internal sealed record AskedKey(string Name, string? Relation);

/// <summary>A group of rows with its keys.</summary>
internal sealed record CrossedGroup(SelectionScope Scope, ReadOnlyMemory<Row> Rows, IReadOnlyList<AskedKey> Asked, ImmutableArray<object?> Keys) : Figured(Scope, Rows)
{
    /// <summary>The keys of the rows themselves.</summary>
    public GroupKeys Own => KeysOf(null);

    /// <summary>The keys of what a relationship leads to, or of a part of one; null where it was not asked by.</summary>
    public GroupKeys? Across(string relation) => Asked.Any(key => key.Relation == relation) ? KeysOf(relation) : null;

    /// <summary>The keys as one text, which no other group has.</summary>
    public string Text => string.Join('\u001f', Keys.Select(key => key is null ? "?" : key == GroupKey.Withheld ? "!" : $"={GroupKey.Shown(key)}"));

    private GroupKeys KeysOf(string? relation) =>
        new(Asked.Zip(Keys).Where(one => one.First.Relation == relation).ToDictionary(one => one.First.Name, one => one.Second, StringComparer.Ordinal));
}

/// <summary>Reads by what rows are to be put together and in which order the groups are to stand.</summary>
internal static class GroupReader
{
    /// <summary>Most keys of a group.</summary>
    public const int MostKeys = 3;

    /// <summary>The groups of the rows a field stands at.</summary>
    public static async ValueTask<List<CrossedGroup>> ReadAsync(SelectableTypes types, SelectableType type, IResolveFieldContext context)
    {
        var source = (Figured)context.Source!;
        var (scope, asked, keys) = (source.Scope, new List<AskedKey>(), ImmutableArray.CreateBuilder<GroupKey>());
        foreach (var name in context.GetArgument<List<string>?>("by") ?? []) await AddAsync(type, name, null, null);
        foreach (var one in (context.Given("across") as System.Collections.IEnumerable)?.Cast<object?>().Select(one => One("across", one, "[{ grantedBy: name }, { contractors: isClient }]")).GroupBy(one => one.Name) ?? [])
        {
            // What one relationship leads to is read of one node at a time, in whichever order it was asked.
            var relation = type.Relations.First(relation => relation.Name == one.Key);
            var walk = new WhereReader(types, scope).Walk(relation);
            foreach (var (_, value) in one) await AddAsync(types[relation.Far], (string)value, relation.Name, walk);
        }

        if (!AreSome(asked)) throw Problem.BadInput("by", $"and 'across' take one to {MostKeys} different fields together.");
        return await PutAsync(source, asked, keys.ToImmutable(), Orders(context, (name, given) =>
            type.Groups.FirstOrDefault(group => group.Name == name) is { } group ? OrderOf(group.Fields, given[name]!) : OrderOf(type.Fields, given)));

        async ValueTask AddAsync(SelectableType at, string name, string? relation, RelationshipWalk? walk)
        {
            var key = KeyNames.Of(at).First(key => key.Name == name);
            keys.Add(new GroupKey(await scope.ReadAsync(key.Field), key.Step, walk));
            asked.Add(new AskedKey(name, relation));
        }
    }

    /// <summary>The groups of relationships, by their parts.</summary>
    public static async ValueTask<List<CrossedGroup>> ReadAsync(ImmutableArray<RowPart> parts, IResolveFieldContext context)
    {
        var source = (Figured)context.Source!;
        var (asked, keys) = (new List<AskedKey>(), ImmutableArray.CreateBuilder<GroupKey>());
        foreach (var given in ((System.Collections.IEnumerable)context.Given("by")!).Cast<object?>())
        {
            var (place, value) = One("by", given, "[{ from: jurisdiction }, { edge: kind }]");
            var part = parts.First(part => part.Name == place);
            var key = part.Keys.First(key => key.Name == (string)value);
            keys.Add(new GroupKey(part.Of(await source.Scope.ReadAsync(key.Field)), key.Step));
            asked.Add(new AskedKey(key.Name, place));
        }

        if (!AreSome(asked)) throw Problem.BadInput("by", $"takes one to {MostKeys} different fields.");
        return await PutAsync(source, asked, keys.ToImmutable(), Orders(context, (name, given) => OrderOf(parts.First(part => part.Name == name), given[name]!)));
    }

    private static bool AreSome(List<AskedKey> asked) => asked.Count is > 0 and <= MostKeys && asked.Distinct().Count() == asked.Count;

    private static async ValueTask<List<CrossedGroup>> PutAsync(Figured source, List<AskedKey> asked, ImmutableArray<GroupKey> keys, IEnumerable<GroupOrder> orders)
    {
        var scope = source.Scope;
        var groups = Grouping.Of(source.Rows.ToArray(), keys, scope.Meter).Select(group => new CrossedGroup(scope, group.Rows, asked, group.Keys)).ToList();
        foreach (var order in orders.Reverse()) groups = await order.SortAsync(groups);
        return groups;
    }

    private static IEnumerable<GroupOrder> Orders(IResolveFieldContext context, Func<string, IDictionary<string, object?>, GroupOrder> ofFigure)
    {
        if (context.Given("orderBy") is not System.Collections.IEnumerable list) return [];
        return [.. list.Cast<object?>().Select(given =>
        {
            var (name, value) = One("orderBy", given, GroupOrder.Example);
            return name switch
            {
                "key" => new GroupOrder(null, (bool)value),
                "count" => ByCount((bool)value),
                _ => ofFigure(name, (IDictionary<string, object?>)given!),
            };
        })];
    }

    private static GroupOrder ByCount(bool isDescending) => new(figured => new(figured.Rows.Length), isDescending);

    /// <summary>An order by the figures of a part of relationships.</summary>
    private static GroupOrder OrderOf(RowPart part, object given)
    {
        var (name, value) = One("orderBy", given, GroupOrder.Example);
        var order = name == "count" ? ByCount((bool)value)
            : part.Groups.FirstOrDefault(group => group.Name == name) is { } group ? OrderOf(group.Fields, value) : OrderOf(part.Fields, given);
        return order with { Read = figured => order.Read!(part.Of(figured)) };
    }

    private static GroupOrder OrderOf(ImmutableArray<SelectableField> fields, object given)
    {
        var (name, figures) = One("orderBy", given, GroupOrder.Example);
        var (figure, isDescending) = One("orderBy", figures, GroupOrder.Example);
        var field = fields.First(one => one.Name == name);
        var read = AggregateTypes.Numbers.First(one => one.Name == figure).Read;
        return new GroupOrder(async figured => read(await figured.NumbersAsync(field)), (bool)isDescending);
    }

    private static (string Name, object Value) One(string argument, object? given, string example) => given is IDictionary<string, object?> { Count: 1 } map && map.Single() is { Value: { } value } one
        ? (one.Key, value) : throw Problem.BadInput(argument, $"takes one field in each object: {example}.");
}

/// <summary>One order of groups; what has no figure, or no key, comes last either way.</summary>
/// <param name="Read">The figure of a group; null for its keys.</param>
/// <param name="IsDescending">Largest first.</param>
internal sealed record GroupOrder(Func<Figured, ValueTask<decimal?>>? Read, bool IsDescending)
{
    /// <summary>How orders are written.</summary>
    public const string Example = "[{ debt: { sum: DESC } }, { key: ASC }]";

    /// <summary>A stable sort.</summary>
    public async ValueTask<List<CrossedGroup>> SortAsync(List<CrossedGroup> groups)
    {
        if (Read is null) return [.. groups.OrderBy(group => group.Keys, IsDescending ? Grouping.Descending : Grouping.Ascending)];
        var figures = new List<(CrossedGroup Group, decimal? Figure)>();
        foreach (var group in groups) figures.Add((group, await Read(group)));
        var unknownLast = figures.OrderBy(one => one.Figure is null);
        return [.. (IsDescending ? unknownLast.ThenByDescending(one => one.Figure) : unknownLast.ThenBy(one => one.Figure)).Select(one => one.Group)];
    }
}

using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;

namespace GraphRisk.Server.Selection;

/// <summary>Reads filters and orders given as arguments into conditions and orders over the rows of a scope.</summary>
internal sealed class WhereReader(SelectableTypes types, SelectionScope scope)
{
    /// <summary>Conditions on single values that were read: what looking at a row costs.</summary>
    public int Leaves { get; private set; } = 1;

    /// <summary>The condition of a filter of a node type or interface; null where nothing is asked.</summary>
    public ValueTask<Condition?> NodeAsync(SelectableType type, object? given, string path = "where") => AllAsync(given, path, async (name, value, at) =>
        type.Fields.FirstOrDefault(field => field.Name == name) is { } field ? await FieldAsync(field, value, at)
        : type.Groups.FirstOrDefault(group => group.Name == name) is { } group ? await FieldsAsync(group.Fields, value, at)
        : type.Relations.FirstOrDefault(relation => relation.Name == name) is { } relation ? await RelationAsync(relation, value, at)
        : type.Variants.FirstOrDefault(variant => variant.Name == name).Type is { } variant
            ? Condition.All([Condition.OfType(scope.View.Snapshot.Nodes, [variant.Ordinal]), await NodeAsync(types[variant.Name], value, at) ?? Condition.All([])])
            : throw Unknown(at));

    /// <summary>The condition of a filter of what a relationship leads to.</summary>
    public ValueTask<Condition?> EndAsync(SelectableRelation relation, object? given, string path = "where") => AllAsync(given, path, async (name, value, at) => name switch
    {
        "node" => Condition.OfEnd(await NodeAsync(types[relation.Far], value, at) ?? Condition.All([]), near: false),
        "edge" => await FieldsAsync(types.FieldsOf(relation.Type), value, at),
        _ => throw Unknown(at),
    });

    /// <summary>The condition of a filter of relationships that are rows of their own.</summary>
    public ValueTask<Condition?> RelationshipAsync(RelationshipType type, object? given) => AllAsync(given, "where", async (name, value, at) => name switch
    {
        "from" => Condition.OfEnd(await NodeAsync(types[type.From], value, at) ?? Condition.All([]), near: true),
        "to" => Condition.OfEnd(await NodeAsync(types[type.To], value, at) ?? Condition.All([]), near: false),
        "edge" => await FieldsAsync(types.FieldsOf(type), value, at),
        _ => throw Unknown(at),
    });

    /// <summary>The order of relationships that are rows of their own.</summary>
    public ValueTask<RowOrder> RelationshipOrderAsync(RelationshipType type, object? given) => OrderAsync(given, async (map, at) =>
    {
        var (name, value) = One(map, at);
        var inner = Map(value, $"{at}.{name}");
        return name == "edge" ? await KeyOf(types.FieldsOf(type), inner, $"{at}.edge")
            : OfEnd(await KeyOf(types[name == "from" ? type.From : type.To], inner, $"{at}.{name}"), near: name == "from");
    });

    /// <summary>How relationships are followed by the viewer.</summary>
    public RelationshipWalk Walk(SelectableRelation relation) => new(
        scope.View.Snapshot.Relationships[relation.Type.Ordinal], relation.FromStart, scope.Sight.Opening(relation.Type.Name, relation.Type.Level));

    /// <summary>The order of nodes.</summary>
    public ValueTask<RowOrder> NodeOrderAsync(SelectableType type, object? given) => OrderAsync(given, (map, at) => KeyOf(type, map, at));

    /// <summary>The order of what a relationship leads to.</summary>
    public ValueTask<RowOrder> EndOrderAsync(SelectableRelation relation, object? given) => OrderAsync(given, async (map, at) =>
    {
        var (name, value) = One(map, at);
        return name == "node"
            ? OfEnd(await KeyOf(types[relation.Far], Map(value, $"{at}.node"), $"{at}.node"), near: false)
            : await KeyOf(types.FieldsOf(relation.Type), Map(value, $"{at}.edge"), $"{at}.edge");
    });

    private static async ValueTask<RowOrder> OrderAsync(object? given, Func<IDictionary<string, object?>, string, ValueTask<OrderKey>> read)
    {
        if (given is null) return RowOrder.ByNumber;
        var keys = new List<OrderKey>();
        foreach (var one in (System.Collections.IEnumerable)given) keys.Add(await read(Map(one, "orderBy"), "orderBy"));
        return new RowOrder([.. keys]);
    }

    private async ValueTask<OrderKey> KeyOf(SelectableType type, IDictionary<string, object?> map, string at)
    {
        var (name, value) = One(map, at);
        if (type.Groups.FirstOrDefault(group => group.Name == name) is { } group) return await KeyOf(group.Fields, Map(value, $"{at}.{name}"), $"{at}.{name}");
        if (type.Relations.FirstOrDefault(relation => relation.Name == name) is not { } relation) return await KeyOf(type.Fields, map, at);
        var count = new Field(name, FieldKind.Integer, relation.Type.Description, relation.Type.Level, relation.Type.Location);
        return new OrderKey(FieldValues.Counted(count, Walk(relation)), (bool)One(Map(value, $"{at}.{name}"), $"{at}.{name}").Value!);
    }

    private static OrderKey OfEnd(OrderKey key, bool near) => key with { Values = key.Values.OfEnd(near) };

    private async ValueTask<OrderKey> KeyOf(IEnumerable<SelectableField> fields, IDictionary<string, object?> map, string at)
    {
        var (name, value) = One(map, at);
        return new OrderKey(await scope.ReadAsync(fields.First(field => field.Name == name)), (bool)value!);
    }

    private async ValueTask<Condition> FieldsAsync(IReadOnlyList<SelectableField> fields, object? given, string path) =>
        await AllAsync(given, path, (name, value, at) => FieldAsync(fields.FirstOrDefault(field => field.Name == name) ?? throw Unknown(at), value, at)) ?? Condition.All([]);

    private async ValueTask<Condition> FieldAsync(SelectableField field, object? given, string path)
    {
        var operators = FieldOperators.Of(field.Field);
        var parts = new List<Condition>();
        var values = await scope.ReadAsync(field);
        foreach (var (name, value) in Map(given, path))
        {
            Leaves++;
            parts.Add(operators.First(one => one.Name == name).Make(values, value ?? throw Problem.BadInput($"{path}.{name}", "is null: ask by 'isNull' for what is not known.")));
        }

        return Condition.All(parts);
    }

    private async ValueTask<Condition> RelationAsync(SelectableRelation relation, object? given, string path)
    {
        var walk = Walk(relation);
        var parts = new List<Condition>();
        foreach (var (name, value) in Map(given, path))
        {
            var (quantity, inner) = name switch
            {
                "count" => (Counting(Map(value, $"{path}.count"), $"{path}.count"), null),
                "some" => (Quantity.Some, await EndAsync(relation, value, $"{path}.{name}")),
                "none" => (Quantity.None, await EndAsync(relation, value, $"{path}.{name}")),
                "all" => (Quantity.All, await EndAsync(relation, value, $"{path}.{name}")),
                _ => (Quantity.Single, await EndAsync(relation, value, $"{path}.{name}")),
            };
            parts.Add(Condition.Related(walk, inner, quantity, scope.Meter));
        }

        return Condition.All(parts);
    }

    private static Quantity Counting(IDictionary<string, object?> given, string path)
    {
        var parts = given.Select(one => (
            CountOperators.All.First(known => known.Name == one.Key).Holds, Given: one.Value is int number ? number : throw Problem.BadInput($"{path}.{one.Key}", "is null."))).ToList();
        return Quantity.Count(count => parts.TrueForAll(part => part.Holds(count, part.Given)));
    }

    /// <summary>All parts of an object: what it says of its own names, and and, or, not.</summary>
    private async ValueTask<Condition?> AllAsync(object? given, string path, Func<string, object?, string, ValueTask<Condition>> read)
    {
        if (given is null) return null;
        var parts = new List<Condition>();
        foreach (var (name, value) in Map(given, path))
            parts.Add(name switch
            {
                "and" => Condition.All(await EachAsync(value, $"{path}.and", read)),
                "or" => Condition.Any(await EachAsync(value, $"{path}.or", read)),
                "not" => Condition.Not(await AllAsync(value, $"{path}.not", read) ?? throw Problem.BadInput($"{path}.not", "is null.")),
                _ => await read(name, value, $"{path}.{name}"),
            });
        return Condition.All(parts);
    }

    private async ValueTask<List<Condition>> EachAsync(object? given, string path, Func<string, object?, string, ValueTask<Condition>> read)
    {
        if (given is null) throw Problem.BadInput(path, "is null.");
        var parts = new List<Condition>();
        foreach (var one in (System.Collections.IEnumerable)given) parts.Add(await AllAsync(one, path, read) ?? throw Problem.BadInput(path, "holds null: a variable that was not given would drop the condition."));
        return parts;
    }

    private static (string Name, object? Value) One(IDictionary<string, object?> map, string path) => map.Count == 1 && map.Single() is { Value: not null } one
        ? (one.Key, one.Value) : throw Problem.BadInput(path, "takes one field in each object, so that it is clear which comes first: [{ debt: DESC }, { name: ASC }].");

    private static IDictionary<string, object?> Map(object? given, string path) =>
        given as IDictionary<string, object?> ?? throw Problem.BadInput(path, "is null: leave it out to ask nothing.");

    private static Http.TypedError Unknown(string path) => Problem.BadInput(path, "is not known.");
}

using System.Text;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Server.Tests.NonInterference;

/// <summary>
/// Questions that together read every field of the schema, written by walking it: a field or type that is added is asked for
/// without a word here. Of a node everything is read; of the nodes it leads to, what they say of themselves.
/// </summary>
internal sealed class EveryField
{
    private const int Page = 4;
    private const int Deepest = 6;

    // Groups have every figure of their type again; they are asked of roots, not of what each relationship of a node leads to.
    private const int DeepestGroups = 2;

    private readonly ISchema schema;
    private readonly Dictionary<string, IObjectGraphType> objects;
    private readonly ILookup<string, IObjectGraphType> implementers;
    private readonly Dictionary<string, string> said = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, int Depth), string> selected = [];

    public EveryField(ISchema schema)
    {
        this.schema = schema;
        implementers = schema.AllTypes.OfType<IInterfaceGraphType>().SelectMany(shared => shared.PossibleTypes.Select(type => (shared.Name, Type: type))).ToLookup(one => one.Name, one => one.Type);
        objects = schema.AllTypes.OfType<IObjectGraphType>().Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal)).ToDictionary(type => type.Name);
    }

    /// <summary>The fields that were written into a question, as Type.field.</summary>
    public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

    /// <summary>Every field that a question can read, as Type.field.</summary>
    public IEnumerable<string> All()
    {
        var reached = new HashSet<string>();
        var open = new Stack<IObjectGraphType>([schema.Query]);
        while (open.TryPop(out var type))
            if (reached.Add(type.Name))
                foreach (var inner in type.Fields.SelectMany(field => ObjectsOf(field))) open.Push(inner);
        return reached.SelectMany(name => objects[name].Fields.Select(field => $"{name}.{field.Name}"));
    }

    /// <summary>Everything there is to read of a node.</summary>
    public string Node(NodeId id) => $"{{ node(id: \"{id}\") {{ __typename id ... on {id.Type} {{ {Select(objects[id.Type], 0)} }} }} }}";

    /// <summary>A root field with everything below it.</summary>
    /// <param name="field">The field with its arguments.</param>
    public string Root(string field)
    {
        var definition = schema.Query.Fields.Single(one => one.Name == field.Split('(')[0].Trim());
        Asked.Add($"Query.{definition.Name}");
        return $"{{ {field} {Below(definition, 0)} }}";
    }

    private IEnumerable<IObjectGraphType> NodeTypes => objects.Values.Where(IsNode).OrderBy(type => type.Name, StringComparer.Ordinal);

    private bool IsNode(IGraphType type) => implementers["Node"].Contains(type);

    private bool LeadsToNodes(IGraphType type) => type is IInterfaceGraphType || IsNode(type);

    private string Select(IObjectGraphType type, int depth) =>
        selected.TryGetValue((type.Name, depth), out var known) ? known : selected[(type.Name, depth)] = Selected(type, depth);

    private string Selected(IObjectGraphType type, int depth)
    {
        var text = new StringBuilder();
        foreach (var field in type.Fields)
        {
            var below = Below(field, depth + 1);
            if (below is null || ArgumentsOf(field) is not { } arguments) continue;
            Asked.Add($"{type.Name}.{field.Name}");
            // One name may have another type at another node type; an alias keeps them apart.
            text.Append($"{type.Name}_{field.Name}: {field.Name}{arguments} {below} ");
        }

        return text.ToString();
    }

    /// <summary>A page size and what has to be given; null where that cannot be made up.</summary>
    private static string? ArgumentsOf(FieldType field)
    {
        var given = new List<string>();
        foreach (var argument in field.Arguments ?? [])
            if (argument.Name == "first") given.Add($"first: {Page}");
            else if (argument.Name is "by" or "across" && argument.ResolvedType is ListGraphType groups) given.Add($"{argument.Name}: {Literal(groups)}");
            else if (argument is { ResolvedType: NonNullGraphType required, DefaultValue: null })
            {
                if (Literal(required.ResolvedType!) is not { } literal) return null;
                given.Add($"{argument.Name}: {literal}");
            }

        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private static string? Literal(IGraphType type) => type switch
    {
        NonNullGraphType required => Literal(required.ResolvedType!),
        ListGraphType list => Literal(list.ResolvedType!) is { } item ? $"[{item}]" : null,
        EnumerationGraphType names => names.Values.First().Name,
        InputObjectGraphType inputs => inputs.Fields.First() is var field && Literal(field.ResolvedType!) is { } value ? $"{{ {field.Name}: {value} }}" : null,
        FloatGraphType => "0.5",
        { Name: "Date" } => "\"2025-06-30\"",
        _ => null,
    };

    /// <summary>The selection below a field; empty for a scalar, null where it would go too deep or has nothing but what does.</summary>
    private string? Below(FieldType field, int depth)
    {
        var type = field.ResolvedType!.GetNamedType();
        if (type is ScalarGraphType) return "";
        if (depth > Deepest || (depth > DeepestGroups && field.Name is "groups" or "groupsConnection")) return null;
        if (LeadsToNodes(type)) return $"{{ __typename id {Said(type)} }}";
        return Select((IObjectGraphType)type, depth) is { Length: > 0 } below ? $"{{ {below} }}" : null;
    }

    /// <summary>What nodes of a type, or of those behind an interface, say of themselves.</summary>
    private string Said(IGraphType type) => said.TryGetValue(type.Name, out var known) ? known : said[type.Name] = SaidOf(type);

    private string SaidOf(IGraphType type)
    {
        var text = new StringBuilder();
        foreach (var node in NodeTypes.Where(node => node == type || implementers[type.Name].Contains(node)))
        {
            text.Append($"... on {node.Name} {{ ");
            foreach (var field in node.Fields.Where(field => field.ResolvedType!.GetNamedType() is ScalarGraphType && field.Arguments is null or { Count: 0 }))
                text.Append($"{node.Name}_{field.Name}: {field.Name} ");
            text.Append("} ");
        }

        return text.ToString();
    }

    private IEnumerable<IObjectGraphType> ObjectsOf(FieldType field) => field.ResolvedType!.GetNamedType() switch
    {
        IObjectGraphType made => [made],
        IInterfaceGraphType shared => implementers[shared.Name],
        _ => [],
    };
}

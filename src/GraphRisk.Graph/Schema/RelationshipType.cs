using System.Collections.Immutable;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Graph.Schema;

/// <summary>A type of relationship, with its direction.</summary>
public sealed class RelationshipType : ElementType
{
    private readonly ImmutableArray<string> numbers;
    private readonly ImmutableArray<string> bounds;

    internal RelationshipType(
        string name, string graphName, string description, Sensitivity level, ImmutableArray<Field> fields,
        string from, string to, Parallels parallel, SourceLocation location)
        : base(name, graphName, description, level, fields, location)
    {
        From = from;
        To = to;
        Parallel = parallel;
        var decimals = fields.Where(field => field.Kind == FieldKind.Decimal).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        bounds = [.. decimals.Where(name => decimals.Any(number => name == $"{number}Min" || name == $"{number}Max"))];
        numbers = bounds.Length == 0 ? [.. decimals] : [.. decimals.Where(number => bounds.Contains($"{number}Min"))];
    }

    /// <summary>
    /// How much a statement says of the numbers of the type: 2 where it states one, 1 where only bounds of one, 0 where neither.
    /// Numbers that have bounds beside them (<c>share</c> with <c>shareMin</c> and <c>shareMax</c>) are the type's own; where
    /// none has, all are.
    /// </summary>
    public int StrengthOf(Properties properties)
    {
        foreach (var name in numbers)
            if (properties.TryGet(name, out _)) return 2;
        foreach (var name in bounds)
            if (properties.TryGet(name, out _)) return 1;
        return 0;
    }

    /// <summary>Node type or interface the relationship starts at.</summary>
    public string From { get; }

    /// <summary>Node type or interface the relationship ends at.</summary>
    public string To { get; }

    /// <summary>How parallel relationships between the same two nodes are read.</summary>
    public Parallels Parallel { get; }
}

/// <summary>How parallel relationships between the same two nodes are read.</summary>
public enum Parallels
{
    /// <summary>Several sources describe the same thing: the most reliable source's statements are kept.</summary>
    Statements,

    /// <summary>Each is an event of its own: all are kept.</summary>
    Events,
}

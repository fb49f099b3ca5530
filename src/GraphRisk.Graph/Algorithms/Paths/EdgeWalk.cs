using System.Collections.Immutable;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Paths;

/// <summary>Which way relationships are walked.</summary>
public enum WalkDirection
{
    /// <summary>From their starts to their ends.</summary>
    Out,

    /// <summary>From their ends to their starts.</summary>
    In,

    /// <summary>Either way.</summary>
    Both,
}

/// <summary>A type of relationship that is walked.</summary>
/// <param name="Type">The type.</param>
/// <param name="IsOpen">Whether the relationship between two nodes may be walked; null where all may.</param>
public sealed record WalkKind(RelationshipType Type, Func<int, int, bool>? IsOpen = null);

/// <summary>Bounds of a number on relationships, both inclusive. Types that have no such field are not held against it.</summary>
/// <param name="Field">Name of a decimal field.</param>
/// <param name="Least">Least value; null for no bound.</param>
/// <param name="Most">Greatest value; null for no bound.</param>
public sealed record EdgeBound(string Field, decimal? Least, decimal? Most);

/// <summary>Which relationships are walked, and which way.</summary>
public sealed record WalkParameters
{
    /// <summary>The types, each once, in the order in which steps come.</summary>
    public required ImmutableArray<WalkKind> Kinds { get; init; }

    /// <summary>Which way.</summary>
    public WalkDirection Direction { get; init; } = WalkDirection.Both;

    /// <summary>Bounds that every relationship keeps whose type has the field; one without a value does not keep them.</summary>
    public ImmutableArray<EdgeBound> Bounds { get; init; } = [];

    /// <summary>First instant of relationships that have a time (<see cref="EdgeTimes"/>), and of events, which without one are left out; null for no bound.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The instant before which they are; null for no bound.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>
/// A graph as a search may see it: relationships of some types, walked one way or both, that pass the filters. Steps of a node come in
/// the order of the types, along relationships before against them, then by the node they lead to; parallel relationships are
/// steps of their own, and a relationship from a node to itself is one step whichever way it may be walked. Immutable and thread-safe.
/// </summary>
public sealed class EdgeWalk
{
    private readonly ImmutableArray<WalkedKind> kinds;

    /// <param name="snapshot">The graph.</param>
    /// <param name="parameters">What of it is walked.</param>
    public EdgeWalk(Snapshot snapshot, WalkParameters parameters)
    {
        Snapshot = snapshot;
        Direction = parameters.Direction;
        kinds = [.. parameters.Kinds.Select(kind => new WalkedKind(snapshot.Relationships[kind.Type.Ordinal], kind.IsOpen, parameters))];
    }

    /// <summary>The graph.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>Which way relationships are walked.</summary>
    public WalkDirection Direction { get; }

    /// <summary>The types that are walked.</summary>
    internal ImmutableArray<WalkedKind> Kinds => kinds;

    /// <summary>The steps that leave a node.</summary>
    internal WalkedSteps From(int node, EdgeAllowance allowance) => new(this, node, isInto: false, allowance);

    /// <summary>The steps that lead into a node.</summary>
    internal WalkedSteps Into(int node, EdgeAllowance allowance) => new(this, node, isInto: true, allowance);

    /// <summary>A decimal field of a step's relationship, or null.</summary>
    internal decimal? Number(PathStep step, string field)
    {
        var table = Snapshot.Relationships[step.Kind];
        return table.Type.FindField(field) is null ? null : table.GetDecimal(step.Edge, field);
    }
}

/// <summary>One type that is walked, with its filters.</summary>
internal sealed class WalkedKind
{
    private readonly Func<int, int, bool>? isOpen;
    private readonly (ValueColumn<decimal>? Column, decimal Least, decimal Most)[] bounds;
    private readonly bool isTimed;
    private readonly long since;
    private readonly long until;

    public WalkedKind(RelationshipTable table, Func<int, int, bool>? isOpen, WalkParameters parameters)
    {
        Table = table;
        this.isOpen = isOpen;
        Times = EdgeTimes.Of(table);
        isTimed = Times is not null && (parameters.Since is not null || parameters.Until is not null);
        since = parameters.Since?.ToUnixTimeMilliseconds() ?? long.MinValue;
        until = parameters.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        bounds = [.. parameters.Bounds
            .Where(bound => table.Type.FindField(bound.Field) is { Kind: FieldKind.Decimal })
            .Select(bound => ((ValueColumn<decimal>?)table.ColumnOf(bound.Field), bound.Least ?? decimal.MinValue, bound.Most ?? decimal.MaxValue))];
    }

    public RelationshipTable Table { get; }

    /// <summary>The times of its relationships; null where the type has none.</summary>
    public EdgeTimes? Times { get; }

    public bool Passes(int edge, int from, int to)
    {
        foreach (var (column, least, most) in bounds)
        {
            if (column is null) return false;
            var value = column[edge];
            if (value == column.None || value < least || value > most) return false;
        }

        return (!isTimed || IsInWindow(Times!.At(edge))) && (isOpen is null || isOpen(from, to));
    }

    // An event without a time is in no window; what a source states to be so, and not since when, is held against none.
    private bool IsInWindow(long? at) => at is { } known ? known >= since && known < until : Table.Type.Parallel == Parallels.Statements;
}

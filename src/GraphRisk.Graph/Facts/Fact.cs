using System.Collections.Immutable;

namespace GraphRisk.Graph.Facts;

/// <summary>
/// One thing a source says of the world: a node or a relationship with its properties, when it holds, and where it
/// comes from. Facts are never changed: a later recording with the same <see cref="Id"/> takes the place of an earlier
/// one from then on, and the earlier stays readable as of its time.
/// </summary>
/// <param name="Properties">Values of the fields; a field without a value is absent.</param>
/// <param name="Validity">When it holds in the world.</param>
/// <param name="Provenance">Where it comes from.</param>
public abstract record Fact(Properties Properties, Validity Validity, Provenance Provenance)
{
    /// <summary>
    /// Identity of the statement: what it is about, who says so, and from when it holds. Computed at each call.
    /// </summary>
    public FactId Id => FactId.Of(this);

    /// <summary>Type in the graph: a node type's name or a relationship's name such as <c>HOLDS</c>.</summary>
    public abstract string Type { get; }

    /// <summary>The nodes it names: the one it describes, or where the relationship starts and ends.</summary>
    internal abstract ImmutableArray<NodeId> Ends { get; }
}

/// <summary>A source describes a node.</summary>
/// <param name="Node">The node.</param>
public sealed record NodeFact(NodeId Node, Properties Properties, Validity Validity, Provenance Provenance)
    : Fact(Properties, Validity, Provenance)
{
    public override string Type => Node.Type;

    internal override ImmutableArray<NodeId> Ends => [Node];
}

/// <summary>A source states a relationship.</summary>
/// <param name="Relationship">Name of the relationship type, such as <c>HOLDS</c>.</param>
/// <param name="From">Where it starts.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Key">Tells parallel relationships between the same nodes apart; empty where there is one.</param>
public sealed record RelationshipFact(
    string Relationship, NodeId From, NodeId To, string Key, Properties Properties, Validity Validity, Provenance Provenance)
    : Fact(Properties, Validity, Provenance)
{
    public override string Type => Relationship;

    internal override ImmutableArray<NodeId> Ends => [From, To];
}

using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>Where the current form of a fact stands.</summary>
internal enum FactPlace
{
    /// <summary>On the node it describes, whose first fact it is.</summary>
    Node,

    /// <summary>On a Statement beside the node, which has a fact already.</summary>
    Statement,

    /// <summary>On its relationship.</summary>
    Relationship,
}

/// <summary>A fact the store knows.</summary>
internal sealed record KnownFact(Recording Recording, FactPlace Place);

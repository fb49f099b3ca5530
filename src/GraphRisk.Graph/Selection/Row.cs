namespace GraphRisk.Graph.Selection;

/// <summary>What a test or an order looks at: a node, or a relationship met from one of its ends.</summary>
/// <param name="Node">Number of the node; of a relationship the one at its far end.</param>
/// <param name="Edge">Number of the relationship in its table; -1 for a node by itself.</param>
/// <param name="Near">Number of the node the relationship is met from; -1 for a node by itself.</param>
public readonly record struct Row(int Node, int Edge = -1, int Near = -1);

/// <summary>What is known of a value.</summary>
public enum Known : byte
{
    /// <summary>The viewer may not read it, so nothing follows from it, not even that it is there.</summary>
    Hidden,

    /// <summary>No source states it.</summary>
    None,

    /// <summary>There is a value.</summary>
    Value,
}

using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Nodes;

/// <summary>A relationship met from one of its ends: what an edge of a connection is about.</summary>
/// <param name="Near">The node whose connection it is.</param>
/// <param name="Table">The relationships of its type.</param>
/// <param name="Number">Its number in the table.</param>
/// <param name="Far">The node it leads to.</param>
internal sealed record RelationshipHandle(NodeHandle Near, RelationshipTable Table, int Number, NodeHandle Far) : IAboutSubject
{
    /// <summary>It is met from where it ends.</summary>
    public bool IsMetFromEnd { get; init; }

    /// <summary>Where it starts.</summary>
    public NodeHandle From => IsMetFromEnd ? Far : Near;

    /// <summary>Where it ends.</summary>
    public NodeHandle To => IsMetFromEnd ? Near : Far;

    /// <summary>A party at the near end before one at the far end; a broker only where no party is at either.</summary>
    public string? Subject => SubjectNode(Near, Far) is >= 0 and var subject ? Near.View.Snapshot.Nodes.IdOf(subject).ToString() : null;

    /// <summary>Whom a relationship between two nodes is about, met from the first; -1 for what is about nobody.</summary>
    public static int SubjectNode(NodeHandle near, NodeHandle far) =>
        near.Type.Name == "Broker"
            ? far.SubjectNode is >= 0 and var client ? client : near.SubjectNode
            : near.SubjectNode is >= 0 and var subject ? subject : far.SubjectNode;

    /// <summary>A field's value, or null.</summary>
    public PropertyValue? Get(Field field) => Table.ColumnOf(field.Name)?.Get(Number);
}

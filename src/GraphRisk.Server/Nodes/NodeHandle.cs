using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Nodes;

/// <summary>A node of a view: the source object of every node type's fields.</summary>
/// <param name="View">The view.</param>
/// <param name="Number">The node's number in the view's snapshot.</param>
internal sealed record NodeHandle(GraphView View, int Number) : IAboutSubject
{
    /// <summary>The node's type.</summary>
    public NodeType Type => View.Snapshot.Nodes.TypeOf(Number);

    /// <summary>The canonical id.</summary>
    public NodeId Id => View.Snapshot.Nodes.IdOf(Number);

    /// <summary>
    /// Whom the node is about: a party is about itself, a broker about itself, an account about its owner, and so on as
    /// <see cref="Belonging"/> says. Null for what is about nobody, such as a security.
    /// </summary>
    public string? Subject => SubjectNode is >= 0 and var subject ? View.Snapshot.Nodes.IdOf(subject).ToString() : null;

    /// <summary>The node of <see cref="Subject"/>; -1 for what is about nobody.</summary>
    public int SubjectNode =>
        Type.IsParty || Type.Name == "Broker" ? Number
        : Belonging.Of(Type) is { } belonging ? Belonging.First(View.Snapshot, Number, belonging.ToParty.AsSpan()) : -1;

    /// <summary>Another node of the same view.</summary>
    public NodeHandle At(int number) => new(View, number);
}

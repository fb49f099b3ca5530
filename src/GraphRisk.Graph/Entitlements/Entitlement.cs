using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Graph.Entitlements;

/// <summary>
/// What of the store a viewer's answers may rest on. Values of several sources are fused, and nodes numbered, counted and
/// ordered, among these facts alone: a snapshot made under an entitlement is the same, whatever else the store holds.
/// <list type="bullet">
/// <item><see cref="Whole"/>: everything; for those who supervise, and for what the platform computes itself.</item>
/// <item><see cref="OfBroker"/>: all its own data set says, and of open sources what is not confidential.</item>
/// <item><see cref="OfClient"/>: what every source says of the client itself and of what belongs to it
/// (<see cref="Belonging"/>), and of open sources what is public.</item>
/// </list>
/// Compared by value.
/// </summary>
public sealed record Entitlement
{
    private Entitlement()
    {
    }

    /// <summary>Everything the store holds.</summary>
    public static Entitlement Whole { get; } = new() { IsWhole = true, OpenLevel = Sensitivity.Restricted };

    /// <summary>What is public, and nothing of anybody's own.</summary>
    public static Entitlement Public { get; } = OfOpen(Sensitivity.Public);

    /// <summary>What open sources state up to a level, and nothing of anybody's own.</summary>
    public static Entitlement OfOpen(Sensitivity level) => new() { OpenLevel = level };

    /// <summary>A broker's.</summary>
    /// <param name="code">Code of the broker on the platform.</param>
    public static Entitlement OfBroker(string code) => new() { OpenLevel = Sensitivity.Internal, Broker = code };

    /// <summary>A client's.</summary>
    /// <param name="record">Any record of the client.</param>
    public static Entitlement OfClient(NodeId record) => new() { OpenLevel = Sensitivity.Public, Client = record };

    /// <summary>Everything the store holds.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Highest level of what open sources state that is covered.</summary>
    public Sensitivity OpenLevel { get; private init; }

    /// <summary>Whether anything of somebody's own is covered.</summary>
    public bool HasOwn => Broker is not null || Client is not null;

    /// <summary>The open part of it, which others of the same level share.</summary>
    internal Entitlement Open => OfOpen(OpenLevel);

    /// <summary>Code of the broker whose data set is covered; null where none is.</summary>
    public string? Broker { get; private init; }

    /// <summary>A record of the client all of whose records are covered; null where none is.</summary>
    public NodeId? Client { get; private init; }
}

/// <summary>What open sources state, up to a level; a relationship counts where its ends' types do too.</summary>
/// <param name="catalog">The schema.</param>
/// <param name="most">Highest level.</param>
internal sealed class OpenFacts(SchemaCatalog catalog, Sensitivity most)
{
    /// <summary>Whether a fact is among them.</summary>
    public bool Holds(Fact fact) => SourceOwner.IsOpen(fact.Provenance.Source) && fact switch
    {
        NodeFact node => Holds(node.Node),
        RelationshipFact edge => catalog.Relationship(edge.Relationship).Level <= most && Holds(edge.From) && Holds(edge.To),
        _ => false,
    };

    /// <summary>Whether nodes of the id's type may be told of, and the record is no broker's.</summary>
    public bool Holds(NodeId node) => catalog.Node(node.Type).Level <= most && SourceOwner.Of(node) is null;
}

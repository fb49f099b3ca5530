using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.SignIn;

/// <summary>Tells whether those exist whom tokens of brokers and clients name.</summary>
public interface IParties
{
    /// <summary>Whether the store knows whom a viewer speaks for, and as what its role says; asked about brokers and clients only.</summary>
    ValueTask<bool> Knows(Viewer viewer, CancellationToken cancellation);
}

/// <summary>Of a server without a store: whoever a good token names is taken to exist.</summary>
internal sealed class AllParties : IParties
{
    public ValueTask<bool> Knows(Viewer viewer, CancellationToken cancellation) => new(true);
}

/// <summary>Which nodes a role speaks for: brokers for <c>Broker</c>, persons and companies for themselves.</summary>
public static class RoleFit
{
    /// <summary>Whether somebody in that role must be found in the store.</summary>
    public static bool IsOfTheStore(this Role role) => role is Role.Broker or Role.Client;

    /// <summary>Whether a node of that type may be whom the role speaks for.</summary>
    public static bool Fits(this Role role, NodeType type) => role switch
    {
        Role.Broker => type.Name == "Broker",
        Role.Client => type.IsParty,
        _ => false,
    };

    /// <summary>The node a viewer speaks for; null where it names none or one of a type that does not fit its role.</summary>
    public static NodeId? NodeOf(this SchemaCatalog catalog, Viewer viewer) =>
        NodeId.TryParse(viewer.Of, out var id) && catalog.FindNode(id.Type) is { } type && viewer.Role.Fits(type) ? id : null;
}

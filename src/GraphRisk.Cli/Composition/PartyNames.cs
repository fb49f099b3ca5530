using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;

namespace GraphRisk.Cli.Composition;

/// <summary>Finds whom a short name means: <c>B001</c> is <c>Broker/B001</c>, <c>P000123</c> is <c>Person/registry:P000123</c>.</summary>
internal static class PartyNames
{
    private const int MostNamed = 5;

    /// <summary>
    /// The id of the one node that somebody in a role may be and whose key is, or ends behind a colon with, what was typed; an id as it stands, and what
    /// nobody is, are given back. All nodes of the types in question are looked through.
    /// </summary>
    /// <exception cref="UserErrorException">Several are meant.</exception>
    public static async Task<string?> FindAsync(IGraphStore store, Role role, string? typed, CancellationToken cancellation)
    {
        if (!role.IsOfTheStore() || typed is null or "" || NodeId.TryParse(typed, out _)) return typed;
        var version = await store.GetVersionAsync(cancellation);
        var scope = ReadScope.All(version.Number) with { Types = [.. store.Catalog.NodeTypes.Where(type => role.Fits(type)).Select(type => type.Name)] };
        var meant = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var recorded in store.ReadAsync(scope, cancellation))
            if (recorded.Fact is NodeFact { Node: var node } && (node.Key == typed || node.Key.EndsWith($":{typed}", StringComparison.Ordinal))) meant.Add(node.ToString());
        return meant.Count switch
        {
            0 => typed,
            1 => meant.Min,
            _ => throw new UserErrorException(
                $"'{typed}' may be {string.Join(", ", meant.Take(MostNamed))}{(meant.Count > MostNamed ? $" or {meant.Count - MostNamed} others" : "")}: write one of them."),
        };
    }
}

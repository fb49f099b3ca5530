using System.Globalization;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Neo4j.Http;
using GraphRisk.Stores.Neo4j.Publishing;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// What of others' in a database stands where the program is about to write: their constraints and indexes on the same labels, types and names, and nodes and
/// relationships that are called as its own are. It is looked for before the first write, so that a database of others' is refused whole or left as it is.
/// </summary>
internal static class Collisions
{
    /// <summary>Refuses a database that has any.</summary>
    /// <exception cref="StoreUnavailableException">It has; each is named with what would resolve it.</exception>
    public static void Refuse(IReadOnlyCollection<string> found)
    {
        const int most = 20;
        if (found.Count == 0) return;
        var more = found.Count > most ? FormattableString.Invariant($"\n  and {found.Count - most} more") : "";
        throw new StoreUnavailableException(
            "The database holds what others have put where GraphRisk writes; nothing was written.\n  " + string.Join("\n  ", found.Take(most)) + more
            + "\nResolve each as it says, or give GraphRisk a database of its own (GRAPHRISK_NEO4J_DATABASE, GRAPHRISK_NEO4J_URL).");
    }

    /// <summary>Constraints and indexes of others.</summary>
    /// <param name="client">The server.</param>
    /// <param name="items">The program's own.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static async Task<IReadOnlyList<string>> OfSchemaAsync(QueryApiClient client, IReadOnlyCollection<SchemaItem> items, CancellationToken cancellation)
    {
        var (byName, types) = (items.ToDictionary(item => item.Name, StringComparer.Ordinal), items.Select(item => (item.Shape.Entity, item.Shape.Type)).ToHashSet());
        var found = new List<string>();
        foreach (var (name, shape) in await PresentAsync(client, cancellation))
        {
            var drop = string.Join(' ', "DROP", shape.IsConstraint ? "CONSTRAINT" : "INDEX", $"`{name}`");
            var what = shape.IsConstraint ? "The constraint" : "The index";
            if (byName.TryGetValue(name, out var own))
            {
                if (own.Shape != shape) found.Add($"{what} '{name}' on {shape.Place} has the name of GraphRisk's on {own.Shape.Place}: {drop} and create it under another name.");
            }
            else if (shape.IsConstraint && types.Contains((shape.Entity, shape.Type)))
            {
                found.Add($"The constraint '{name}' on {shape.Place} would refuse what sources state: {drop}.");
            }
            else if (items.Any(item => item.Shape with { IsConstraint = false } == shape))
            {
                found.Add($"{what} '{name}' on {shape.Place} stands in the place of GraphRisk's: {drop}; GraphRisk's does its work.");
            }
        }

        return found;
    }

    /// <summary>Labels and types of the program's that are in use, of those that are not known to be its own.</summary>
    /// <param name="client">The server.</param>
    /// <param name="inUse">Labels and types of which there is anything.</param>
    /// <param name="labels">Labels the program is about to use.</param>
    /// <param name="types">Relationship types it is about to use.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static async Task<IReadOnlyList<string>> OfDataAsync(
        QueryApiClient client, IReadOnlySet<string> inUse, IEnumerable<string> labels, IEnumerable<string> types, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var label in labels.Where(inUse.Contains))
            if (await CountAsync(client, "store/count-nodes", label, cancellation) is > 0 and var count)
                found.Add(OfNodes(count, label));
        foreach (var type in types.Where(inUse.Contains))
            if (await CountAsync(client, "store/count-relationships", type, cancellation) is > 0 and var count)
                found.Add(OfRelationships(count, type));
        return found;
    }

    /// <summary>
    /// Nodes under the names of a publication that none has put there, and before the first one relationships, too. Later ones of people's own between its nodes are theirs to keep.
    /// </summary>
    public static async Task<IReadOnlyList<string>> OfPublicationAsync(QueryApiClient client, IReadOnlySet<string> inUse, CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var label in DerivedNames.Labels.Append(DerivedNames.Client).Append(DerivedNames.Publication).Where(inUse.Contains))
            if (await CountAsync(client, "publish/others-nodes", label, cancellation, label == DerivedNames.Publication ? "run" : "_run") is > 0 and var count) found.Add(OfNodes(count, label));
        var isFirst = (await client.RunAsync(CypherText.Get("publish/run").Text, Nothing, AccessMode.Read, cancellation: cancellation)).Rows is [];
        foreach (var type in DerivedNames.Types.Where(type => isFirst && inUse.Contains(type)))
            if (await CountAsync(client, "publish/others-ties", type, cancellation, "_run") is > 0 and var count) found.Add(OfRelationships(count, type));
        return found;
    }

    /// <summary>Labels and relationship types of which there is anything.</summary>
    public static async Task<IReadOnlySet<string>> InUseAsync(QueryApiClient client, CancellationToken cancellation) =>
        (await client.RunAsync(CypherText.Get("store/types-in-use").Text, Nothing, AccessMode.Read, cancellation: cancellation))
            .Rows.Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);

    /// <summary>Constraints and indexes there are, by name; those that look up labels and types are not among them.</summary>
    public static async Task<IReadOnlyDictionary<string, SchemaShape>> PresentAsync(QueryApiClient client, CancellationToken cancellation)
    {
        var found = new Dictionary<string, SchemaShape>(StringComparer.Ordinal);
        foreach (var text in (string[])["store/constraints", "store/indexes"])
            foreach (var row in (await client.RunAsync(CypherText.Get(text).Text, Nothing, AccessMode.Read, cancellation: cancellation)).Rows)
                found[(string)row[0]!] = new SchemaShape((string)row[1]!, (string)row[2]!, List(row[3]), List(row[4]), (bool)row[5]!);
        return found;
    }

    private static Dictionary<string, object?> Nothing => [];

    private static string OfNodes(long count, string label) => string.Create(
        CultureInfo.InvariantCulture, $"{count:N0} of others' nodes have the label {label}: give them one of their own, such as My{label}, and take this one from them.");

    private static string OfRelationships(long count, string type) => string.Create(
        CultureInfo.InvariantCulture, $"{count:N0} of others' relationships have the type {type}: put others of a type of their own, such as MY_{type}, in their place.");

    private static async Task<long> CountAsync(QueryApiClient client, string text, string type, CancellationToken cancellation, string mark = "_fact") =>
        (long)(await client.RunAsync(CypherText.Get(text).With(("Type", type), ("Mark", mark)), Nothing, AccessMode.Read, cancellation: cancellation)).Rows[0][0]!;

    private static string List(object? value) => string.Join(", ", (object?[])value!);
}

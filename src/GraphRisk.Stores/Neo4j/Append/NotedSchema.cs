using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>
/// What of the schema the store notes that it has taken facts of (<see cref="SchemaElements"/>), as this process saw it last. The list only grows, by the
/// transaction that records the first fact of something, so its length tells whether it is the newest. Thread-safe.
/// </summary>
internal sealed class NotedSchema(SchemaCatalog catalog)
{
    private readonly Lock gate = new();
    private HashSet<string> noted = new(StringComparer.Ordinal);
    private ImmutableArray<string> unknown = [];

    /// <summary>What is noted and not in the schema, ordered.</summary>
    public ImmutableArray<string> Unknown
    {
        get
        {
            lock (gate) return unknown;
        }
    }

    /// <summary>Whether the list has grown since, or is another's.</summary>
    public bool IsStale(long size)
    {
        lock (gate) return noted.Count != size;
    }

    /// <summary>Takes the list as the store has it.</summary>
    public void Take(IEnumerable<string> elements)
    {
        var taken = elements.ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> beyond = [.. taken.Where(element => !SchemaElements.Has(catalog, element)).Order(StringComparer.Ordinal)];
        lock (gate) (noted, unknown) = (taken, beyond);
    }

    /// <summary>The list, ordered, with what changes make use of; null where it has all of that.</summary>
    public string[]? With(IEnumerable<Change> changes)
    {
        lock (gate)
        {
            var all = new HashSet<string>(noted, StringComparer.Ordinal);
            foreach (var change in changes)
                if (change.Kind == ChangeKind.Assert) all.UnionWith(SchemaElements.Of(change.Fact));
            return all.Count == noted.Count ? null : [.. all.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>
    /// Refuses to write anew what a later program has stated more of than this one reads: it would be lost. Whatever else stands there, such as what people
    /// have added for themselves, stays where it is.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="stored">Properties as they stand.</param>
    /// <exception cref="StoreUnavailableException">They hold something of the kind.</exception>
    public void RequireKnown(ElementType type, IReadOnlyDictionary<string, object?> stored)
    {
        foreach (var element in Unknown)
        {
            if (!element.StartsWith(type.GraphName + ".", StringComparison.Ordinal)) continue;
            var (field, value) = element[(type.GraphName.Length + 1)..].Split('=', 2) is [var name, var one] ? (name, one) : (element[(type.GraphName.Length + 1)..], null);
            if (stored.GetValueOrDefault(field) is { } held && (value is null || value == held as string))
                throw new StoreUnavailableException(
                    $"{type.GraphName} '{stored.GetValueOrDefault("key") ?? stored.GetValueOrDefault("_record")}' holds {element}, which a later program recorded and the schema of this one does not have; "
                    + "writing it anew would lose that, so nothing was recorded. Use the later program.") { IsRefusal = true };
        }
    }
}

using System.Collections.Immutable;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Intake.Import;

/// <summary>
/// What a delivery takes back. A record that is delivered again takes the place of all it said before, its relationships too: a
/// fact the store believes of that record, of a kind the file states, and that the record does not state any more, is
/// retracted; a version of a record that holds from a day on ends there what it does not repeat. Records the file does not have
/// stay as they are, unless the delivery is a full one: then what they said ends with it.
/// <para>
/// Kept are 64-bit hashes of the records and of the facts of one file, 32 bytes each; the facts of the source are read once, at
/// the end of the file, and what is taken back becomes known together with the file's last batch. A source the store has
/// nothing of costs nothing.
/// </para>
/// </summary>
public sealed class Replaced
{
    private readonly KeyRegister records = new(int.MaxValue);
    private readonly KeyRegister facts = new(int.MaxValue);

    /// <summary>Stands for every kind of fact of a source.</summary>
    public static IReadOnlySet<string> Everything { get; } = new HashSet<string>(["*"], StringComparer.Ordinal);

    /// <summary>What a relationship fact is about, without its keys.</summary>
    public static string ShapeOf(string relationship, string from, string to) => $"{relationship}|{from}|{to}";

    /// <summary>Notes what a record states.</summary>
    /// <param name="stated">Its facts.</param>
    /// <param name="since">From when it says something else than before; null where it takes the place of all.</param>
    internal void Note(IEnumerable<Fact> stated, DateOnly? since)
    {
        foreach (var fact in stated)
        {
            records.TryAdd(KeyRegister.Hash(fact.Provenance.RecordKey), (ulong)(since?.DayNumber ?? 0), out _);
            facts.TryAdd(fact.Id.Low, 1, out _);
        }
    }

    /// <summary>The changes by which a source takes back what its delivery no longer says.</summary>
    /// <param name="store">Where the facts are.</param>
    /// <param name="reading">The file that was read.</param>
    /// <param name="endsAt">When a full delivery ends what it does not contain; null for an incremental one.</param>
    /// <param name="cancellation">Stops between facts.</param>
    internal async Task<ImmutableArray<Change>> FindAsync(
        IGraphStore store, FileReading reading, DateTimeOffset? endsAt, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        var scope = ReadScope.All(version.Number) with
        {
            DataSets = SourceOwner.Of(reading.Source) is { } broker ? DataSets.OfBroker(broker) : DataSets.Open,
            Types = reading.Shapes.Contains("*") ? null : [.. reading.Shapes.Select(shape => shape.Split('|')[0]).Distinct(StringComparer.Ordinal)],
        };
        var changes = ImmutableArray.CreateBuilder<Change>();
        await foreach (var recorded in store.ReadAsync(scope, cancellation))
        {
            var fact = recorded.Fact;
            if (!reading.States(fact.Provenance.Source) || !IsStated(reading.Shapes, fact) || facts.TryGet(fact.Id.Low, out _)) continue;
            if (records.TryGet(KeyRegister.Hash(fact.Provenance.RecordKey), out var since))
            {
                if (GivingWay(fact, since == 0 ? null : DateOnly.FromDayNumber((int)since)) is { } change) changes.Add(change);
            }
            else if (endsAt is { } end && EndOf(fact, end) is { } gone)
            {
                changes.Add(gone);
            }
        }

        return changes.ToImmutable();
    }

    /// <summary>
    /// The changes by which a single record that comes takes the place of all it said before: what the store believes of it about the nodes it describes or, where it describes none, about those its
    /// relationships lead from. Cost: a read of each of these with its relationships.
    /// </summary>
    /// <param name="store">Where the facts are.</param>
    /// <param name="reading">What it is read from.</param>
    /// <param name="batch">The record.</param>
    /// <param name="cancellation">Stops between nodes.</param>
    internal static async Task<ImmutableArray<Change>> FindAsync(IGraphStore store, FileReading reading, RecordBatch batch, CancellationToken cancellation)
    {
        var version = await store.GetVersionAsync(cancellation);
        if (version.Number == 0) return [];
        var stated = batch.Changes.Select(change => change.Fact).ToList();
        var about = stated.OfType<NodeFact>().Select(fact => fact.Node).ToHashSet();
        if (about.Count == 0) about.UnionWith(stated.OfType<RelationshipFact>().Select(fact => fact.From));
        var (said, keys) = (stated.Select(fact => fact.Id).ToHashSet(), stated.Select(fact => fact.Provenance.RecordKey).ToHashSet(StringComparer.Ordinal));
        var changes = new Dictionary<FactId, Change>();
        foreach (var node in about.Order())
            foreach (var recorded in await store.FindAsync(node, version.Number, withRelationships: true, cancellation))
                if (recorded.Kind == ChangeKind.Assert && recorded.Fact is var fact && keys.Contains(fact.Provenance.RecordKey) && !said.Contains(fact.Id)
                    && reading.States(fact.Provenance.Source) && IsStated(reading.Shapes, fact) && GivingWay(fact, batch.Since) is { } change) changes.TryAdd(fact.Id, change);
        return [.. changes.Values];
    }

    /// <summary>How a fact gives way that its record says no more: taken back, or ended where the record says something else only from a day on; null where it ends before.</summary>
    private static Change? GivingWay(Fact fact, DateOnly? since) => since is { } day ? EndOf(fact, Validity.StartOf(day)) : Change.Retract(fact);

    private static Change? EndOf(Fact fact, DateTimeOffset end) =>
        fact.Validity.From < end && fact.Validity.To > end ? Change.Assert(fact with { Validity = fact.Validity with { To = end } }) : null;

    private static bool IsStated(IReadOnlySet<string> shapes, Fact fact) => shapes.Contains("*")
        || shapes.Contains(fact is RelationshipFact edge ? ShapeOf(edge.Relationship, edge.From.Type, edge.To.Type) : fact.Type);
}

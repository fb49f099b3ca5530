using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Matching.Screening;

namespace GraphRisk.Workflow.Screening;

/// <summary>
/// What every record of a party says of it, for screening. A snapshot believes one value a field; whoever is listed under one record's name and kept
/// under another's would be hidden by the very judgement that they are one. So beside what is believed stands what else the records joined in a
/// party state: of names also those that hold no more, of the rest what holds. Only facts that the snapshot's entitlement covers are read, so nothing
/// is chosen by what the viewer may not have.
/// <para>Few parties are read one by one, many by a pass over what the entitlement covers. Values that are believed are not kept twice.</para>
/// </summary>
public sealed class PartyRecords
{
    /// <summary>Steps of reading the facts of one record.</summary>
    private const long StepsOfRead = 3_000;

    /// <summary>Beyond so many records a pass over all is faster than reading one by one.</summary>
    public const int ManyRecords = 20_000;

    private readonly Snapshot snapshot;
    private readonly Dictionary<int, SortedSet<(string Field, PropertyValue Value)>> stated = [];

    private PartyRecords(Snapshot snapshot) => this.snapshot = snapshot;

    /// <summary>Reads the records of parties.</summary>
    /// <param name="store">The store the snapshot was made of.</param>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="nodes">Nodes of the parties.</param>
    /// <param name="meter">Pays, by the records the snapshot shows.</param>
    /// <param name="many">Most records read one by one.</param>
    public static PartyRecords Read(IGraphStore store, Snapshot snapshot, IReadOnlyCollection<int> nodes, WorkMeter meter, int many = ManyRecords)
    {
        var records = new PartyRecords(snapshot);
        var members = nodes.SelectMany(node => snapshot.Nodes.MembersOf(node)).ToList();
        if (members.Count <= many || snapshot.Entitlement.Client is not null) records.ReadEach(store, members, meter);
        else records.ReadAll(store, nodes.ToHashSet(), members.Count, meter);
        return records;
    }

    /// <summary>A party as an entry, with what all of its records say; null where it has no name.</summary>
    public ListEntry? EntryOf(int node) => PartyEntries.Of(snapshot.Nodes.IdOf(node).ToString(), snapshot.Nodes.TypeOf(node), field => ValuesOf(node, field));

    private IEnumerable<PropertyValue> ValuesOf(int node, string field)
    {
        if (snapshot.Nodes.Get(node, field) is { } believed) yield return believed;
        if (!stated.TryGetValue(node, out var values)) yield break;
        foreach (var (of, value) in values)
            if (of == field) yield return value;
    }

    private void ReadEach(IGraphStore store, List<NodeId> members, WorkMeter meter)
    {
        foreach (var member in members)
        {
            meter.Charge(StepsOfRead);
            foreach (var recorded in store.FindAsync(member, snapshot.Stamp.Version, cancellation: meter.Cancellation).AsTask().GetAwaiter().GetResult())
                if (recorded.Kind == ChangeKind.Assert) Add(recorded.Fact, null);
        }
    }

    private void ReadAll(IGraphStore store, HashSet<int> nodes, int count, WorkMeter meter)
    {
        meter.Charge(StepsOfRead / 10 * count);
        var types = snapshot.Catalog.NodeTypes.Where(type => type.IsParty).Select(type => type.Name).ToArray();
        DataSets[] sets = snapshot.Entitlement is { IsWhole: true } ? [DataSets.All] : snapshot.Entitlement.Broker is { } broker ? [DataSets.Open, DataSets.OfBroker(broker)] : [DataSets.Open];
        foreach (var set in sets)
        {
            var scope = new ReadScope(snapshot.Stamp.Version, snapshot.Stamp.AsOf) { Types = types, DataSets = set };
            foreach (var recorded in store.ReadAsync(scope, meter.Cancellation).ToBlockingEnumerable(meter.Cancellation)) Add(recorded.Fact, nodes);
        }
    }

    private void Add(Fact fact, HashSet<int>? among)
    {
        if (fact is not NodeFact record || record.Validity.From > snapshot.Stamp.AsOf || !snapshot.Covers(fact)) return;
        var node = snapshot.Nodes.Find(record.Node);
        if (node < 0 || among?.Contains(node) == false) return;
        var type = snapshot.Nodes.TypeOf(node);
        foreach (var (evidence, fields) in PartyEntries.FieldsOf(type))
        {
            if (evidence != ScreeningEvidence.Name && !record.Validity.Contains(snapshot.Stamp.AsOf)) continue;
            foreach (var name in fields)
            {
                // As in the snapshot, a party's fields are those of its node's type.
                if (!record.Properties.TryGet(name, out var value) || type.GetField(name).Kind != value.Kind || snapshot.Nodes.Get(node, name) == value) continue;
                (CollectionsMarshal.GetValueRefOrAddDefault(stated, node, out _) ??= new(Order)).Add((name, value));
            }
        }
    }

    /// <summary>Any order will do that is the same however the facts were met.</summary>
    private static Comparer<(string Field, PropertyValue Value)> Order { get; } = Comparer<(string Field, PropertyValue Value)>.Create((one, other) =>
        string.CompareOrdinal(one.Field, other.Field) is not 0 and var order ? order : string.CompareOrdinal(TextOf(one.Value), TextOf(other.Value)));

    private static string TextOf(PropertyValue value) => string.Join('\n', PartyEntries.TextsOf(value));
}

using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>A recording about a node.</summary>
/// <param name="Kind">Assertion or retraction.</param>
/// <param name="Recording">What was recorded.</param>
internal readonly record struct NodeEvent(ChangeKind Kind, Recording Recording);

/// <summary>
/// Everything recorded about each node, and the nodes that relationships merely name, set aside in the order of recording
/// until all of a node can be seen together.
/// </summary>
internal sealed class NodeSpill(SchemaCatalog catalog, string folder) : IDisposable
{
    private const byte Named = 255;
    private const int RecentPlaces = 1 << 17;

    private readonly Spill spill = new(folder);
    private readonly NodeId[] recent = new NodeId[RecentPlaces];

    /// <summary>Sets a recording about a node aside.</summary>
    public void Add(ChangeKind kind, Recording recording)
    {
        var (fact, provenance) = ((NodeFact)recording.Fact, recording.Fact.Provenance);
        var writer = Start(fact.Node, (byte)kind);
        writer.Write(recording.Sequence);
        writer.Write(recording.First);
        writer.Write(recording.Version);
        writer.Write(Recording.Milliseconds(fact.Validity.From));
        writer.Write(Recording.Milliseconds(fact.Validity.To));
        writer.Write(provenance.Source);
        writer.Write(provenance.RecordKey);
        writer.Write(provenance.Reliability);
        writer.Write(provenance.Span is not null);
        if (provenance.Span is { } span)
        {
            writer.Write(span.Start);
            writer.Write(span.End);
        }

        var content = FactJson.Write(fact.Properties);
        writer.Write7BitEncodedInt(content.Length);
        writer.Write(content);
    }

    /// <summary>Notes that a node is the end of a relationship.</summary>
    public void Name(NodeId node)
    {
        ref var place = ref recent[(uint)node.GetHashCode() % RecentPlaces];
        if (place == node) return;
        place = node;
        Start(node, Named);
    }

    /// <summary>All nodes with what was recorded about them, those of one part in the order in which they were first met.</summary>
    public IEnumerable<(NodeId Node, List<NodeEvent> Events)> ReadAll()
    {
        for (var part = 0; part < Spill.Parts; part++)
        {
            var places = new Dictionary<NodeId, int>();
            var nodes = new List<(NodeId Node, List<NodeEvent> Events)>();
            var reader = spill.Read(part);
            var end = reader.BaseStream.Length;
            while (reader.BaseStream.Position < end)
            {
                var kind = reader.ReadByte();
                var node = new NodeId(catalog.NodeTypes[reader.ReadUInt16()].Name, reader.ReadString());
                if (!places.TryGetValue(node, out var place))
                {
                    places.Add(node, place = nodes.Count);
                    nodes.Add((node, []));
                }

                if (kind != Named) nodes[place].Events.Add(new NodeEvent((ChangeKind)kind, ReadRecording(node, reader)));
            }

            foreach (var entry in nodes) yield return entry;
        }
    }

    public void Dispose() => spill.Dispose();

    private BinaryWriter Start(NodeId node, byte kind)
    {
        var writer = spill.For(node.Key);
        writer.Write(kind);
        writer.Write((ushort)catalog.Node(node.Type).Ordinal);
        writer.Write(node.Key);
        return writer;
    }

    private Recording ReadRecording(NodeId node, BinaryReader reader)
    {
        var (sequence, first, version) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var validity = new Validity(Recording.Instant(reader.ReadInt64()), Recording.Instant(reader.ReadInt64()));
        var provenance = new Provenance(
            reader.ReadString(), reader.ReadString(), reader.ReadDecimal(),
            reader.ReadBoolean() ? new TextSpan(reader.ReadInt32(), reader.ReadInt32()) : null);
        var content = reader.ReadBytes(reader.Read7BitEncodedInt());
        var fact = new NodeFact(node, FactJson.Read(catalog.Node(node.Type), content), validity, provenance);
        return new Recording(fact, fact.Id, sequence, first, version);
    }
}

using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores.Copy;
using GraphRisk.Stores.Neo4j.Layout;

namespace GraphRisk.Stores.Neo4j.Bulk;

/// <summary>
/// Writes a whole store as CSV files for <c>neo4j-admin database import full</c>, in the layout in which
/// <see cref="Neo4jGraphStore"/> writes itself, so that a first load of millions need not go through the server. The store
/// makes its constraints and indexes when the loaded database is first opened.
/// <para>
/// The changes are read twice, in order. The first reading finds which recordings were replaced or retracted
/// (<see cref="Endings"/>). The second writes each relationship and each former recording at once; what is said about nodes
/// is set aside by node (<see cref="NodeSpill"/>), since what stands on a node and what beside it depends on all of it, and
/// so are identifiers, of which each becomes one node.
/// </para>
/// <para>
/// Memory: one part in 128 of what is said about nodes, and 40 bytes for each recording that was replaced or retracted.
/// Disk: the files, some 300 bytes a fact, and for the time of the export once more what is said about nodes.
/// </para>
/// </summary>
public sealed class BulkExport
{
    private readonly IGraphStore store;
    private readonly CsvFolder files;
    private readonly NodeSpill nodes;
    private readonly Spill identifiers;
    private readonly HashBeside hash = new();
    private readonly HashSet<string> elements = new(StringComparer.Ordinal);
    private Endings endings = new();
    private long sequence;

    private BulkExport(IGraphStore store, CsvFolder files, NodeSpill nodes, Spill identifiers)
    {
        this.store = store;
        this.files = files;
        this.nodes = nodes;
        this.identifiers = identifiers;
    }

    /// <summary>Writes the store as it stands at the call.</summary>
    /// <param name="store">The store.</param>
    /// <param name="folder">Folder for the files, empty or absent.</param>
    /// <param name="progress">Told how many recordings were written; null for nobody.</param>
    /// <param name="cancellation">Ends the export; the folder is left as it is and must be emptied.</param>
    /// <exception cref="IOException">The folder holds something, or the disk is full.</exception>
    public static async Task<BulkReport> RunAsync(
        IGraphStore store, string folder, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any()) throw new IOException($"The folder '{folder}' is not empty.");
        using var files = new CsvFolder(folder, store.Catalog);
        using var nodes = new NodeSpill(store.Catalog, Path.Combine(folder, "nodes.tmp"));
        using var identifiers = new Spill(Path.Combine(folder, "identifiers.tmp"));
        var export = new BulkExport(store, files, nodes, identifiers);
        var version = await store.GetVersionAsync(cancellation);
        SchemaElements.RequireWhole(store);
        await export.WriteChangesAsync(version, progress, cancellation);
        export.WriteNodes(cancellation);
        export.WriteIdentifiers();
        await export.WriteStateAsync(version, cancellation);
        var contentHash = await export.hash.FinishAsync();
        var script = ImportScript.Write(folder, files, contentHash);
        return new BulkReport(
            version.Number, export.hash.Count, files.Nodes.Sum(entry => entry.File.Rows), files.Relationships.Sum(entry => entry.File.Rows),
            files.Bytes, contentHash, script);
    }

    private async Task WriteChangesAsync(StoreVersion through, IProgress<long>? progress, CancellationToken cancellation)
    {
        endings = await Endings.ReadAsync(store, through.Number, cancellation);
        await using var changes = store.ReadChangesAsync(0, cancellation).GetAsyncEnumerator(cancellation);
        var more = await changes.MoveNextAsync();
        await foreach (var set in store.ReadSetsAsync(0, cancellation))
        {
            if (set.Version.Number > through.Number) break;
            for (; more && changes.Current.Version == set.Version.Number; more = await changes.MoveNextAsync())
            {
                Write(changes.Current);
                await hash.AddAsync(changes.Current, set.Id, cancellation);
                if (hash.Count % 10_000 == 0) progress?.Report(hash.Count);
            }

            Write(files.ChangeSets, set, set.Version.Number, sequence);
        }
    }

    private void Write(RecordedFact recorded)
    {
        var (fact, kind) = (recorded.Fact, recorded.Kind);
        elements.UnionWith(SchemaElements.Of(fact));
        var recording = new Recording(fact, fact.Id, recorded.Sequence, recorded.FirstSequence, recorded.Version);
        sequence = recorded.Sequence;
        var end = endings.Find(recorded.Sequence);
        var isFormer = kind == ChangeKind.Retract || end is not null;
        if (isFormer) WriteFormer(recording, kind, end);
        if (fact is NodeFact)
        {
            nodes.Add(kind, recording);
        }
        else if (fact is RelationshipFact edge)
        {
            if (!isFormer) WriteRelationship(edge, recording);
            if (recorded.Sequence != recorded.FirstSequence) return;
            nodes.Name(edge.From);
            nodes.Name(edge.To);
        }
    }

    private void WriteRelationship(RelationshipFact edge, Recording recording)
    {
        var file = files.RelationshipsOf(edge.Relationship, edge.From.Type, edge.To.Type);
        file.Put(edge.From.Key);
        file.Put(edge.To.Key);
        file.Put(recording.Id.ToString());
        file.Put(edge.Key.Length > 0 ? edge.Key : null);
        CsvFolder.Put(file, recording, withContent: false);
        CsvFolder.Put(file, store.Catalog.Relationship(edge.Relationship), NativeProperties.Of(edge.Properties));
        file.EndRow();
    }

    private void WriteFormer(Recording recording, ChangeKind kind, long? end)
    {
        var (file, element) = (files.Former, Element.Of(recording.Fact));
        file.Put(recording.Id.ToString());
        CsvFolder.Put(file, recording, withContent: true);
        file.Put(kind.ToString());
        file.Put(end);
        file.Put(element.Type);
        file.Put((object)(element.Relationship is not null));
        file.Put(element.ToText());
        file.Put(element.Start.ToString());
        file.Put(element.Relationship is null ? null : element.End.ToString());
        file.EndRow();
    }

    private void WriteNodes(CancellationToken cancellation)
    {
        foreach (var (node, events) in nodes.ReadAll())
        {
            cancellation.ThrowIfCancellationRequested();
            var replay = new NodeReplay(store.Catalog, node);
            replay.Run(events);
            var drawing = replay.Draw();
            var type = store.Catalog.Node(node.Type);
            var file = files.NodesOf(type);
            file.Put(node.Key);
            file.Put(drawing.Shown);
            CsvFolder.Put(file, drawing.Own, drawing.IsOverlaid);
            CsvFolder.Put(file, type, drawing.Values);
            file.EndRow();
            foreach (var statement in replay.Statements) WriteStatement(type, statement);
            foreach (var identifier in replay.Identifiers) WriteTie(node, identifier);
        }
    }

    private void WriteStatement(NodeType type, Recording recording)
    {
        var (file, fact) = (files.StatementsOf(type), (NodeFact)recording.Fact);
        file.Put(recording.Id.ToString());
        file.Put(fact.Node.ToString());
        file.Put(type.Name);
        CsvFolder.Put(file, recording, withContent: false);
        CsvFolder.Put(file, type, NativeProperties.Of(fact.Properties));
        file.EndRow();
    }

    private void WriteTie(NodeId node, string identifier)
    {
        var file = files.IdentifiedBy(node.Type);
        file.Put(node.Key);
        file.Put(identifier);
        file.EndRow();
        identifiers.For(identifier).Write(identifier);
    }

    private void WriteIdentifiers()
    {
        for (var part = 0; part < Spill.Parts; part++)
        {
            var met = new HashSet<string>(StringComparer.Ordinal);
            var reader = identifiers.Read(part);
            while (reader.BaseStream.Position < reader.BaseStream.Length)
            {
                var identifier = reader.ReadString();
                if (!met.Add(identifier)) continue;
                files.Identifiers.Put(identifier);
                files.Identifiers.EndRow();
            }
        }
    }

    private async Task WriteStateAsync(StoreVersion version, CancellationToken cancellation)
    {
        if (store is IIdleSets idle)
            await foreach (var id in idle.ReadIdleSetsAsync(cancellation))
                Write(files.ChangeSets, new RecordedSet(version, id, ""), null, null);
        files.State.Put("store");
        files.State.Put(version.Number);
        files.State.Put(sequence);
        files.State.Put(Recording.Milliseconds(version.RecordedAt));
        files.State.Put(Neo4jSchema.Format);
        files.State.Put(elements.Order(StringComparer.Ordinal).ToArray());
        files.State.EndRow();
    }

    private static void Write(CsvFile file, RecordedSet set, long? version, long? lastSequence)
    {
        file.Put(set.Id);
        file.Put(set.Author);
        file.Put(Recording.Milliseconds(set.Version.RecordedAt));
        file.Put(version);
        file.Put(lastSequence);
        file.EndRow();
    }
}

/// <summary>What an export wrote.</summary>
/// <param name="Version">Version of the store.</param>
/// <param name="Recordings">Recordings, former ones included.</param>
/// <param name="Nodes">Nodes of all labels.</param>
/// <param name="Relationships">Relationships of all types.</param>
/// <param name="Bytes">Size of the files.</param>
/// <param name="ContentHash">Content hash of the store, which the loaded database must have.</param>
/// <param name="Script">The script that loads the files.</param>
public sealed record BulkReport(long Version, long Recordings, long Nodes, long Relationships, long Bytes, string ContentHash, string Script);
